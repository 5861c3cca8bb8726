import { hashToken, newId } from '#application';
import type { ConnectionEvent } from '#domain/connection';
import type { EventStore } from '#event-store';
import { inFlight } from './measuring.ts';
import { recordable } from './recordable.ts';

/** A connection with a history of four events, and the account that may rename it. */
export interface SeededConnection {
  readonly id: string;
  readonly account: string;
}

/** Registers an account, which its commands require. Returns its id. */
export async function seedAccount(store: EventStore): Promise<string> {
  const accountId = newId();
  const stream = `account-${accountId}`;
  const name = 'Nordic Cooling';
  const company = {
    name,
    vatNumber: 'NL001234567B01',
    street: 'Havenstraat 1',
    postalCode: '3011 AA',
    city: 'Rotterdam',
    country: 'NL',
  };
  const data = { accountId, kind: 'service', name, company } as const;
  await store.append(stream, [recordable(stream, { type: 'AccountRegistered', data }, accountId)], 'none');
  return accountId;
}

/** Writes `count` active connections of four events each, with that many concurrent appends. */
export async function seedConnections(
  store: EventStore,
  count: number,
  account: string,
  atOnce = 1_000,
): Promise<SeededConnection[]> {
  const seeded = Array.from({ length: count }, () => ({ id: newId(), account }));
  await inFlight(seeded, atOnce, ({ id }) => {
    const stream = `connection-${id}`;
    const events = history(id, account).map((event) => recordable(stream, event, account));
    return store.append(stream, events, 'none');
  });
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
