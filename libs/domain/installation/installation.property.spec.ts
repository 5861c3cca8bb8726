import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold, type Instant, plusMillis, Refusal } from '#domain/kernel';
import { type AccessAction, accessActions, accessOf, allowedAccessActions, explainAccess } from './access.ts';
import { accessTypes, givableUnder } from './access-types.ts';
import type { InstallationCommand } from './commands.ts';
import { installation } from './decide.ts';
import type { AccessType, InstallationEvent } from './events.ts';
import { treeByClock } from './expiry.ts';
import { findGrant, isLive, liveGrants, pathTo, standsAbove, treeAt } from './grants.ts';
import { visibleTo } from './query.ts';
import type { InstallationState, RegisteredInstallation } from './state.ts';
import { ask, company, give, NOW, ROOT, registered, revokedBy } from './testing/index.ts';

const ACCOUNTS = [ROOT, 'polar', 'nordic', 'arctic', 'boreal'];
const FACTS = Object.fromEntries(
  ACCOUNTS.map((account) => [account, { issuer: { account, company: company(account) } }]),
);

const account = fc.constantFrom(...ACCOUNTS);
const note = (activityId: string) =>
  ({ activityId, kind: 'note', performedOn: '2026-03-02', summary: 'Seen' }) as const;

/** A command of the kinds that touch access, or are judged by it; its moment comes with its turn. */
const command: fc.Arbitrary<(turn: number) => InstallationCommand> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(account, account, fc.constantFrom(...accessTypes), fc.nat(30), fc.constantFrom(0, 0, 3, 12))
      .map(([giver, holder, accessType, id, turns]) => (turn: number) => {
        const grantedAt = at(turn);
        const end = turns > 0 && { until: at(turn + turns) };
        return give(giver, holder, accessType, {
          grantId: `grant-${id}`,
          shareId: `share-${id}`,
          grantedAt,
          ...end,
        });
      }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(account, account, fc.nat(30)).map(([giver, holder, id]) => (turn: number) => {
      const cause = revokedBy(giver, `grant-${id}`);
      const { grantId, shareId } = cause;
      return ask('platform', 'WithdrawAccess', { grantId, shareId, holder, cause }, at(turn));
    }),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(account, fc.nat(30)).map(
      ([holder, id]) =>
        (turn: number) =>
          ask(holder, 'ReturnAccess', { grantId: `grant-${id}` }, at(turn)),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(account, fc.nat(5)).map(
      ([author, id]) =>
        (turn: number) =>
          ask(author, 'AddActivity', note(`activity-${id}`), at(turn)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(account, fc.nat(5)).map(
      ([author, id]) =>
        (turn: number) =>
          ask(author, 'RemoveActivity', { activityId: `activity-${id}` }, at(turn)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(account, fc.constantFrom('Daikin', 'Carrier')).map(
      ([by, brand]) =>
        (turn: number) =>
          ask(by, 'ChangeInstallation', { brand }, at(turn)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(account, fc.constantFrom('ArchiveInstallation' as const, 'RestoreInstallation' as const))
      .map(
        ([by, type]) =>
          (turn: number) =>
            ask(by, type, {}, at(turn)),
      ),
  },
);

function at(turn: number): Instant {
  return plusMillis(NOW, turn * 1000);
}

/** The events a command leads to, or the code it is refused with. Anything else thrown is a fault. */
function outcome(
  asked: InstallationCommand,
  state: InstallationState,
): readonly InstallationEvent[] | string {
  try {
    return installation.decide(asked, state, FACTS[asked.actor.account]);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

interface Turn {
  readonly asked: InstallationCommand;
  readonly outcome: readonly InstallationEvent[] | string;
  /** How much had happened before it. */
  readonly before: number;
}

interface Life {
  readonly history: readonly InstallationEvent[];
  readonly turns: readonly Turn[];
  readonly state: RegisteredInstallation;
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/** One installation's life; every state is frozen, so that a fold that mutates it throws. */
const life: fc.Arbitrary<Life> = fc.array(command, { minLength: 1, maxLength: 50 }).map((commands) => {
  const history: InstallationEvent[] = [registered];
  let state = frozen(fold(installation, installation.initial, history));
  const turns = commands.map((make, turn) => {
    const asked = make(turn);
    const decided = outcome(asked, state);
    const before = history.length;
    for (const event of typeof decided === 'string' ? [] : decided) {
      state = frozen(installation.evolve(state, event));
      history.push(event);
    }
    return { asked, outcome: decided, before };
  });
  return { history, turns, state: state as RegisteredInstallation };
});

const always = (holds: (life: Life) => void) => fc.assert(fc.property(life, holds), { numRuns: 300 });

describe('any commands on an installation, in any order', () => {
  it('a grant never gives more than its giver holds (R-A2)', () => {
    always(({ state: { tree } }) => {
      for (const { giver, parent, accessType } of tree.grants) {
        if (giver === tree.root) expect(parent).toBeUndefined();
        const above = parent === undefined ? undefined : findGrant(tree, parent);
        if (giver !== tree.root) {
          expect(above?.holder).toBe(giver);
          expect(above && givableUnder(above.accessType)).toContain(accessType);
        }
      }
    });
  });

  it('the parent of a live grant is live (R-V4)', () => {
    always(({ state: { tree } }) => {
      for (const grant of tree.grants.filter(isLive)) expect(pathTo(tree, grant).every(isLive)).toBe(true);
    });
  });

  it('nobody is above itself, and the root holds no grant (R-A3)', () => {
    always(({ state: { tree } }) => {
      for (const one of ACCOUNTS) expect(standsAbove(tree, one, one)).toBe(false);
      expect(tree.grants.some((grant) => grant.holder === tree.root)).toBe(false);
    });
  });

  it('no account holds two live grants from the same giver (R-A3)', () => {
    always(({ state: { tree } }) => {
      for (const one of ACCOUNTS) {
        const givers = liveGrants(tree, one).map((grant) => grant.giver);
        expect(new Set(givers).size).toBe(givers.length);
      }
    });
  });

  it('a former holder’s placement is archived and remains (R-V5)', () => {
    always(({ state: { tree, placements } }) => {
      for (const one of ACCOUNTS) {
        const { kind } = accessOf(tree, one);
        if (kind === 'former') expect(placements[one]?.archived).toBe(true);
        else expect(placements[one] === undefined).toBe(kind === 'none');
      }
    });
  });

  it('a former holder reads up to the end of its last grant and no further (R-V5)', () => {
    always(({ history, state: { tree } }) => {
      for (const one of ACCOUNTS) {
        const seen = visibleTo(history, one);
        const access = accessOf(tree, one);
        const last = seen.at(-1);
        if (access.kind === 'none') expect(seen).toStrictEqual([]);
        else if (access.kind !== 'former') expect(seen).toStrictEqual(history);
        else expect(last?.type === 'InstallationAccessWithdrawn' && last.data.holder).toBe(one);
      }
    });
  });

  it('the current grants show who had access at any moment', () => {
    always(({ history, turns, state: { tree } }) => {
      for (const [turn] of turns.entries()) {
        const until = turns[turn + 1]?.before ?? history.length;
        const then = fold(installation, installation.initial, history.slice(0, until));
        // An end is recorded by whatever comes next, as of the moment at which it came (R-E2).
        const recorded = treeByClock((then as RegisteredInstallation).tree, at(turn));
        expect(treeByClock(treeAt(tree, at(turn)), at(turn))).toStrictEqual(recorded);
      }
    });
  });

  it('nobody does anything by access whose end has come, whether or not that is recorded (R-E2)', () => {
    always(({ history, turns }) => {
      for (const { asked, outcome: decided, before } of turns) {
        const then = fold(installation, installation.initial, history.slice(0, before));
        const tree = treeByClock((then as RegisteredInstallation).tree, asked.now);
        const { account: by } = asked.actor;
        if (by === 'platform' || accessOf(tree, by).kind === 'live' || by === ROOT) continue;
        if (typeof decided !== 'string') expect(decided).toStrictEqual([]);
      }
    });
  });

  it('nothing is recorded between the end of access and its record (R-E2, R-V5)', () => {
    always(({ history, turns }) => {
      for (const { asked, outcome: decided, before } of turns) {
        if (typeof decided === 'string' || decided.length === 0) continue;
        const after = fold(installation, installation.initial, history.slice(0, before + decided.length));
        const { tree } = after as RegisteredInstallation;
        expect(treeByClock(tree, asked.now)).toBe(tree);
      }
    });
  });

  it('replaying any prefix, as stored, gives the same decisions', () => {
    always(({ history, turns }) => {
      const stored = JSON.parse(JSON.stringify(history)) as InstallationEvent[];
      for (const { asked, outcome: first, before } of turns) {
        const state = fold(installation, installation.initial, stored.slice(0, before));
        expect(outcome(asked, state)).toStrictEqual(first);
      }
    });
  });

  it('a command that is repeated at once changes nothing, or is refused', () => {
    always(({ history, turns }) => {
      for (const { asked, outcome: first, before } of turns) {
        const done = before + (typeof first === 'string' ? 0 : first.length);
        const again = outcome(asked, fold(installation, installation.initial, history.slice(0, done)));
        expect(again).toStrictEqual(typeof first === 'string' ? first : []);
      }
    });
  });
});

describe('allowedAccessActions agrees with what is enforced (R-G3)', () => {
  const newcomer = 'glacier';
  const shown: InstallationEvent = {
    type: 'ActivityAdded',
    data: { installationId: 'chiller', account: ROOT, ...activityOf('shown') },
  };
  const given = (type: AccessType) => (by: string) => give(by, newcomer, type, { grantId: 'new' });
  const attempts: Record<Exclude<AccessAction, 'read'>, (by: string) => InstallationCommand> = {
    'change-properties': (by) => ask(by, 'ChangeInstallation', { brand: 'Trane' }),
    'add-activity': (by) => ask(by, 'AddActivity', note('new')),
    archive: (by) => ask(by, 'ArchiveInstallation', {}),
    'give-operator': given('operator'),
    'give-installation-manager': given('installation-manager'),
    'give-subcontractor': given('subcontractor'),
    'give-on-loan': given('on-loan'),
  };
  const accepted = ({ history, state }: Life, by: string, action: AccessAction) =>
    action === 'read'
      ? visibleTo([...history, shown], by).includes(shown)
      : typeof outcome(attempts[action](by), state) !== 'string';

  it('for every account and every action, in any state', () => {
    always((lived) => {
      for (const by of [...ACCOUNTS, newcomer]) {
        const allowed = allowedAccessActions(lived.state.tree, by);
        expect(allowed).toStrictEqual(accessActions.filter((action) => accepted(lived, by, action)));
      }
    });
  });

  it('and what is explained is a path of live grants from the root to the account', () => {
    always(({ state: { tree } }) => {
      for (const by of ACCOUNTS) {
        const explained = explainAccess(tree, by, 'read');
        if (!explained.allowed) continue;
        const steps = explained.path.map(({ giver, holder }) => [giver, holder]);
        expect([tree.root, ...steps.map(([, holder]) => holder)]).toStrictEqual([
          ...steps.map(([giver]) => giver),
          by,
        ]);
        expect(explained.path.every(isLive)).toBe(true);
      }
    });
  });
});

function activityOf(activityId: string) {
  const { activityId: id, ...activity } = note(activityId);
  return { activityId: id, activity };
}
