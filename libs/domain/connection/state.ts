import type { Instant } from '#domain/kernel';

interface Created {
  readonly connectionId: string;
  /** The account that made it, and passes the token on. */
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

export interface CancelledConnection extends Created {
  readonly status: 'cancelled';
}

export interface ActiveConnection extends Authenticated {
  readonly status: 'active';
}

export interface EndedConnection extends Authenticated {
  readonly status: 'ended';
  readonly endedBy: string;
  readonly revokeShares: boolean;
}

/** The standing link between two accounts, as its stream tells it. That a token expired no event says: `statusAt`. */
export type ConnectionState =
  | { readonly status: 'none' }
  | PendingConnection
  | CancelledConnection
  | ActiveConnection
  | EndedConnection;
