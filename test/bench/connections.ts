import { hashToken, newId } from '#application';
import type { ConnectionEvent } from '#domain/connection';
import type { EventStore } from '#event-store';
import { recordable } from './recordable.ts';

/** How many appends are handed to the store at a time. */
const AT_ONCE = 1_000;

/** A connection with a history of four events, and the account that may rename it. */
export interface SeededConnection {
  readonly id: string;
  readonly account: string;
}

/** Writes `count` active connections of four events each. */
export async function seedConnections(
  store: EventStore,
  count: number,
  account: string,
): Promise<SeededConnection[]> {
  const seeded = Array.from({ length: count }, () => ({ id: newId(), account }));
  for (let start = 0; start < seeded.length; start += AT_ONCE) {
    await Promise.all(
      seeded.slice(start, start + AT_ONCE).map(({ id }) => {
        const stream = `connection-${id}`;
        const events = history(id, account).map((event) => recordable(stream, event, account));
        return store.append(stream, events, 'none');
      }),
    );
  }
  return seeded;
}

/** Created, authenticated by another account, and renamed by both. */
export function history(connectionId: string, account: string): ConnectionEvent[] {
  const other = newId();
  return [
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
}
