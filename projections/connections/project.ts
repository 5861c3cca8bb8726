// Which connections an account has, with their labels, status and counterparties.
import type { Recorded } from '#contracts';
import {
  type ConnectionEvent,
  type ConnectionState,
  connection,
  labelOf,
  otherParty,
  partiesOf,
  recordedStatus,
} from '#domain/connection';
import { defineProjection, onEach } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import {
  type ConnectionDocument,
  connections,
  type ExistingConnection,
  type PartyConnection,
  partyConnectionId,
  partyConnections,
} from './document.ts';

export const connectionsProjection = defineProjection({
  name: 'connections',
  version: 5,
  collections: [connections, partyConnections],
  on: {
    ConnectionCreated: (event) => [
      upsert(connections, event.data.connectionId, event, () => ({
        id: event.data.connectionId,
        connection: evolved(connection.initial, event),
        createdAt: event.metadata.at,
        since: event.metadata.at,
      })),
    ],
    ...onEach(['ConnectionTokenReissued', 'ConnectionTokenUsed', 'ConnectionRenamed'], (event) => [
      update(connections, event.data.connectionId, event, (document) => ({
        ...document,
        connection: evolved(document.connection, event),
      })),
    ]),
    ...onEach(['ConnectionAuthenticated', 'ConnectionCancelled', 'ConnectionEnded'], (event) => [
      update(connections, event.data.connectionId, event, (document) => ({
        ...document,
        connection: evolved(document.connection, event),
        since: event.metadata.at,
      })),
    ]),
  },
  derive: [{ from: connections, to: partyConnections, rows: partyRows }],
});

function evolved(state: ConnectionState, event: Recorded<ConnectionEvent>): ExistingConnection {
  return connection.evolve(state, event) as ExistingConnection;
}

/** The document of a connection after one more of its events. */
export function documentAfter(
  document: ConnectionDocument | undefined,
  event: Recorded,
): ConnectionDocument | undefined {
  const changes = connectionsProjection.project(event);
  return changes.reduce((before, { update }) => update(before) as ConnectionDocument | undefined, document);
}

/** What each party reads of a connection. */
export function partyRows({
  id,
  connection: state,
  createdAt,
  since,
}: ConnectionDocument): PartyConnection[] {
  return partiesOf(state).map((account) => {
    const counterparty = otherParty(state, account);
    return {
      id: partyConnectionId(id, account),
      connectionId: id,
      account,
      label: labelOf(state, account) as string,
      ...(account === state.creator && state.description !== undefined && { description: state.description }),
      ...(counterparty !== undefined && { counterparty }),
      status: recordedStatus(state),
      ...(state.status === 'pending' && { expiresAt: state.expiresAt }),
      createdAt,
      since,
    };
  });
}
