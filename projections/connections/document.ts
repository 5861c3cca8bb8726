import type { ConnectionState, recordedStatus } from '#domain/connection';
import type { Instant } from '#domain/kernel';
import type { CollectionDefinition, Document } from '#view-store';
import type { Reflecting } from '../reflecting.ts';
import { idWord, wordsOf } from '../search.ts';

/** A connection that exists. */
export type ExistingConnection = Exclude<ConnectionState, { status: 'none' }>;

export interface ConnectionDocument extends Reflecting {
  /** The connection's id. */
  readonly id: string;
  /** The domain's state: what a party may do now follows from it and the clock. */
  readonly connection: ExistingConnection;
  readonly createdAt: Instant;
  /** When it reached its present status. */
  readonly since: Instant;
}

export const connections: CollectionDefinition<ConnectionDocument> = {
  name: 'connections',
  indexes: {
    /** Connections whose token was used, and that a process has to complete (R-C2). */
    'under-way': ({ connection, since, id }) =>
      connection.status === 'token-used' ? [since, id] : undefined,
    ended: ({ connection, since, id }) => (connection.status === 'ended' ? [since, id] : undefined),
  },
};

/** A connection as one party reads it: its own label, and a description only for the account that wrote it (R-C1). */
export interface PartyConnection extends Document {
  /** `<connection>:<account>`. */
  readonly id: string;
  readonly connectionId: string;
  readonly account: string;
  readonly label: string;
  readonly description?: string;
  readonly counterparty?: string;
  /** As recorded: a pending one has expired when `expiresAt` has passed. */
  readonly status: ReturnType<typeof recordedStatus<ExistingConnection>>;
  readonly expiresAt?: Instant;
  readonly createdAt: Instant;
  readonly since: Instant;
}

export const partyConnections: CollectionDefinition<PartyConnection> = {
  name: 'party-connections',
  indexes: {
    'by-account': ({ account, createdAt, id }) => [account, createdAt, id],
    'by-status': ({ account, status, createdAt, id }) => [account, status, createdAt, id],
    'by-counterparty': ({ account, counterparty, createdAt, id }) =>
      counterparty === undefined ? undefined : [account, counterparty, createdAt, id],
  },
  text: ({ account, counterparty, label, description }) => ({
    scope: account,
    words: [...wordsOf(label, description), ...(counterparty === undefined ? [] : [idWord(counterparty)])],
  }),
};

/** A party's row of a connection. */
export function partyConnectionId(connectionId: string, account: string): string {
  return `${connectionId}:${account}`;
}
