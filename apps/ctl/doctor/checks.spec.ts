import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '#application/core';
import type { Instant } from '#domain/kernel';
import { type Position, START } from '#event-store';
import { newSignerKey } from '#evidence';
import { PROCESSES, processWork } from '#processes';
import { projections } from '#projections';
import { shares, sharesProjection } from '#projections/shares';
import {
  parseSealingKeys,
  SEAL,
  SEALED_LOG_ID,
  sealedLogs,
  sealedPlaces,
  sealKeys,
  signedCheckpoints,
} from '#seal';
import { followerOf, parkedStreams, projectionVersions, storedAs } from '#subscriptions';
import type { Document, Write } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { AT, MemoryLog } from '../../../libs/subscriptions/testing/memory-log.ts';
import { readPlace } from '../../worker/config.ts';
import type { Deployment } from '../deployment/index.ts';
import { examine } from './checks.ts';

const NOW = new Date().toISOString() as Instant;

let dataDir: string;
let events: MemoryLog;
let stored: SqliteViewStore;
let deployment: Deployment;

/** Stores what a follower would. */
async function store(follower: string, to: Position, ...writes: readonly Write[]): Promise<void> {
  await stored.commit({ follower, from: await stored.checkpoint(follower), to, writes });
}

const write = (collection: { readonly name: string }, document: Document): Write =>
  ({ collection, id: document.id, document }) as unknown as Write;

/** The problems, by check. */
async function findings() {
  return (await examine(deployment)).filter(({ level }) => level !== 'fine');
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tessera-doctor-'));
  await writeFile(join(dataDir, 'secret.key'), 'x', { mode: 0o600 });
  events = new MemoryLog();
  stored = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
  const head = events.record({ stream: 'share-1', type: 'Noted', data: {} });
  const at = { builtAt: NOW, collections: [] };
  for (const projection of projections) {
    const { name: id, version } = projection;
    const record = { id, versions: [{ version, ...at }] };
    await store(followerOf(projection), head, write(projectionVersions, record));
  }
  await store(PROCESSES, head);
  await store(SEAL, head);
  deployment = {
    kind: 'running',
    clock: systemClock,
    settings: readPlace({ DATA_DIR: dataDir, AUTH: 'oidc' }),
    events,
    recorded: events,
    keyStore: {} as Deployment['keyStore'],
    stored,
    status: async () => undefined,
    operations: {} as Deployment['operations'],
    close: async () => undefined,
  };
});
afterEach(async () => {
  await Promise.all([stored.close(), events.close()]);
  await rm(dataDir, { recursive: true });
});

describe('the doctor', () => {
  it('finds nothing in a healthy deployment', async () => {
    expect(await findings()).toEqual([]);
  });

  it('finds views that are far behind', async () => {
    events.record(...Array.from({ length: 2_000 }, () => ({ stream: 'share-1', type: 'Noted', data: {} })));
    const found = await findings();
    expect(found).toHaveLength(projections.length + 2);
    expect(found[0]).toMatchObject({
      check: 'lag',
      level: 'wrong',
      what: 'accounts is 6,000 positions behind.',
    });
  });

  it('finds parked streams, and names the command that retries them', async () => {
    const shares = projections.find(({ name }) => name === 'shares')!;
    const follower = followerOf(shares);
    const event = { id: 'event-0', type: 'ShareRequested', revision: 0, position: 0 };
    const parked = { follower, stream: 'share-1', event, reason: 'TypeError: no', attempts: 5, parkedAt: AT };
    const write1 = write(parkedStreams, { id: `${follower}/share-1`, ...parked, waiting: 0 } as Document);
    await store(follower, await events.head(), write1);
    expect(await findings()).toMatchObject([
      {
        check: 'parked',
        level: 'wrong',
        what: `shares has parked share-1 on ShareRequested since ${AT}: TypeError: no`,
        fix: 'After a release that can handle it: tessera-ctl parked retry shares share-1',
      },
    ]);
  });

  it('finds work that is stuck, and work that is open for long', async () => {
    const work = (key: string, since: string, stuck?: object) =>
      write(processWork, {
        id: `prepare-package/${key}`,
        ...{ process: 'prepare-package', key, since, stuck },
        cause: { eventId: key, position: 0, correlationId: key },
        data: {},
      } as Document);
    const works = [
      work('s1', NOW, { reason: 'RangeError: no', at: NOW }),
      work('s2', '2026-01-01T00:00:00.000Z'),
      work('s3', NOW),
    ];
    await store('processes-runner', (START + 1) as Position, ...works);
    expect(await findings()).toMatchObject(
      [
        {
          check: 'processes',
          level: 'notice',
          what: 'prepare-package s2 is open since 2026-01-01T00:00:00.000Z.',
        },
        {
          check: 'processes',
          level: 'wrong',
          what: `prepare-package s1 is stuck, open since ${NOW}: RangeError: no`,
          fix: 'Fix the reason, then: tessera-ctl process redrive prepare-package s1',
        },
      ].toSorted((a, b) => (a.level < b.level ? 1 : -1)),
    );
  });

  it('finds a stalled share without open work, and names the command that resumes it', async () => {
    const lastChangedAt = '2026-01-01T00:00:00.000Z' as Instant;
    const share = { id: 's1', revision: 1, summary: { status: 'approved' }, lastChangedAt };
    await store('of-shares', START, write(storedAs(sharesProjection, shares), share as Document));
    expect(await findings()).toMatchObject([
      {
        check: 'flows',
        level: 'wrong',
        what: `preparing: prepare-package s1 is lost; no progress since ${lastChangedAt}.`,
        fix: 'tessera-ctl flows resume prepare-package s1',
      },
    ]);
  });

  it('finds a version of a view that is not read yet', async () => {
    const inbox = projections.find(({ name }) => name === 'inbox')!;
    const record = { id: 'inbox', versions: [{ version: inbox.version, collections: [] }] };
    await store('inbox-versions', (START + 1) as Position, write(projectionVersions, record));
    expect(await findings()).toMatchObject([{ check: 'schema', level: 'notice' }]);
  });

  it('finds followers without an owner, and dead owners', async () => {
    const { leases } = stored;
    const names = [...projections.map(followerOf), PROCESSES, SEAL];
    const held = await Promise.all(
      names.slice(1).map(async (name) => leases.claim(name, 'worker', await leases.read(name))),
    );
    // All but the last are renewed.
    const renewing = setInterval(() => held.slice(0, -1).map((lease) => leases.renew(lease!)), 100);
    deployment = { ...deployment, kind: 'shared', leases };
    const found = await findings();
    clearInterval(renewing);
    expect(found).toMatchObject([
      { check: 'leases', level: 'wrong', what: `No worker runs ${names[0]}.` },
      { check: 'leases', level: 'wrong', what: 'No worker runs seal.' },
    ]);
  });

  it('finds events with a time in the future', async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const [last] = await events.readAll({ limit: 1 });
    events = new MemoryLog([{ ...last!, metadata: { at: later } as never }]);
    deployment = { ...deployment, events };
    const found = (await findings()).filter(({ check }) => check === 'clock');
    expect(found).toMatchObject([{ level: 'wrong', fix: 'Synchronise the clocks of all machines by NTP.' }]);
  });

  it('finds a clock of the stores that differs, and an event from a clock that is ahead', async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const [event] = await events.readAll({ limit: 1 });
    events = new MemoryLog([{ ...event!, metadata: { at: later } as never }]);
    const { id, stream, revision } = event!;
    await store('places', START, write(sealedPlaces, { id, index: 0, stream, revision } as Document));
    deployment = { ...deployment, events, kind: 'shared', clockAhead: async () => -7_200_000 };
    const found = (await findings()).filter(({ check }) => check === 'clock');
    expect(found).toMatchObject([
      { level: 'wrong', what: "The clock of the view store is 7,200 s behind this machine's." },
      { level: 'wrong', what: expect.stringMatching(/^The last event is of .*, 3,600 s after/) },
    ]);
  });

  it('finds events that have not been signed for too long', async () => {
    const tree = (size: number) => write(sealedLogs, { id: SEALED_LOG_ID, size } as Document);
    await store('tree', START, tree(1_200));
    const seal = async () => (await findings()).filter(({ check }) => check === 'seal');
    expect(await seal()).toMatchObject([
      { what: '1,200 events are not under a checkpoint; none was signed yet.' },
    ]);
    const [key] = parseSealingKeys(newSignerKey('log.example')).signers;
    const signed = async (size: number, signedAt: Instant) =>
      store(
        'signer',
        START,
        write(sealKeys, { id: key!.verifier.text, since: NOW } as Document),
        write(signedCheckpoints, { id: 'one', origin: 'log.example', size, note: '', signedAt } as Document),
      );
    await signed(1_100, '2026-01-01T00:00:00.000Z');
    expect(await seal()).toMatchObject([
      { level: 'notice', what: expect.stringContaining('100 events are not under a checkpoint') },
    ]);
    await signed(1_100, NOW);
    expect(await seal()).toEqual([]);
    await signed(1_200, '2026-01-01T00:00:00.000Z');
    expect(await seal()).toEqual([]);
  });

  it('finds a secret that others can read', async () => {
    await chmod(join(dataDir, 'secret.key'), 0o644);
    const file = join(dataDir, 'secret.key');
    expect(await findings()).toMatchObject([{ check: 'secret', level: 'wrong', fix: `chmod 600 ${file}` }]);
  });

  it('finds that no process runs the followers', async () => {
    deployment = { ...deployment, kind: 'stopped' };
    expect(await findings()).toMatchObject([{ check: 'service', level: 'notice' }]);
  });

  it('reports checks that failed, and runs the others', async () => {
    await events.close();
    const found = await findings();
    expect(new Set(found.map(({ check }) => check))).toContain('stores');
    expect(found.every(({ why }) => why === 'The check failed.')).toBe(true);
  });
});
