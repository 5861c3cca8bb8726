import { describe, expect, it } from '@jest/globals';
import { fold, plusMillis } from '#domain/kernel';
import { commandsOf, noon, scenario } from '#domain/kernel/testing';
import type {
  ConnectionEvent,
  ConnectionPairCommand,
  ConnectionPairEvent,
  ConnectionState,
} from './index.ts';
import { connection, connectionPair, pairStreamId, TOKEN_LIFETIME_MS } from './index.ts';

const ask = commandsOf<ConnectionPairCommand>();
const expiresAt = plusMillis(noon, TOKEN_LIFETIME_MS);
const claim = (connectionId: string, now = noon, tokenHash = `hash of ${connectionId}`) =>
  ask('taker', 'ClaimConnectionPair', { creator: 'giver', connectionId, tokenHash, label: 'Ours' }, now);
const claimed = (connectionId: string, tokenHash = `hash of ${connectionId}`): ConnectionPairEvent => ({
  type: 'ConnectionPairClaimed',
  data: { accounts: ['giver', 'taker'], connectionId, account: 'taker', tokenHash, label: 'Ours' },
});

const holder = (...events: ConnectionEvent[]): { holder: ConnectionState } => ({
  holder: fold(connection, connection.initial, [
    {
      type: 'ConnectionCreated',
      data: { connectionId: 'c1', account: 'giver', label: 'Yours', tokenHash: 'hash of c1', expiresAt },
    },
    ...events,
  ]),
});
const authenticatedBy = (account: string): ConnectionEvent => ({
  type: 'ConnectionAuthenticated',
  data: { connectionId: 'c1', account, label: 'Ours' },
});
const tokenUsedBy = (account: string): ConnectionEvent => ({
  type: 'ConnectionTokenUsed',
  data: { connectionId: 'c1', account, label: 'Ours' },
});
const given = scenario(connectionPair).given;

describe('claiming a pair of accounts for a connection', () => {
  it('R-C2 records all that completing the connection needs', () => {
    given().when(claim('c1'), {}).then(claimed('c1'));
  });

  it('changes nothing the second time', () => {
    given(claimed('c1')).when(claim('c1'), {}).thenNothing();
  });

  it('R-C1 records the claim again when the token was reissued in between', () => {
    given(claimed('c1'))
      .when(claim('c1', noon, 'new'), {})
      .then(claimed('c1', 'new'));
  });

  it('R-C2 refuses an account that would connect with itself', () => {
    const own = ask('giver', 'ClaimConnectionPair', claim('c1').data);
    given().when(own, {}).thenRefused('conflict', 'own-connection');
  });

  it.each<[string, { holder: ConnectionState }, string]>([
    ['is active', holder(authenticatedBy('taker')), noon],
    ['is active, long after', holder(authenticatedBy('taker')), plusMillis(expiresAt, 1)],
    ['is about to be active', holder(tokenUsedBy('taker')), noon],
    ['is about to be active, long after', holder(tokenUsedBy('taker')), plusMillis(expiresAt, 1)],
    ['can yet be completed, in an older log', holder(), expiresAt],
  ])('R-C2 refuses while the connection that holds the claim %s', (_, facts, now) => {
    given(claimed('c1')).when(claim('c2', now), facts).thenRefused('conflict', 'already-connected');
  });

  it('R-C2 refuses when nothing is known of the connection that holds the claim', () => {
    given(claimed('c1')).when(claim('c2'), {}).thenRefused('conflict', 'already-connected');
  });

  it.each<[string, { holder: ConnectionState }, string]>([
    ['has expired', holder(), plusMillis(expiresAt, 1)],
    ['was cancelled', holder({ type: 'ConnectionCancelled', data: { connectionId: 'c1' } }), noon],
    [
      'has ended',
      holder(authenticatedBy('taker'), {
        type: 'ConnectionEnded',
        data: { connectionId: 'c1', account: 'taker', revokeShares: false },
      }),
      noon,
    ],
    ['joined its creator with another account', holder(authenticatedBy('rime')), noon],
    ['is about to join its creator with another account', holder(tokenUsedBy('rime')), noon],
    [
      'can no longer be completed with the token it was claimed with',
      holder({ type: 'ConnectionTokenReissued', data: { connectionId: 'c1', tokenHash: 'new', expiresAt } }),
      noon,
    ],
  ])('R-C2 lets another connection in once the one that held the claim %s', (_, facts, now) => {
    given(claimed('c1')).when(claim('c2', now), facts).then(claimed('c2'));
  });
});

describe('the stream of a pair', () => {
  it('is one, whichever account is named first', () => {
    expect(pairStreamId('b', 'a')).toBe('a.b');
    expect(pairStreamId('a', 'b')).toBe('a.b');
  });
});
