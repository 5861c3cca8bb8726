import { v7 as uuid } from 'uuid';
import { derivedId, hashToken } from '#application';
import { serialise, type TesseraEvent } from '#contracts';
import type { EventStore, JsonObject, NewEvent } from '#event-store';

/** How many appends are handed to the store at a time. */
const AT_ONCE = 1_000;

/** A connection with a history of four events, and the account that may rename it. */
export interface SeededConnection {
  readonly id: string;
  readonly account: string;
}

/** Writes `count` active connections of four events each. */
export async function seedConnections(store: EventStore, count: number, account: string): Promise<SeededConnection[]> {
  const seeded = Array.from({ length: count }, () => ({ id: uuid(), account }));
  for (let start = 0; start < seeded.length; start += AT_ONCE) {
    await Promise.all(
      seeded.slice(start, start + AT_ONCE).map(({ id }) => store.append(`connection-${id}`, history(id, account), 'none')),
    );
  }
  return seeded;
}

function history(connectionId: string, account: string): NewEvent[] {
  const other = uuid();
  const events: TesseraEvent[] = [
    {
      type: 'ConnectionCreated',
      data: {
        connectionId,
        account,
        label: 'Nordic Cooling',
        tokenHash: hashToken(connectionId),
        expiresAt: '2030-01-01T00:00:00.000Z',
      },
    },
    { type: 'ConnectionAuthenticated', data: { connectionId, account: other, label: 'Harbour Foods' } },
    { type: 'ConnectionRenamed', data: { connectionId, account: other, label: 'Harbour Foods, north' } },
    { type: 'ConnectionRenamed', data: { connectionId, account, label: 'Nordic Cooling AB' } },
  ];
  return events.map((event) => recordable(connectionId, event, account));
}

function recordable(connectionId: string, event: TesseraEvent, account: string): NewEvent {
  const commandId = uuid();
  const { type, data, schemaVersion } = serialise(event);
  return {
    id: derivedId(commandId, `connection-${connectionId}`, 0),
    type,
    data,
    metadata: {
      at: '2026-01-01T00:00:00.000Z',
      actor: { account, user: 'bench', role: 'administrator' },
      commandId,
      commandHash: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
      $correlationId: commandId,
      $causationId: commandId,
      schemaVersion,
    } satisfies JsonObject,
  };
}
