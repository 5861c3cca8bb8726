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

export type ConnectionAuthenticated = DomainEvent<
  'ConnectionAuthenticated',
  { connectionId: string; account: string; label: string }
>;

export type ConnectionRenamed = DomainEvent<
  'ConnectionRenamed',
  { connectionId: string; account: string; label: string }
>;

export type ConnectionCancelled = DomainEvent<'ConnectionCancelled', { connectionId: string }>;

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
  | ConnectionAuthenticated
  | ConnectionRenamed
  | ConnectionCancelled
  | ConnectionEnded;

/**
 * The pair's only connection is to be this one. Recorded before the connection is authenticated: the claim holds
 * all that completing it needs, so a crash between the two is mended from here (R-C2).
 */
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
