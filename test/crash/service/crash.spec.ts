import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Recorded, TesseraEvent } from '#contracts';
import { type InstallationState, installation, isLive } from '#domain/installation';
import { fold } from '#domain/kernel';
import { type ItemState, nextPreparationAction, openSteps, type ShareState, share } from '#domain/share';
import { Neighbours } from './companies.ts';
import { headOf, readLog, readViews, removeViews, type Views } from './files.ts';
import { Journal } from './journal.ts';
import { MortalService } from './mortal-service.ts';
import { Random } from './random.ts';

const KILLS = 30;
const CLIENTS = 16;
const SHORTEST_LIFE_MS = 50;
const LONGEST_LIFE_MS = 500;
const BETWEEN_LOOKS_MS = 100;
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));

type Log = readonly Recorded<TesseraEvent>[];

describe(`a service killed ${KILLS} times under load (CRASH_SEED=${SEED})`, () => {
  const service = new MortalService();
  const journal = new Journal();
  let log: Log;
  let views: Views;

  beforeAll(async () => {
    const random = new Random(SEED);
    const neighbours = await Promise.all(
      Array.from({ length: CLIENTS }, (_, n) => Neighbours.meet(service, journal, new Random(SEED + n))),
    );
    let killing = true;
    const atWork = Promise.all(
      neighbours.map(async (three) => {
        while (killing) await (random.chance(0.1) ? three.import() : three.share());
      }),
    ).finally(() => {
      killing = false;
    });
    for (let kills = 0; killing && kills < KILLS; kills++) {
      await pause(random.between(SHORTEST_LIFE_MS, LONGEST_LIFE_MS));
      await service.crash();
    }
    killing = false;
    await atWork;
    ({ log, views } = await atRest());
  }, 300_000);

  afterAll(() => service.dispose(), 30_000);

  /** Waits until all followers have come to the end of the log and no process has anything to do. */
  async function atRest(): Promise<{ log: Log; views: Views }> {
    for (;;) {
      await pause(BETWEEN_LOOKS_MS);
      const found = readViews(service.dataDir);
      const open = [...found.documents.keys()].some((key) => key.startsWith('process-work '));
      const head = await headOf(service.dataDir);
      if (!open && found.checkpoints.every((position) => position === head)) {
        return { log: await readLog(service.dataDir), views: found };
      }
    }
  }

  it('was under load all the time, and left requests unanswered when it died', () => {
    expect(journal.commands.length).toBeGreaterThan(KILLS * CLIENTS);
    expect(journal.commands.filter(({ tries }) => tries > 1).length).toBeGreaterThan(KILLS);
  });

  it('has every acknowledged command exactly once, as it was answered', () => {
    const effects = Map.groupBy(log, ({ metadata }) => metadata.commandId);
    for (const { id, type, revision } of journal.commands) {
      const events = effects.get(id) ?? [];
      const [first] = events;
      expect({ type, id, events: events.length }).not.toEqual({ type, id, events: 0 });
      for (const [index, event] of events.entries()) {
        expect(event.stream).toBe(first?.stream);
        expect(event.position).toBe((first?.position ?? 0) + index);
      }
      expect({ type, id, revision: events.at(-1)?.revision }).toEqual({ type, id, revision });
    }
  });

  it('has no effect of a command nobody sent', () => {
    const sent = new Set(journal.commands.map(({ id }) => id));
    const direct = log.filter(({ metadata }) => metadata.$causationId === metadata.commandId);
    const foreign = direct.filter(
      ({ type, stream, metadata }) =>
        type !== 'ConnectionCreated' && !stream.startsWith('import-') && !sent.has(metadata.commandId),
    );
    expect(foreign).toEqual([]);
  });

  it('has every installation of an acknowledged file exactly once', () => {
    const registered = log.filter((event) => event.type === 'InstallationRegistered');
    const count = Map.groupBy(registered, ({ data }) => `${data.account} ${data.placement.reference}`);
    expect(journal.files.length).toBeGreaterThan(0);
    for (const { account, references } of journal.files) {
      for (const reference of references) {
        expect({ reference, times: count.get(`${account} ${reference}`)?.length }).toEqual({
          reference,
          times: 1,
        });
      }
    }
  });

  it('has contiguous revisions, and every event once', () => {
    const lengths = new Map<string, number>();
    for (const { stream, revision } of log) {
      const length = lengths.get(stream) ?? 0;
      expect({ stream, revision }).toEqual({ stream, revision: length });
      lengths.set(stream, length + 1);
    }
    expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  });

  it('has finished what its processes had begun: packages, steps and cascades', () => {
    const { shares, installations } = folded(log);
    const live = new Set<string>();
    for (const [id, state] of shares) {
      expect({ id, status: state.status }).not.toEqual({ id, status: 'requested' });
      expect({ id, ...nextPreparationAction(state), steps: openSteps(state) }).toEqual({
        id,
        kind: 'none',
        steps: [],
      });
    }
    for (const { installationId, tree } of installations) {
      for (const grant of tree.grants) {
        const given = shares.get(grant.shareId);
        const item = given && 'items' in given ? given.items.get(installationId)?.status : undefined;
        expect({ grant: grant.grantId, live: isLive(grant) }).toEqual({
          grant: grant.grantId,
          live: item === 'placed',
        });
        const parent = tree.grants.find(({ grantId }) => grantId === grant.parent);
        if (parent && isLive(grant)) expect(isLive(parent)).toBe(true);
        if (isLive(grant)) live.add(`${grant.shareId} ${installationId}`);
      }
    }
    const placed = [...shares].flatMap(([id, state]) => ('items' in state ? placedOf(id, state.items) : []));
    expect([...live].sort()).toEqual(placed.sort());
  });

  it('shows what views built from scratch show, and building them changes nothing', async () => {
    await service.pause(async () => removeViews(service.dataDir));
    const rebuilt = await atRest();
    expect(rebuilt.log.length).toBe(log.length);
    expect(rebuilt.views.documents.size).toBe(views.documents.size);
    for (const [key, document] of views.documents) {
      expect({ key, document: rebuilt.views.documents.get(key) }).toEqual({ key, document });
    }
  }, 60_000);
});

function placedOf(share: string, items: ReadonlyMap<string, ItemState>): string[] {
  return [...items].filter(([, { status }]) => status === 'placed').map(([id]) => `${share} ${id}`);
}

type RegisteredInstallation = Extract<InstallationState, { status: 'registered' }>;

function folded(log: Log): {
  readonly shares: ReadonlyMap<string, ShareState>;
  readonly installations: readonly RegisteredInstallation[];
} {
  const streams = Map.groupBy(log, ({ stream }) => stream);
  const shares = new Map<string, ShareState>();
  const installations: RegisteredInstallation[] = [];
  for (const [stream, events] of streams) {
    const [category, ...id] = stream.split('-');
    if (category === share.category) {
      shares.set(id.join('-'), fold(share, share.initial, events as never));
    } else if (category === installation.category) {
      const state = fold(installation, installation.initial, events as never);
      if (state.status === 'registered') installations.push(state);
    }
  }
  return { shares, installations };
}
