import type { DomainEvent, Instant } from '#domain/kernel';

export type ConnectionCreated = DomainEvent<
  'ConnectionCreated',
  {
    connectionId: string;
    /** The account that created it and passes the token on. */
    account: string;
    label: string;
    description?: string;
    tokenHash: string;
    expiresAt: Instant;
  }
>;

export type ConnectionTokenReissued = DomainEvent<
  'ConnectionTokenReissued',
  { connectionId: string; tokenHash: string; expiresAt: Instant }
>;

/**
 * An account has joined with the token, which works no more. Recorded before the pair of accounts is claimed: what
 * follows from it, the connection or its cancellation, is completed from here after a crash (R-C1, R-C2).
 */
export type ConnectionTokenUsed = DomainEvent<
  'ConnectionTokenUsed',
  { connectionId: string; account: string; label: string }
>;

export type ConnectionAuthenticated = DomainEvent<
  'ConnectionAuthenticated',
  { connectionId: string; account: string; label: string }
>;

export type ConnectionRenamed = DomainEvent<
  'ConnectionRenamed',
  { connectionId: string; account: string; label: string }
>;

export type ConnectionCancelled = DomainEvent<
  'ConnectionCancelled',
  {
    connectionId: string;
    /** Why, where its creator did not ask for it: another connection of the two accounts came first (R-C2). */
    reason?: 'already-connected';
  }
>;

export type ConnectionEnded = DomainEvent<
  'ConnectionEnded',
  {
    connectionId: string;
    account: string;
    /** Whether the account that ended it also revokes what it gave and may still revoke (R-C4). */
    revokeShares: boolean;
  }
>;

export type ConnectionEvent =
  | ConnectionCreated
  | ConnectionTokenReissued
  | ConnectionTokenUsed
  | ConnectionAuthenticated
  | ConnectionRenamed
  | ConnectionCancelled
  | ConnectionEnded;

/** The pair's only connection is this one, whose token has been used: it becomes active (R-C2). */
export type ConnectionPairClaimed = DomainEvent<
  'ConnectionPairClaimed',
  {
    accounts: readonly [string, string];
    connectionId: string;
    account: string;
    tokenHash: string;
    label: string;
  }
>;

export type ConnectionPairEvent = ConnectionPairClaimed;
