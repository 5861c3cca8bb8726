import type { Instant } from '#domain/kernel';

interface Created {
  readonly connectionId: string;
  /** The account that created it, and passes the token on. */
  readonly creator: string;
  readonly description?: string;
  readonly tokenHash: string;
  /** Each party's own; the other never sees it (R-C1). */
  readonly creatorLabel: string;
}

interface Authenticated extends Created {
  /** The account that authenticated with the token. */
  readonly acceptor: string;
  readonly acceptorLabel: string;
}

export interface PendingConnection extends Created {
  readonly status: 'pending';
  /** The last moment at which the token works. */
  readonly expiresAt: Instant;
}

/** Its token has let an account in; whether the connection becomes active, the pair of accounts decides next (R-C2). */
export interface TokenUsedConnection extends Authenticated {
  readonly status: 'token-used';
}

export interface CancelledConnection extends Created {
  readonly status: 'cancelled';
  /** The account its token had let in, where the two turned out to be connected already (R-C2). */
  readonly acceptor?: string;
  readonly acceptorLabel?: string;
}

export interface ActiveConnection extends Authenticated {
  readonly status: 'active';
}

export interface EndedConnection extends Authenticated {
  readonly status: 'ended';
  readonly endedBy: string;
  readonly revokeShares: boolean;
}

/** The connection of two accounts. No event records that a token expired: see `statusAt`. */
export type ConnectionState =
  | { readonly status: 'none' }
  | PendingConnection
  | TokenUsedConnection
  | CancelledConnection
  | ActiveConnection
  | EndedConnection;
