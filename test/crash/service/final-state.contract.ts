// What must hold once no work is left, whatever faults programs and stores met under load.
import { expect, it } from '@jest/globals';
import { changesState, type Recorded, type TesseraEvent } from '#contracts';
import { type InstallationState, installation, isLive } from '#domain/installation';
import { fold } from '#domain/kernel';
import {
  type ItemState,
  nextPreparationAction,
  openSteps,
  type ShareState,
  share,
  wasApproved,
} from '#domain/share';
import { sealKeys, signedCheckpoints } from '#seal';
import type { Journal } from './journal.ts';

export type Log = readonly Recorded<TesseraEvent>[];

/** What is stored once no program has work left. */
export interface FinalState {
  /** The whole log, in order. */
  readonly log: Log;
  /** Every document there is, by collection and id. */
  readonly documents: ReadonlyMap<string, unknown>;
}

export interface FinalStateUnderTest extends FinalState {
  /** What clients were acknowledged. */
  readonly journal: Journal;
  /** Rebuilds all views from the log, and waits until no work is left. */
  rebuild(): Promise<FinalState>;
}

/** The event that made a connection active, or cancelled it, once its token was used: only then is that answered. */
function settlementOf(used: Log[number] | undefined, log: Log): Log[number] | undefined {
  return log.find(
    ({ stream, revision, type }) =>
      stream === used?.stream &&
      revision > used.revision &&
      (type === 'ConnectionAuthenticated' || type === 'ConnectionCancelled'),
  );
}

/** @param found gives the final state when the tests run */
export function testFinalState(found: () => FinalStateUnderTest): void {
  it('has every acknowledged command exactly once, as it was answered', () => {
    const { journal, log } = found();
    const places = new Map(log.map(({ id }, place) => [id, place]));
    const effects = Map.groupBy(log, ({ metadata }) => metadata.commandId);
    for (const { id, type, about, revision } of journal.commands) {
      const events = effects.get(id) ?? onBehalf(type, about, log);
      const [first] = events;
      expect({ type, id, events: events.length }).not.toEqual({ type, id, events: 0 });
      for (const [index, event] of events.entries()) {
        expect(event.stream).toBe(first?.stream);
        expect(places.get(event.id)).toBe((places.get(first?.id ?? '') ?? 0) + index);
      }
      const answered = type === 'AuthenticateConnection' ? settlementOf(first, log) : events.at(-1);
      expect({ type, id, revision: answered?.revision }).toEqual({ type, id, revision });
    }
  });

  it('has no events of a command that no client sent', () => {
    const { journal, log } = found();
    const sent = new Set(journal.commands.map(({ id }) => id));
    const direct = log.filter(({ metadata }) => metadata.$causationId === metadata.commandId);
    const foreign = direct.filter(
      ({ type, stream, metadata }) =>
        type !== 'ConnectionCreated' && !stream.startsWith('import-') && !sent.has(metadata.commandId),
    );
    expect(foreign).toEqual([]);
  });

  it('has every installation of an acknowledged file exactly once', () => {
    const { journal, log } = found();
    const registered = log.filter((event) => event.type === 'InstallationRegistered');
    const count = Map.groupBy(registered, ({ data }) => `${data.account} ${data.placement.reference}`);
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
    const { log } = found();
    const lengths = new Map<string, number>();
    for (const { stream, revision } of log) {
      const length = lengths.get(stream) ?? 0;
      expect({ stream, revision }).toEqual({ stream, revision: length });
      lengths.set(stream, length + 1);
    }
    expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  });

  it('has completed all processes: packages, steps and cascades', () => {
    const { shares, installations } = folded(found().log);
    const live = new Set<string>();
    for (const [id, state] of shares) {
      expect({ id, status: state.kind !== 'none' && state.summary.status }).not.toEqual({
        id,
        status: 'requested',
      });
      expect({ id, ...nextPreparationAction(state), steps: openSteps(state) }).toEqual({
        id,
        kind: 'none',
        steps: [],
      });
    }
    for (const { installationId, tree } of installations) {
      for (const grant of tree.grants) {
        const given = shares.get(grant.shareId);
        const item =
          given && wasApproved(given) ? given.contents.items.get(installationId)?.status : undefined;
        expect({ grant: grant.grantId, live: isLive(grant) }).toEqual({
          grant: grant.grantId,
          live: item === 'placed',
        });
        const parent = tree.grants.find(({ grantId }) => grantId === grant.parent);
        if (parent && isLive(grant)) expect(isLive(parent)).toBe(true);
        if (isLive(grant)) live.add(`${grant.shareId} ${installationId}`);
      }
    }
    const placed = [...shares].flatMap(([id, state]) =>
      wasApproved(state) ? placedOf(id, state.contents.items) : [],
    );
    expect([...live].sort()).toEqual(placed.sort());
  });

  it('shows what rebuilt views show, and rebuilding them appends nothing', async () => {
    const { log, documents, rebuild } = found();
    const rebuilt = await rebuild();
    expect(rebuilt.log.length).toBe(log.length);
    const [shown, shownAgain] = [documents, rebuilt.documents].map(rebuildable);
    expect([...(shownAgain?.keys() ?? [])].toSorted()).toEqual([...(shown?.keys() ?? [])].toSorted());
    for (const [key, document] of shown ?? []) {
      expect({ key, document: shownAgain?.get(key) }).toEqual({ key, document });
    }
  });
}

/** Without what sealing does once: when it signed, and since when with which key. */
function rebuildable(documents: FinalState['documents']): FinalState['documents'] {
  const once = [signedCheckpoints, sealKeys].map(({ name }) => `${name} `);
  return new Map([...documents].filter(([key]) => !once.some((prefix) => key.startsWith(prefix))));
}

/** The events of a command that a crash interrupted and a process completed, on behalf of its sender. */
function onBehalf(type: string, about: string, log: Log): Log {
  if (type !== 'AuthenticateConnection') return [];
  return log.filter((event) => event.type === 'ConnectionAuthenticated' && event.data.connectionId === about);
}

function placedOf(share: string, items: ReadonlyMap<string, ItemState>): string[] {
  return [...items].filter(([, { status }]) => status === 'placed').map(([id]) => `${share} ${id}`);
}

type RegisteredInstallation = Extract<InstallationState, { status: 'registered' }>;

function folded(log: Log): {
  readonly shares: ReadonlyMap<string, ShareState>;
  readonly installations: readonly RegisteredInstallation[];
} {
  const streams = Map.groupBy(log.filter(changesState), ({ stream }) => stream);
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
