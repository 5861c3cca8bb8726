import { describe, expect, it } from '@jest/globals';
import { fold, plusMillis } from '#domain/kernel';
import { commandsOf, noon, scenario } from '#domain/kernel/testing';
import type { ConnectionCommand, ConnectionEvent, ConnectionFacts } from './index.ts';
import {
  allowedActions,
  connectedPair,
  connection,
  connectionRefusalContext,
  otherParty,
  partiesOf,
  statusAt,
  TOKEN_LIFETIME_MS,
} from './index.ts';

const ask = commandsOf<ConnectionCommand>();
const id = { connectionId: 'c1' };
const expiresAt = '2026-01-08T12:00:00.000Z';
const justBefore = plusMillis(expiresAt, -1);
const justAfter = plusMillis(expiresAt, 1);

const created: ConnectionEvent = {
  type: 'ConnectionCreated',
  data: { ...id, account: 'giver', label: 'Our owner', tokenHash: 'hash-1', expiresAt },
};
const authenticated: ConnectionEvent = {
  type: 'ConnectionAuthenticated',
  data: { ...id, account: 'taker', label: 'Our contractor' },
};
const used: ConnectionEvent = {
  type: 'ConnectionTokenUsed',
  data: { ...id, account: 'taker', label: 'Our contractor' },
};
const outrun: ConnectionEvent = {
  type: 'ConnectionCancelled',
  data: { ...id, reason: 'already-connected' },
};
const cancelled: ConnectionEvent = { type: 'ConnectionCancelled', data: id };
const ended: ConnectionEvent = {
  type: 'ConnectionEnded',
  data: { ...id, account: 'giver', revokeShares: false },
};
const reissued: ConnectionEvent = {
  type: 'ConnectionTokenReissued',
  data: { ...id, tokenHash: 'hash-2', expiresAt: plusMillis(justAfter, TOKEN_LIFETIME_MS) },
};

const create = ask('giver', 'CreateConnection', { ...id, label: 'Our owner', tokenHash: 'hash-1' });
const authenticate = (account = 'taker', tokenHash = 'hash-1', now = noon) =>
  ask(account, 'AuthenticateConnection', { ...id, tokenHash, label: 'Our contractor' }, now);
const settle = (account = 'taker') => ask(account, 'SettleConnection', id, justAfter);
const reissue = (account: string, now = noon) =>
  ask(account, 'ReissueConnectionToken', { ...id, tokenHash: 'hash-2' }, now);
const rename = (account: string, label: string) => ask(account, 'RenameConnection', { ...id, label });
const cancel = (account: string, now = noon) => ask(account, 'CancelConnection', id, now);
const end = (account: string, revokeShares?: boolean) =>
  ask(account, 'EndConnection', revokeShares === undefined ? id : { ...id, revokeShares });
const unclaimed: ConnectionFacts = { pair: { status: 'none' } };
const claimedFor = (connectionId: string): ConnectionFacts => ({
  pair: {
    status: 'claimed',
    accounts: ['giver', 'taker'],
    connectionId,
    account: 'taker',
    tokenHash: 'hash-1',
    label: 'Ours',
  },
});

const given = scenario(connection).given;
const stateAfter = (...events: ConnectionEvent[]) => fold(connection, connection.initial, events);

describe('creating a connection', () => {
  it('R-C1 records the label, the hash of the token, and that it expires after seven days', () => {
    given().when(create).then(created);
  });

  it('R-C1 keeps the description', () => {
    const described = ask('giver', 'CreateConnection', { ...create.data, description: 'All of Ghent' });
    given()
      .when(described)
      .then({ ...created, data: { ...created.data, description: 'All of Ghent' } } as ConnectionEvent);
  });

  it('changes nothing the second time', () => {
    given(created).when(create).thenNothing();
  });

  it('refuses an id in use, alike for its owner and for a stranger', () => {
    const other = ask('giver', 'CreateConnection', { ...create.data, label: 'Another' });
    const stranger = ask('rime', 'CreateConnection', create.data);
    given(created).when(other).thenRefused('conflict', 'id-in-use');
    for (const more of [{ description: 'All of Ghent' }, { tokenHash: 'hash-2' }]) {
      given(created)
        .when(ask('giver', 'CreateConnection', { ...create.data, ...more }))
        .thenRefused('conflict', 'id-in-use');
    }
    const otherSide = ask('taker', 'CreateConnection', { ...create.data, label: 'Our contractor' });
    given(created).when(stranger).thenRefused('conflict', 'id-in-use');
    given(created, authenticated).when(otherSide).thenRefused('conflict', 'id-in-use');
  });
});

describe('authenticating a connection', () => {
  it('R-C1 uses the token, with a label of its own for the other side', () => {
    given(created).when(authenticate(), unclaimed).then(used);
  });

  it('changes nothing the second time', () => {
    given(created, used).when(authenticate(), unclaimed).thenNothing();
    given(created, authenticated).when(authenticate(), unclaimed).thenNothing();
  });

  it.each([
    ['one millisecond before', justBefore],
    ['at the very moment', expiresAt],
  ])('R-C1 takes a token %s of its expiry', (_, now) => {
    given(created)
      .when(authenticate('taker', 'hash-1', now), unclaimed)
      .then(used);
  });

  it('R-C1 refuses a token one millisecond after its expiry', () => {
    given(created)
      .when(authenticate('taker', 'hash-1', justAfter), unclaimed)
      .thenRefused('impossible', 'token-expired');
  });

  it('R-C1 refuses a wrong token, expired or not, with one answer', () => {
    const wrong = (now: string) => authenticate('taker', 'hash-9', now);
    given(created).when(wrong(noon), unclaimed).thenRefused('impossible', 'token-invalid');
    given(created).when(wrong(justAfter), unclaimed).thenRefused('impossible', 'token-invalid');
  });

  it('R-C1 accepts a token only once', () => {
    given(created, used).when(authenticate('rime'), unclaimed).thenRefused('impossible', 'token-invalid');
    given(created, authenticated)
      .when(authenticate('rime'), unclaimed)
      .thenRefused('impossible', 'token-invalid');
    const relabelled = ask('taker', 'AuthenticateConnection', { ...authenticate().data, label: 'Other' });
    given(created, authenticated).when(relabelled, unclaimed).thenRefused('impossible', 'token-invalid');
  });

  it.each<[string, ConnectionEvent[]]>([
    ['of no connection', []],
    ['of a cancelled connection', [created, cancelled]],
    ['of a connection another one of the pair has outrun', [created, used, outrun]],
    ['of an ended connection', [created, authenticated, ended]],
    ['replaced by another', [created, reissued]],
  ])('R-C1 refuses a token %s', (_, history) => {
    given(...history)
      .when(authenticate(), unclaimed)
      .thenRefused('impossible', 'token-invalid');
  });

  it('R-C2 refuses the account that created it', () => {
    given(created).when(authenticate('giver'), unclaimed).thenRefused('conflict', 'own-connection');
  });

  it('R-C2 refuses two accounts that have another active connection', () => {
    given(created).when(authenticate(), claimedFor('c2')).thenRefused('conflict', 'already-connected');
  });

  it('R-C2 is possible with a claim for the connection itself, as in older logs', () => {
    given(created).when(authenticate(), claimedFor('c1')).then(used);
  });
});

describe('settling a connection whose token was used', () => {
  it('R-C2 makes it active when its pair was claimed for it, though the token would have expired by now', () => {
    given(created, used).when(settle(), claimedFor('c1')).then(authenticated);
  });

  it('R-C1 keeps the label its new side has given it meanwhile', () => {
    const renamed: ConnectionEvent = {
      type: 'ConnectionRenamed',
      data: { ...id, account: 'taker', label: 'New' },
    };
    given(created, used, renamed)
      .when(settle(), claimedFor('c1'))
      .then({ type: 'ConnectionAuthenticated', data: { ...id, account: 'taker', label: 'New' } });
  });

  it.each<[string, ConnectionFacts]>([
    ['is claimed for another', claimedFor('c2')],
    ['could not be claimed', unclaimed],
  ])('R-C2 cancels it when the pair %s', (_, facts) => {
    given(created, used).when(settle(), facts).then(outrun);
  });

  it.each<[string, ConnectionEvent[]]>([
    ['active', [created, used, authenticated]],
    ['cancelled', [created, used, outrun]],
    ['ended', [created, used, authenticated, ended]],
  ])('changes nothing once it is %s', (_, history) => {
    given(...history)
      .when(settle(), claimedFor('c1'))
      .thenNothing();
  });

  it('R-S10 shows a stranger nothing', () => {
    given(created).when(settle(), unclaimed).thenRefused('not-found', 'not-found');
    given(created, used).when(settle('rime'), unclaimed).thenRefused('not-found', 'not-found');
  });

  it.each([
    ['cancel', cancel('giver'), 'connection-not-pending'],
    ['reissue', reissue('giver'), 'connection-not-pending'],
    ['end', end('giver'), 'connection-not-active'],
  ])('R-S10 lets nobody %s it before', (_, command, code) => {
    given(created, used).when(command).thenRefused('conflict', code);
  });
});

describe('reissuing a token', () => {
  it('R-C1 gives a new token, for seven days from then, after the first has expired', () => {
    given(created).when(reissue('giver', justAfter)).then(reissued);
  });

  it('R-C1 accepts the new token', () => {
    given(created, reissued)
      .when(authenticate('taker', 'hash-2', justAfter), unclaimed)
      .then(used);
  });

  it('changes nothing the second time', () => {
    given(created, reissued).when(reissue('giver', justAfter)).thenNothing();
  });

  it('R-C1 does not lengthen the life of an expired token', () => {
    const same = ask('giver', 'ReissueConnectionToken', { ...id, tokenHash: 'hash-1' }, justAfter);
    given(created).when(same).thenRefused('conflict', 'token-not-new');
  });

  it.each<[string, ConnectionEvent[]]>([
    ['active', [created, authenticated]],
    ['cancelled', [created, cancelled]],
    ['ended', [created, authenticated, ended]],
  ])('R-C1 refuses when the connection is %s', (_, history) => {
    given(...history)
      .when(reissue('giver'))
      .thenRefused('conflict', 'connection-not-pending');
  });

  it('R-S10 shows a stranger nothing', () => {
    given(created).when(reissue('taker')).thenRefused('not-found', 'not-found');
    given().when(reissue('giver')).thenRefused('not-found', 'not-found');
  });
});

describe('renaming a connection', () => {
  const renamed = (account: string): ConnectionEvent => ({
    type: 'ConnectionRenamed',
    data: { ...id, account, label: 'New' },
  });

  it.each<[string, string, ConnectionEvent[]]>([
    ['pending', 'giver', [created]],
    ['about to be active', 'taker', [created, used]],
    ['active', 'giver', [created, authenticated]],
    ['active', 'taker', [created, authenticated]],
    ['cancelled', 'giver', [created, cancelled]],
    ['ended', 'taker', [created, authenticated, ended]],
  ])('R-C1 is for each side at any time: %s, by the %s', (_, account, history) => {
    given(...history)
      .when(rename(account, 'New'))
      .then(renamed(account));
  });

  it('R-C1 leaves the other side its own label', () => {
    expect(stateAfter(created, authenticated, renamed('taker'))).toMatchObject({
      creatorLabel: 'Our owner',
      acceptorLabel: 'New',
    });
  });

  it('changes nothing the second time', () => {
    given(created, renamed('giver')).when(rename('giver', 'New')).thenNothing();
    given(created, authenticated, renamed('taker')).when(rename('taker', 'New')).thenNothing();
  });

  it('R-C1 lets both sides use the same label', () => {
    given(created, authenticated, renamed('giver')).when(rename('taker', 'New')).then(renamed('taker'));
  });

  it('R-S10 shows a stranger nothing', () => {
    given(created, authenticated).when(rename('rime', 'New')).thenRefused('not-found', 'not-found');
    given(created).when(rename('taker', 'New')).thenRefused('not-found', 'not-found');
    given().when(rename('giver', 'New')).thenRefused('not-found', 'not-found');
  });
});

describe('cancelling a connection', () => {
  it('R-C1 is for its creator, also once the token has expired', () => {
    given(created).when(cancel('giver')).then(cancelled);
    given(created).when(cancel('giver', justAfter)).then(cancelled);
  });

  it('changes nothing the second time', () => {
    given(created, cancelled).when(cancel('giver')).thenNothing();
  });

  it('R-C1 refuses once it was active', () => {
    given(created, authenticated).when(cancel('giver')).thenRefused('conflict', 'connection-not-pending');
    given(created, authenticated).when(cancel('taker')).thenRefused('conflict', 'connection-not-pending');
    given(created, authenticated, ended)
      .when(cancel('giver'))
      .thenRefused('conflict', 'connection-not-pending');
  });

  it('R-S10 shows a stranger nothing', () => {
    given(created).when(cancel('rime')).thenRefused('not-found', 'not-found');
    given(created, cancelled).when(cancel('rime')).thenRefused('not-found', 'not-found');
    given().when(cancel('giver')).thenRefused('not-found', 'not-found');
  });
});

describe('ending a connection', () => {
  const endedBy = (account: string, revokeShares: boolean): ConnectionEvent => ({
    type: 'ConnectionEnded',
    data: { ...id, account, revokeShares },
  });

  it.each(['giver', 'taker'])(
    'R-C4 is for either side: the %s; what was shared is kept by default',
    (account) => {
      given(created, authenticated).when(end(account)).then(endedBy(account, false));
    },
  );

  it('R-C4 revokes what is still revocable when the side that ends it chooses so', () => {
    given(created, authenticated).when(end('taker', true)).then(endedBy('taker', true));
  });

  it('changes nothing the second time, whichever side asks', () => {
    given(created, authenticated, ended).when(end('giver')).thenNothing();
    given(created, authenticated, ended).when(end('taker')).thenNothing();
    given(created, authenticated, endedBy('taker', true)).when(end('taker', true)).thenNothing();
  });

  it('R-C4 refuses to revoke by ending what has ended already', () => {
    given(created, authenticated, ended).when(end('giver', true)).thenRefused('conflict', 'connection-ended');
    given(created, authenticated, endedBy('giver', true))
      .when(end('taker', true))
      .thenRefused('conflict', 'connection-ended');
  });

  it.each<[string, ConnectionEvent[]]>([
    ['pending', [created]],
    ['cancelled', [created, cancelled]],
  ])('R-C4 refuses when the connection is %s', (_, history) => {
    given(...history)
      .when(end('giver'))
      .thenRefused('conflict', 'connection-not-active');
  });

  it('R-S10 shows a stranger nothing', () => {
    given(created, authenticated).when(end('rime')).thenRefused('not-found', 'not-found');
    given(created, authenticated, ended).when(end('rime')).thenRefused('not-found', 'not-found');
    given().when(end('giver')).thenRefused('not-found', 'not-found');
  });

  it('R-S10 shows a party the status and what is allowed, and nobody else', () => {
    const contextOf = (account: string) =>
      connectionRefusalContext(stateAfter(created), {
        actor: { account, user: 'someone', roles: ['administrator'] },
        now: noon,
      });
    const allowedActions = ['rename', 'reissue', 'cancel'];
    expect(contextOf('giver')).toEqual({ currentStatus: 'pending', allowedActions });
    expect(contextOf('taker')).toBeUndefined();
  });
});

describe('the status of a connection', () => {
  it.each([
    ['pending', justBefore],
    ['pending', expiresAt],
    ['expired', justAfter],
  ])('R-C1 is %s at %s', (status, now) => {
    expect(statusAt(stateAfter(created), now)).toBe(status);
  });

  it('R-C1 is pending, and does not expire, while its pair is being claimed', () => {
    expect(statusAt(stateAfter(created, used), justAfter)).toBe('pending');
    expect(connectedPair(stateAfter(created, used))).toBeUndefined();
  });

  it('R-C1 does not expire once authenticated', () => {
    expect(statusAt(stateAfter(created, authenticated), justAfter)).toBe('active');
  });

  it('R-C3 joins its two accounts only while it is active', () => {
    expect(connectedPair(stateAfter(created))).toBeUndefined();
    expect(connectedPair(stateAfter(created, authenticated))).toEqual(['giver', 'taker']);
    expect(connectedPair(stateAfter(created, authenticated, ended))).toBeUndefined();
  });

  it('gives each party the other one, and a stranger none', () => {
    const active = stateAfter(created, authenticated);
    expect(otherParty(active, 'giver')).toBe('taker');
    expect(otherParty(active, 'taker')).toBe('giver');
    expect(otherParty(active, 'rime')).toBeUndefined();
    expect(otherParty(stateAfter(created), 'giver')).toBeUndefined();
    expect(partiesOf(stateAfter())).toEqual([]);
  });

  it.each<[string, string, string[], ConnectionEvent[]]>([
    ['pending', 'giver', ['rename', 'reissue', 'cancel'], [created]],
    ['its token was used', 'giver', ['rename'], [created, used]],
    ['its token was used', 'taker', ['rename'], [created, used]],
    ['outrun by another', 'taker', ['rename'], [created, used, outrun]],
    ['active', 'giver', ['rename', 'end'], [created, authenticated]],
    ['active', 'taker', ['rename', 'end'], [created, authenticated]],
    ['active', 'rime', [], [created, authenticated]],
    ['cancelled', 'giver', ['rename'], [created, cancelled]],
    ['ended', 'taker', ['rename'], [created, authenticated, ended]],
    ['none', 'giver', [], []],
  ])('R-S10 lists what is allowed while %s to the %s: %j', (_, account, actions, history) => {
    const state = stateAfter(...history);
    expect(allowedActions(state, { account, roles: ['administrator'] }, noon)).toEqual(actions);
    expect(allowedActions(state, { account, roles: ['manager'] }, noon)).toEqual([]);
  });
});

describe('the history of a connection', () => {
  it.each<[string, ConnectionEvent[]]>([
    ['authenticated before it was created', [authenticated]],
    ['authenticated twice', [created, authenticated, authenticated]],
    ['opened by two', [created, used, used]],
    ['opened when cancelled', [created, cancelled, used]],
    ['reissued when active', [created, authenticated, reissued]],
    ['cancelled when active', [created, authenticated, cancelled]],
    ['ended when pending', [created, ended]],
  ])('is refused when it was %s', (_, history) => {
    expect(() => stateAfter(...history)).toThrow('cannot follow');
  });
});
