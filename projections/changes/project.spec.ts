import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Recorded, redactFor } from '#contracts';
import type { ConnectionEvent } from '#domain/connection';
import {
  accessOf,
  type Grant,
  type GrantTree,
  type InstallationEvent,
  type InstallationState,
  installation,
  isLive,
  visibleTo,
  withdrawnWith,
} from '#domain/installation';
import { fold } from '#domain/kernel';
import type { ShareEvent } from '#domain/share';
import { recorder, Views } from '../testing.ts';
import { type ChangeRow, changeRows, changesProjection, subjectOf } from './index.ts';

const at = '2026-03-04T09:00:00.000Z';

/** The changes of each account, as `<type> of <account>`, in the order of the log. */
const changesOf = (views: Views) =>
  views
    .all(changeRows)
    .toSorted((a, b) => a.position - b.position)
    .map(({ account, type }) => `${type} of ${account}`);

const address = { street: 'Quay 1', city: 'Ghent' };
const customerAdded = {
  type: 'CustomerAdded',
  data: { customerId: 'k', account: 'a', details: { name: 'K', address } },
} as const;

describe('the changes of an account', () => {
  it('are those of its own catalogue', () => {
    const record = recorder();
    const views = new Views(changesProjection).apply(record('customer-k', customerAdded));
    expect(changesOf(views)).toStrictEqual(['CustomerAdded of a']);
  });

  it('are those of a share from its request on, for both sides', () => {
    const record = recorder();
    const share = (event: ShareEvent) => record('share-s', event, { account: 'a' });
    const views = new Views(changesProjection).apply(
      share({
        type: 'ShareRequested',
        data: {
          shareId: 's',
          connectionId: 'c',
          requester: 'a',
          provider: 'b',
          name: 'Winter round',
          suggestedLevel: 'location',
          requestedAt: at,
        },
      }),
      share({ type: 'ShareRejected', data: { shareId: 's', rejectedAt: at } }),
    );
    expect(changesOf(views)).toStrictEqual([
      'ShareRequested of a',
      'ShareRequested of b',
      'ShareRejected of a',
      'ShareRejected of b',
    ]);
    expect(views.find(changeRows, 'by-account', ['b'])).toHaveLength(2);
    expect(views.find(changeRows, 'by-subject', ['s'])).toHaveLength(4);
    expect(views.find(changeRows, 'in-order', [])).toHaveLength(4);
  });

  it('are those of a connection, for its acceptor once it is one, and labels for whose they are (R-C1)', () => {
    const record = recorder();
    const connection = (account: string, event: ConnectionEvent) =>
      record('connection-c', event, { account });
    const views = new Views(changesProjection).apply(
      connection('a', {
        type: 'ConnectionCreated',
        data: { connectionId: 'c', account: 'a', label: 'Installer', tokenHash: 'h', expiresAt: at },
      }),
      connection('a', {
        type: 'ConnectionTokenReissued',
        data: { connectionId: 'c', tokenHash: 'i', expiresAt: at },
      }),
      connection('b', {
        type: 'ConnectionAuthenticated',
        data: { connectionId: 'c', account: 'b', label: 'Customer' },
      }),
      connection('b', {
        type: 'ConnectionRenamed',
        data: { connectionId: 'c', account: 'b', label: 'Best customer' },
      }),
      connection('a', {
        type: 'ConnectionEnded',
        data: { connectionId: 'c', account: 'a', revokeShares: false },
      }),
    );
    expect(changesOf(views)).toStrictEqual([
      'ConnectionCreated of a',
      'ConnectionTokenReissued of a',
      'ConnectionAuthenticated of a',
      'ConnectionAuthenticated of b',
      'ConnectionRenamed of b',
      'ConnectionEnded of a',
      'ConnectionEnded of b',
    ]);
  });

  it('do not include streams whose first event is missing', () => {
    const record = recorder();
    const views = new Views(changesProjection).apply(
      record('share-s', { type: 'SharePreparationStarted', data: { shareId: 's' } }),
      record('installation-i', {
        type: 'ActivityRemoved',
        data: { installationId: 'i', activityId: 'x', account: 'a' },
      }),
    );
    expect(views.all(changeRows)).toStrictEqual([]);
  });
});

it('the subject is determined by the stream', () => {
  const id = '0199c2a4-7c3e-7b1a-9f00-000000000001';
  expect(subjectOf(`share-${id}`)).toStrictEqual({ kind: 'share', id });
});

const ACCOUNTS = ['root', 'a', 'b', 'c'];

interface Step {
  readonly kind: 'give' | 'end' | 'write' | 'move';
  readonly one: number;
  readonly other: number;
}

const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom('give', 'end', 'write', 'move'),
    one: fc.nat(3),
    other: fc.nat(3),
  }),
  { maxLength: 25 },
);

/** What may happen to an installation: every holder gives access on, and what was given on ends with it. */
function historyOf(steps: readonly Step[]): Recorded<InstallationEvent>[] {
  const record = recorder();
  const history: Recorded<InstallationEvent>[] = [];
  const installationId = 'i';
  const happen = (account: string, event: InstallationEvent) => {
    history.push(record('installation-i', event, { at, account }));
  };
  const placement = { customerId: 'k', locationId: 'l', reference: 'r' };
  happen('root', {
    type: 'InstallationRegistered',
    data: { installationId, account: 'root', token: 'T', properties: {}, placement },
  });
  for (const { kind, one, other } of steps) {
    const { tree } = stateOf(history);
    const account = ACCOUNTS[one] as string;
    const holder = ACCOUNTS[other] as string;
    const live = tree.grants.filter(isLive);
    const own = live.find((grant) => grant.holder === account);
    if (kind === 'end') {
      const ended = live[one % Math.max(1, live.length)];
      for (const grant of ended ? withdrawnWith(tree, [ended.grantId]) : []) {
        const { grantId, shareId, giver } = grant;
        const cause = { kind: 'revoked', account: giver, shareId, grantId } as const;
        const data = {
          installationId,
          grantId,
          shareId,
          giver,
          holder: grant.holder,
          cause,
          withdrawnAt: at,
        };
        happen('system', { type: 'InstallationAccessWithdrawn', data });
      }
    } else if (account !== 'root' && own === undefined) {
      // It has no access, and does nothing.
    } else if (kind === 'write') {
      const data = { installationId, account, activityId: `${history.length}` };
      happen(account, { type: 'ActivityRemoved', data });
    } else if (kind === 'move') {
      happen(account, { type: 'InstallationMoved', data: { installationId, account, placement } });
    } else if (holder !== 'root' && holder !== account) {
      const grant: Grant = {
        grantId: `g${history.length}`,
        giver: account,
        holder,
        ...(own && { parent: own.grantId }),
        shareId: `s${history.length}`,
        accessType: 'subcontractor',
        documentIdentity: 'performer',
        revocation: { kind: 'any-time' },
        approvedAt: at,
        grantedAt: at,
      };
      happen('system', { type: 'InstallationAccessGranted', data: { installationId, grant, placement } });
    }
  }
  return history;
}

function stateOf(history: readonly InstallationEvent[]): { readonly tree: GrantTree } {
  const state: InstallationState = fold(installation, installation.initial, history);
  return state as Extract<InstallationState, { status: 'registered' }>;
}

describe('the changes of an installation', () => {
  it('are for accounts with access at the time, and for those whose access they end; for nobody else (R-G1, R-V5)', () => {
    fc.assert(
      fc.property(steps, (chosen) => {
        const history = historyOf(chosen);
        const views = new Views(changesProjection).apply(...history);
        const rows = new Set(views.all(changeRows).map(({ account, revision }) => `${revision} ${account}`));
        for (const account of ACCOUNTS) {
          const readable = new Set(visibleTo(history, account));
          for (const event of history) {
            const { tree } = stateOf(history.slice(0, event.revision + 1));
            const { kind } = accessOf(tree, account);
            const ends = event.type === 'InstallationAccessWithdrawn' && event.data.holder === account;
            const hasAccess = kind === 'root' || kind === 'live' || ends;
            const mayKnow = hasAccess && redactFor(event, { account, root: 'root' }) !== undefined;
            expect([event.type, account, rows.has(`${event.revision} ${account}`)]).toEqual([
              event.type,
              account,
              mayKnow,
            ]);
            if (mayKnow) expect(readable).toContain(event);
          }
        }
      }),
    );
  });

  it('are the same when events are delivered late or twice', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (chosen, picks) => {
        const history = historyOf(chosen);
        const views = new Views(changesProjection);
        for (const event of history) {
          views.apply(event);
          const [again = 0] = [...picks.take(1)];
          views.apply(history[again % (event.revision + 1)] as Recorded);
        }
        const once = new Views(changesProjection).apply(...history);
        const sorted = (rows: readonly ChangeRow[]) => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        expect(sorted(views.all(changeRows))).toEqual(sorted(once.all(changeRows)));
      }),
    );
  });
});
