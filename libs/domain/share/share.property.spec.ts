import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConnectionState } from '#domain/connection';
import type { AccessType } from '#domain/installation';
import { type Actor, fold, type Instant, plusMillis, Refusal } from '#domain/kernel';
import {
  type ApprovalFacts,
  allowedActions,
  hasEndAhead,
  hasExpired,
  type ItemCounts,
  type ItemState,
  isLiveOrOffered,
  nextExpiryAction,
  nextPreparationAction,
  nextStepAction,
  openSteps,
  type ProcessingFacts,
  type RequestFacts,
  revocationOutcome,
  type ShareAction,
  type ShareCommand,
  type ShareEvent,
  type ShareFacts,
  type ShareState,
  type ShareStatus,
  share,
  shareCommands,
  wasApproved,
} from './index.ts';
import { HOURS_72, item, PROVIDER, REQUESTED, REQUESTER, SHARE } from './testing/index.ts';

const ITEMS = ['i1', 'i2', 'i3', 'i4'];
const ACCOUNTS = [REQUESTER, PROVIDER, 'stranger'];

/** Where the share stands; `none` before there is one. */
type Standing = ShareStatus | 'none';
const standingOf = (state: ShareState): Standing => (state.kind === 'none' ? 'none' : state.summary.status);

const EDGES: Record<Standing, readonly Standing[]> = {
  none: ['requested'],
  requested: ['approved', 'rejected', 'cancelled'],
  rejected: [],
  cancelled: [],
  approved: ['preparing', 'revoked', 'expired'],
  preparing: ['available', 'revoked', 'expired'],
  available: ['processed', 'revoked', 'expired'],
  processed: ['revoked', 'expired'],
  revoked: [],
  expired: [],
};

const connection: ConnectionState = {
  status: 'active',
  connectionId: 'connection-1',
  creator: PROVIDER,
  acceptor: REQUESTER,
  tokenHash: 'hash',
  creatorLabel: 'Ours',
  acceptorLabel: 'Theirs',
};
const facts: RequestFacts & ApprovalFacts & ProcessingFacts = {
  connection,
  requesterKind: 'service',
  window: { kind: 'window', milliseconds: HOURS_72, from: 'placed' },
  shareable: ITEMS.length,
  leftOut: [],
  targets: new Map([['mine', { kind: 'location', customerId: 'my-customer' }]]),
};

/** One thing someone, or one of the processes, tries. */
interface Attempt {
  readonly type: ShareCommand['type'];
  readonly account: string;
  readonly items: readonly string[];
  readonly others: readonly string[];
  readonly whole: boolean;
  readonly accessType: AccessType;
  readonly passes: number;
  /** How far ahead the end is that an approval or an extension asks for, if any (R-E1). */
  readonly term: number | undefined;
}

/** Weighted, so that a good part of the runs comes to taking over and revoking. */
const types = fc.constantFrom<ShareCommand['type']>(
  'RequestShare',
  'CancelShare',
  'RejectShare',
  'ApproveShare',
  'ApproveShare',
  'ApproveShare',
  'StartPreparation',
  'StartPreparation',
  'CollectPackageBatch',
  'CollectPackageBatch',
  'CollectPackageBatch',
  'CompletePackage',
  'CompletePackage',
  'ProcessShare',
  'ProcessShare',
  'ProcessShare',
  'RecordPlacedItems',
  'RecordPlacedItems',
  'RecordPlacedItems',
  'CompleteStep',
  'CompleteStep',
  'FinishShare',
  'RevokeShare',
  'RecordWithdrawnItems',
  'ExtendShare',
  'AnnounceShareExpiry',
  'ExpireShare',
  'ExpireShare',
  'CancelForEndedConnection',
);

const attempt = fc.record<Attempt>({
  type: types,
  account: fc.constantFrom(REQUESTER, REQUESTER, PROVIDER, PROVIDER, 'stranger'),
  items: fc.subarray(ITEMS, { minLength: 1 }),
  others: fc.subarray(ITEMS),
  whole: fc.boolean(),
  accessType: fc.constantFrom('installation-manager', 'installation-manager', 'subcontractor', 'operator'),
  passes: fc.constantFrom(0, 0, 1, HOURS_72 / 2, HOURS_72),
  term: fc.constantFrom(undefined, 1, HOURS_72, 2 * HOURS_72, 4 * HOURS_72),
});

/** Half of the runs begin with a package, and get further. */
const prepared: readonly Attempt[] = (
  ['ApproveShare', 'StartPreparation', 'CollectPackageBatch', 'CompletePackage'] as const
).map((type) => ({
  type,
  account: PROVIDER,
  items: ITEMS,
  others: [],
  whole: true,
  accessType: 'installation-manager',
  passes: 0,
  term: undefined,
}));
const life = fc
  .tuple(fc.boolean(), fc.constantFrom(undefined, 2 * HOURS_72), fc.array(attempt, { maxLength: 30 }))
  .map(([begun, term, attempts]) =>
    begun ? [...prepared.map((step) => ({ ...step, term })), ...attempts] : attempts,
  );

const actorOf = (account: string): Actor => ({ account, user: 'someone', roles: ['administrator'] });

function commandFor(tried: Attempt, state: ShareState, number: number, now: Instant): ShareCommand {
  const { items, others, whole } = tried;
  const [openStep = 'step-0'] = openSteps(state);
  const collection = wasApproved(state) ? state.contents.collection : { batches: 0 };
  const expiresAt = state.kind === 'none' ? undefined : state.summary.expiresAt;
  const data: { readonly [Type in ShareCommand['type']]: object } = {
    RequestShare: { connectionId: 'connection-1', name: 'Bakeries', suggestedLevel: 'customer' },
    CancelShare: {},
    RejectShare: {},
    ApproveShare: {
      level: 'installation',
      selection: items,
      accessType: tried.accessType,
      ...(tried.term !== undefined && { until: plusMillis(now, tried.term) }),
    },
    ExtendShare: { until: plusMillis(expiresAt ?? now, tried.term ?? 1) },
    AnnounceShareExpiry: { until: expiresAt ?? now, daysBefore: whole ? 7 : 1 },
    ExpireShare: {},
    StartPreparation: {},
    CollectPackageBatch: {
      batch: collection.batches,
      items: items.map((id) => item(id)),
      leftOut: [],
      candidates: ITEMS.length,
      ...(!whole && { cursor: 'more' }),
    },
    CompletePackage: {},
    ProcessShare: {
      referenceStyle: 'original',
      installations: items.map((installationId) => ({ installationId, target: { locationId: 'mine' } })),
      decline: whole ? [] : others,
    },
    RecordPlacedItems: { stepId: openStep, installations: items, placedAt: now },
    CompleteStep: { stepId: openStep },
    FinishShare: {},
    RevokeShare: whole ? {} : { installations: items },
    RecordWithdrawnItems: {
      installations: items,
      cause: { kind: 'cascade', account: 'root', shareId: 'share-0' },
    },
    CancelForEndedConnection: {},
  };
  return {
    id: `command-${number}`,
    type: tried.type,
    data: { shareId: SHARE, ...data[tried.type] },
    actor: actorOf(tried.account),
    now,
  } as unknown as ShareCommand;
}

type Decision = readonly ShareEvent[] | string;

function decide(command: ShareCommand, state: ShareState): Decision {
  try {
    return share.decide(command, state, facts as ShareFacts);
  } catch (error) {
    if (error instanceof Refusal) return `${error.kind}: ${error.code}`;
    throw error;
  }
}

interface Moment {
  readonly before: ShareState;
  readonly command: ShareCommand;
  readonly decision: Decision;
  readonly after: ShareState;
  /** How many events there were before. */
  readonly revision: number;
}

/** Everything that was tried, what was decided, and what it led to. */
function live(attempts: readonly Attempt[]): { readonly moments: Moment[]; readonly events: ShareEvent[] } {
  const moments: Moment[] = [];
  const events: ShareEvent[] = [];
  let state = share.initial;
  let now = REQUESTED;
  const first: Attempt = { ...prepared[0]!, type: 'RequestShare', account: REQUESTER };
  for (const [number, tried] of [first, ...attempts].entries()) {
    now = plusMillis(now, tried.passes);
    const command = commandFor(tried, state, number, now);
    const decision = decide(command, state);
    const revision = events.length;
    const before = state;
    if (typeof decision !== 'string') {
      state = fold(share, state, decision);
      events.push(...decision);
    }
    moments.push({ before, command, decision, after: state, revision });
  }
  return { moments, events };
}

function countItems(items: ReadonlyMap<string, ItemState>): ItemCounts {
  const count = (status: ItemState['status']) =>
    [...items.values()].filter((entry) => entry.status === status).length;
  return {
    total: items.size,
    offered: count('offered'),
    placing: count('confirmed'),
    placed: count('placed'),
    declined: count('declined'),
    withdrawn: count('withdrawn'),
  };
}

const isOfAParty = (type: ShareCommand['type']) => shareCommands[type].kind === 'action';

/** A command that takes the action, if anything can. */
function attemptAt(action: ShareAction, state: ShareState, account: string, now: Instant): ShareCommand {
  const offered = wasApproved(state)
    ? [...state.contents.items].filter(([, entry]) => entry.status === 'offered').map(([id]) => id)
    : ITEMS;
  const tried: Record<ShareAction, ShareCommand['type']> = {
    approve: 'ApproveShare',
    reject: 'RejectShare',
    cancel: 'CancelShare',
    process: 'ProcessShare',
    finish: 'FinishShare',
    revoke: 'RevokeShare',
    extend: 'ExtendShare',
  };
  const like: Attempt = {
    type: tried[action],
    account,
    items: offered.length > 0 ? offered : ITEMS,
    others: [],
    whole: true,
    accessType: 'subcontractor',
    passes: 0,
    term: 1,
  };
  return commandFor(like, state, 1_000_000, now);
}

const always = (holds: (lived: ReturnType<typeof live>) => void) =>
  fc.assert(
    fc.property(life, (attempts) => holds(live(attempts))),
    { numRuns: 300 },
  );

describe('any commands on a share, in any order', () => {
  it('its status follows only the allowed transitions', () => {
    always(({ events }) => {
      let state = share.initial;
      for (const event of events) {
        const next = share.evolve(state, event);
        const [before, after] = [standingOf(state), standingOf(next)];
        if (after !== before) expect(EDGES[before]).toContain(after);
        state = next;
      }
    });
  });

  it('the counts of its summary are those of its items', () => {
    always(({ events }) => {
      let state = share.initial;
      for (const event of events) {
        state = share.evolve(state, event);
        if (!wasApproved(state)) continue;
        const { counts, placements } = state.summary;
        expect(counts).toEqual(countItems(state.contents.items));
        for (const { placedAt, count } of placements) {
          const then = [...state.contents.items.values()].filter(
            (entry) => entry.status === 'placed' && entry.placedAt === placedAt,
          );
          expect(then).toHaveLength(count);
        }
        expect(placements.reduce((sum, { count }) => sum + count, 0)).toBe(counts.placed);
      }
    });
  });

  it('R-V3, R-E1, R-S9 nothing is live once it is revoked or expired, nothing on offer once it is processed', () => {
    always(({ moments }) => {
      for (const { after } of moments) {
        if (!wasApproved(after)) continue;
        const items = [...after.contents.items.values()];
        const { status } = after.summary;
        if (status === 'revoked' || status === 'expired') expect(items.filter(isLiveOrOffered)).toEqual([]);
        if (status === 'processed') {
          expect(items.filter(({ status }) => status === 'offered' || status === 'confirmed')).toEqual([]);
        }
        if (status === 'available') {
          const open = items.some(({ status }) => status === 'offered' || status === 'confirmed');
          expect(open || openSteps(after).length > 0).toBe(true);
        }
      }
    });
  });

  it('replaying any prefix gives the same decisions', () => {
    always(({ moments, events }) => {
      for (const { command, decision, revision, before } of moments) {
        const replayed = fold(share, share.initial, events.slice(0, revision));
        expect(replayed).toEqual(before);
        expect(decide(command, replayed)).toEqual(decision);
      }
    });
  });

  it('R-S1 the actions it lists are those it accepts', () => {
    always(({ moments }) => {
      for (const { after, command } of moments) {
        if (after.kind === 'none') continue;
        for (const account of ACCOUNTS) {
          const listed = allowedActions(after.summary, actorOf(account), command.now);
          for (const action of [
            'approve',
            'reject',
            'cancel',
            'process',
            'finish',
            'revoke',
            'extend',
          ] as const) {
            const decision = decide(attemptAt(action, after, account, command.now), after);
            const accepted = typeof decision !== 'string' && decision.length > 0;
            expect({ action, account, accepted }).toEqual({
              action,
              account,
              accepted: listed.includes(action),
            });
          }
        }
      }
    });
  });

  it('a command that was executed changes nothing when it is repeated, or is refused', () => {
    always(({ moments }) => {
      for (const { command, decision, after } of moments) {
        if (typeof decision === 'string' || command.type === 'CollectPackageBatch') continue;
        const again = decide(command, after);
        if (typeof again !== 'string') expect(again).toEqual([]);
      }
    });
  });

  it('R-E2 once its end has come nothing is done with it by anyone, whether or not that is recorded', () => {
    always(({ moments }) => {
      for (const { before, command, decision } of moments) {
        if (before.kind === 'none' || !hasExpired(before.summary, command.now)) continue;
        expect(allowedActions(before.summary, actorOf(command.actor.account), command.now)).toEqual([]);
        if (isOfAParty(command.type) && typeof decision !== 'string') expect(decision).toEqual([]);
      }
    });
  });

  it('R-E1, R-E3 the process that watches its end reaches it by recorded state, and announces it at most twice for each end', () => {
    always(({ moments }) => {
      let state = moments.at(-1)?.after ?? share.initial;
      let now = moments.at(-1)?.command.now ?? REQUESTED;
      for (let step = 0; wasApproved(state); step++) {
        expect(step).toBeLessThan(8);
        const action = nextExpiryAction(state.summary, now);
        if (action.kind === 'none') break;
        if (action.kind === 'wait') {
          expect(action.until > now).toBe(true);
          now = action.until;
          continue;
        }
        const type = action.kind === 'expire' ? 'ExpireShare' : 'AnnounceShareExpiry';
        const tried: Attempt = { ...prepared[0]!, type, account: 'platform' };
        const command = commandFor(
          { ...tried, whole: action.kind === 'announce' && action.daysBefore === 7 },
          state,
          3_000_000,
          now,
        );
        const decision = decide(command, state);
        expect(decision).not.toEqual([]);
        if (typeof decision === 'string') throw new Error(decision);
        state = fold(share, state, decision);
      }
      if (wasApproved(state)) expect(hasEndAhead(state.summary)).toBe(false);
    });
  });

  it('R-V6 revoking does what its preview says', () => {
    always(({ moments }) => {
      for (const { command, before, decision } of moments) {
        if (command.type !== 'RevokeShare' || typeof decision === 'string' || decision.length === 0) continue;
        const outcome = revocationOutcome(before, command.data.installations, command.now);
        const withdrawn = decision.flatMap((event) =>
          event.type === 'ShareItemsWithdrawn' ? event.data.installations : [],
        );
        expect(withdrawn).toEqual(outcome.withdrawn);
      }
    });
  });

  it('the next actions of the processes are accepted, and come to an end', () => {
    always(({ moments }) => {
      let state = moments.at(-1)?.after ?? share.initial;
      const now = moments.at(-1)?.command.now ?? REQUESTED;
      const take = (type: ShareCommand['type'], items: readonly string[] = ITEMS) => {
        const tried: Attempt = { ...prepared[0]!, type, items, account: 'platform' };
        const decision = decide(commandFor(tried, state, 2_000_000, now), state);
        expect(decision).not.toEqual([]);
        expect(typeof decision).not.toBe('string');
        if (typeof decision !== 'string') state = fold(share, state, decision);
      };
      for (let step = 0; nextPreparationAction(state).kind !== 'none'; step++) {
        expect(step).toBeLessThan(4);
        const { kind } = nextPreparationAction(state);
        if (kind === 'start') take('StartPreparation');
        else if (kind === 'collect') take('CollectPackageBatch');
        else take('CompletePackage');
      }
      for (let step = 0; openSteps(state).length > 0; step++) {
        expect(step).toBeLessThan(4 * ITEMS.length);
        const [stepId = ''] = openSteps(state);
        const action = nextStepAction(state, stepId, 2);
        if (action.kind === 'place') take('RecordPlacedItems', action.installations);
        else take('CompleteStep');
      }
    });
  });

  it('the runs above reach every status', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(life, (attempts) => {
        for (const { after } of live(attempts).moments) reached.add(standingOf(after));
      }),
      { numRuns: 300, seed: 20260301 },
    );
    expect([...reached].sort()).toEqual(
      Object.keys(EDGES)
        .filter((status) => status !== 'none')
        .sort(),
    );
  });
});
