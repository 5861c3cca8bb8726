import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { toMillis } from '#domain/kernel';
import { PROCESSES } from '#processes';
import { lastSigned, SEALED_LOG_ID, sealedLogs } from '#seal';
import { followerOf } from '#subscriptions';
import { ViewStoreUnavailable } from '#view-store';
import { FLOWS, findFlows, STALLED_AFTER_MS, STATES } from '../../flows/index.ts';
import { reportFollowers, reportParked } from '../deployment/followers.ts';
import type { Deployment } from '../deployment/index.ts';
import { reportWork } from '../deployment/open-work.ts';
import { type Check, type Finding, fine } from './check.ts';
import { clock } from './clock.ts';

/** Behind by more than this, a view is out of date. */
const MOST_LAG = 5_000;
/** Work that is open for longer is reported. */
const LONG_OPEN_MS = 60 * 60_000;
const MOST_WORK = 1_000;
const MOST_FLOWS = 100;
/** Events are signed within `SEAL_INTERVAL`, a minute by default. */
const LONG_UNSIGNED_MS = 15 * 60_000;
/** An owner renews its lease once a second. */
const RENEWED_WITHIN_MS = 2_500;
const MIB = 1024 * 1024;
/** The service takes no commands below 16 MiB. */
const LEAST_FREE = 64 * MIB;
const LITTLE_FREE = 1024 * MIB;

const COUNTS = new Intl.NumberFormat('en');

/** Whether both stores answer. */
const stores: Check = {
  name: 'stores',
  look: async ({ events, stored }) => {
    const [head] = await Promise.all([events.head(), stored.checkpoint(PROCESSES)]);
    return fine(`Both answer; the log ends at position ${COUNTS.format(head)}.`);
  },
};

/** Whether a process runs the followers. */
const service: Check = {
  name: 'service',
  look: async ({ kind, settings }) => {
    switch (kind) {
      case 'shared':
        return [];
      case 'running':
        return fine('It runs, and answers at its admin socket.');
      case 'stopped':
        return [
          {
            level: 'notice',
            what: `No process listens at the admin socket of ${settings.dataDir}.`,
            why: 'Views are not updated, and packages and imports do not proceed.',
            fix: 'Start the service; if it runs, its log says why it does not listen.',
          },
        ];
    }
  },
};

/** Whether this release's versions of the views are there and read. */
const schema: Check = {
  name: 'schema',
  look: async (deployment) => {
    const followers = await reportFollowers(deployment);
    const unread = followers.filter(({ own, read }) => own && !read);
    if (unread.length === 0) return fine('Every view is read in the version of this release.');
    return unread.map(({ follower, version, lag }) => ({
      level: 'notice',
      what: `Version ${version} of ${follower} is not read yet; it is ${COUNTS.format(lag)} positions behind.`,
      why: 'Until then the former version is read, or 503 is answered where there is none.',
      fix: `Wait until it is built; tessera-ctl projections swap ${follower} does not wait for the end of the log.`,
    }));
  },
};

/** Whether views and processes keep up with the log. */
const lag: Check = {
  name: 'lag',
  look: async (deployment) => {
    const followers = (await reportFollowers(deployment)).filter(({ own }) => own);
    const behind = followers.filter((each) => each.lag > MOST_LAG || each.state === 'backing-off');
    const most = Math.max(...followers.map((each) => each.lag));
    if (behind.length === 0) return fine(`No view is more than ${COUNTS.format(most)} positions behind.`);
    return behind.map(({ follower, lag, lastError }) => ({
      level: 'wrong',
      what: `${follower} is ${COUNTS.format(lag)} positions behind${lastError ? `: ${lastError}` : '.'}`,
      why: 'It shows an older state; a read with a Consistency-Token waits, or answers 503.',
      fix: 'It catches up by itself; if the lag does not fall, look at the log of the worker that runs it.',
    }));
  },
};

/** Whether streams are parked. */
const parked: Check = {
  name: 'parked',
  look: async (deployment) => {
    const streams = await reportParked(deployment);
    if (streams.length === 0) return fine('Nothing is parked.');
    return streams.map(({ follower, stream, event, parkedAt, reason }) => ({
      level: 'wrong',
      what: `${follower} has parked ${stream} on ${event.type} since ${parkedAt}: ${reason}`,
      why: `Later events of ${stream} wait behind it there: what ${follower} shows of it is out of date.`,
      fix: `After a release that can handle it: tessera-ctl parked retry ${follower} ${stream}`,
    }));
  },
};

/** Whether work of processes fails, or stays open. */
const processes: Check = {
  name: 'processes',
  look: async (deployment) => {
    const works = await reportWork(deployment, MOST_WORK);
    const stuck = works.filter(({ state }) => state === 'stuck');
    const old = works.filter(
      ({ state, since }) =>
        state !== 'stuck' && toMillis(deployment.clock.now()) - toMillis(since) > LONG_OPEN_MS,
    );
    if (stuck.length + old.length === 0) return fine('No work is stuck or long open.');
    return [
      ...stuck.map(
        ({ process, key, since, reason }): Finding => ({
          level: 'wrong',
          what: `${process} ${key} is stuck, open since ${since}: ${reason ?? 'the reason is not known'}`,
          why: 'A package, an import or a withdrawal is not completed.',
          fix: `Fix the reason, then: tessera-ctl process redrive ${process} ${key}`,
        }),
      ),
      ...old.map(
        ({ process, key, since, state }): Finding => ({
          level: 'notice',
          what: `${process} ${key} is ${state} since ${since}.`,
          why: 'Most work is done within seconds.',
          fix: `Check whether it progresses: tessera-ctl process list; or tessera-ctl process redrive ${process} ${key}`,
        }),
      ),
    ];
  },
};

/** Stalled flows without open work: what is stuck, parked or not sealed is found by other checks. */
const flows: Check = {
  name: 'flows',
  look: async ({ stored, recorded: log, clock }) => {
    const search = { now: clock.now(), olderThan: STALLED_AFTER_MS, limit: MOST_FLOWS };
    const found = await findFlows({ stored, log }, search).catch((error: unknown) => {
      if (error instanceof ViewStoreUnavailable) return error;
      throw error;
    });
    if (found instanceof Error) {
      return [
        {
          level: 'notice',
          what: found.message,
          why: 'Until it is built, stalled flows cannot be found.',
        },
      ];
    }
    const stalled = found.filter(
      ({ state }) => state === 'lost' || state === 'behind' || state === 'overdue',
    );
    if (stalled.length === 0) return fine('No flow has lost its work.');
    return stalled.map(({ kind, state, process = '', key = '', since }) => ({
      level: 'wrong',
      what: `${kind}: ${process} ${key} is ${state}; no progress since ${since}.`,
      why: `${STATES[state].why} ${FLOWS[kind]}`,
      fix: STATES[state].fix.replace('<process>', process).replace('<key>', key),
    }));
  },
};

/** Whether the log is still the one that was sealed, and how long ago that was. */
const seal: Check = {
  name: 'seal',
  look: async ({ status, stored, clock }) => {
    const refused = (await status())?.seal.refused;
    if (refused !== undefined) {
      return [
        {
          level: 'wrong',
          what: refused,
          why: 'Nothing is sealed any more: no proof can be given of later events.',
          fix: 'Find out what changed the log, and restore the last backup that agrees with the last checkpoint.',
        },
      ];
    }
    const [tree, last] = await Promise.all([stored.get(sealedLogs, SEALED_LOG_ID), lastSigned(stored)]);
    if (tree === undefined) return [];
    const { size, signedAt } = last ?? { size: 0, signedAt: undefined };
    const isOld = signedAt === undefined || toMillis(clock.now()) - toMillis(signedAt) > LONG_UNSIGNED_MS;
    const since = signedAt === undefined ? 'none was signed yet' : `the last was signed at ${signedAt}`;
    if (size >= tree.size || !isOld) {
      return fine(
        `${COUNTS.format(size)} of ${COUNTS.format(tree.size)} events are under a checkpoint; ${since}.`,
      );
    }
    return [
      {
        level: 'notice',
        what: `${COUNTS.format(tree.size - size)} events are not under a checkpoint; ${since}.`,
        why: 'For events that are not signed yet no proof can be given.',
        fix: 'Unless SEAL_INTERVAL is as long: the log of the worker that seals says why it does not sign.',
      },
    ];
  },
};

/** Whether each follower has an owner that is alive. */
const leases: Check = {
  name: 'leases',
  look: async (deployment) => {
    const { leases } = deployment;
    if (leases === undefined) return [];
    const names = (await reportFollowers(deployment))
      .filter(({ own }) => own)
      .map(({ follower, version }) =>
        version === undefined ? follower : followerOf({ name: follower, version }),
      );
    const look = () => Promise.all(names.map((name) => leases.read(name)));
    const before = await look();
    await pause(RENEWED_WITHIN_MS);
    const after = await look();
    const dead = names.filter((_, place) => {
      const [then, now] = [before[place], after[place]];
      return now?.owner === undefined || (then?.term === now.term && then?.beat === now.beat);
    });
    const owned = Map.groupBy(names, (_, place) => after[place]?.owner);
    if (dead.length === 0) {
      return [...owned].flatMap(([owner, theirs]) => fine(`${owner} runs ${theirs.join(', ')}.`));
    }
    return dead.map((name) => ({
      level: 'wrong',
      what: `No worker runs ${name}.`,
      why: 'Its documents are not updated.',
      fix: 'Start a worker: npm run worker; one that was killed is replaced within seconds.',
    }));
  },
};

/** Whether the embedded stores have room. */
const disk: Check = {
  name: 'disk',
  look: async ({ kind, settings }) => {
    if (kind === 'shared') return [];
    const { bavail, bsize } = await statfs(settings.dataDir);
    const free = bavail * bsize;
    const what = `${COUNTS.format(Math.floor(free / MIB))} MiB are free for ${settings.dataDir}.`;
    if (free >= LITTLE_FREE) return fine(what);
    return [
      {
        level: free < LEAST_FREE ? 'wrong' : 'notice',
        what,
        why: 'With less than 16 MiB the service answers 503 event-store-full to every write.',
        fix: `Make room on the disk of ${settings.dataDir}.`,
      },
    ];
  },
};

/** Whether others can read the secret of the deployment. */
const secret: Check = {
  name: 'secret',
  look: async ({ kind, settings }) => {
    if (kind === 'shared') return [];
    const file = join(settings.dataDir, 'secret.key');
    const { mode } = await stat(file);
    if ((mode & 0o077) === 0) return fine('Only its owner can read secret.key.');
    return [
      {
        level: 'wrong',
        what: `Others than its owner can read ${file}.`,
        why: 'Connection tokens and development sign-ins are made with it.',
        fix: `chmod 600 ${file}`,
      },
    ];
  },
};

/** All checks, in the order of the report. */
export const checks: readonly Check[] = [
  stores,
  service,
  schema,
  lag,
  parked,
  processes,
  flows,
  seal,
  leases,
  clock,
  disk,
  secret,
];

/** All findings; a check that fails is one, too. */
export async function examine(
  deployment: Deployment,
): Promise<readonly (Finding & { readonly check: string })[]> {
  const looks = checks.map(async ({ name, look }) => {
    const findings = await look(deployment).catch((error: unknown): Finding[] => [
      { level: 'wrong', what: (error as Error).message, why: 'The check failed.' },
    ]);
    return findings.map((finding) => ({ check: name, ...finding }));
  });
  return (await Promise.all(looks)).flat();
}
