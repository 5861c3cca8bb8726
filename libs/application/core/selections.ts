import { setImmediate as nextTurn } from 'node:timers/promises';
import { account } from '#domain/account';
import { type Giving, type InstallationState, installation } from '#domain/installation';
import { type Judged, judgeSelected, type ShareSummary, type TransferLevel } from '#domain/share';
import type { Aggregates } from './aggregates.ts';

/** The selection of a provider: things of one kind in its own catalogue. */
export interface Selection {
  readonly level: TransferLevel;
  readonly selection: readonly string[];
}

/** An installation of a selection, and the selected thing that it is or is below. */
export interface Candidate {
  readonly selected: string;
  readonly installationId: string;
}

/** Lists what an account keeps below its customers or locations. */
export interface KeptBelow {
  /** Below one after the other, by the installations' ids, in pages; of the first only what follows `after`. */
  list(
    account: string,
    level: Exclude<TransferLevel, 'installation'>,
    selected: readonly string[],
    after?: string,
  ): AsyncIterable<readonly Candidate[]>;
  count(account: string, level: Exclude<TransferLevel, 'installation'>, selected: string): Promise<number>;
}

/**
 * The states installations are judged by, in the order of their ids. `undefined`: it is no part of the selection,
 * because it was registered later.
 */
export type States = (
  installations: readonly string[],
) => Promise<readonly (InstallationState | undefined)[]>;

/** How many are judged before other work gets its turn. */
const AT_ONCE = 100;

/**
 * Finds the installations of a selection. Preview, approval and preparation all use this walk, and differ in where they
 * stop: for the same catalogue they find the same.
 */
export class Selections {
  /** @param upToDate resolves when the list is as new as a walk needs it */
  constructor(
    private readonly kept: KeptBelow,
    readonly upToDate: () => Promise<void>,
  ) {}

  /**
   * Every installation of the selection, judged (R-A2, R-A3): one selected thing after the other, in the order of
   * their ids; from the beginning, or after the candidate that an earlier walk ended with.
   */
  async *walk(
    { level, selection }: Selection,
    giving: Giving,
    states: States,
    after?: Candidate,
  ): AsyncGenerator<Candidate & { readonly judged: Judged }> {
    for await (const candidates of this.candidates({ level, selection }, giving.provider, after)) {
      const found = await states(candidates.map(({ installationId }) => installationId));
      for (const [index, candidate] of candidates.entries()) {
        const state = found[index];
        if (state === undefined) continue;
        yield { ...candidate, judged: judgeSelected(candidate.installationId, state, giving) };
      }
      await nextTurn();
    }
  }

  /** How many installations it has, shared or left out. */
  async count({ level, selection }: Selection, account: string): Promise<number> {
    if (level === 'installation') return selection.length;
    await this.upToDate();
    let count = 0;
    for (const selected of selection) count += await this.kept.count(account, level, selected);
    return count;
  }

  private async *candidates(
    { level, selection }: Selection,
    account: string,
    after: Candidate | undefined,
  ): AsyncGenerator<readonly Candidate[]> {
    const first = after === undefined ? 0 : selection.indexOf(after.selected);
    if (level === 'installation') {
      const left = selection.slice(after === undefined ? 0 : first + 1);
      yield* chunked(left.map((installationId) => ({ selected: installationId, installationId })));
      return;
    }
    await this.upToDate();
    const left = selection.slice(first);
    let waiting: readonly Candidate[] = [];
    for await (const page of this.kept.list(account, level, left, after?.installationId)) {
      waiting = [...waiting, ...page];
      const ready = waiting.length - (waiting.length % AT_ONCE);
      yield* chunked(waiting.slice(0, ready));
      waiting = waiting.slice(ready);
    }
    yield* chunked(waiting);
  }
}

function* chunked(candidates: readonly Candidate[]): Generator<readonly Candidate[]> {
  for (let from = 0; from < candidates.length; from += AT_ONCE) yield candidates.slice(from, from + AT_ONCE);
}

/** Replayed states, as the log has them now. */
export function replayedStates(aggregates: Aggregates): States {
  return (installations) => Promise.all(installations.map((id) => aggregates.state(installation, id)));
}

/** The access that the provider of a share gives its requester. */
export async function givingOf(
  aggregates: Aggregates,
  { provider, requester }: Pick<ShareSummary, 'provider' | 'requester'>,
  accessType: Giving['accessType'],
): Promise<Giving> {
  const registered = await aggregates.state(account, requester);
  if (registered.status === 'none') throw new Error(`Account ${requester} of a share is not registered.`);
  return { provider, requester, requesterKind: registered.kind, accessType };
}
