import { building, location } from '#domain/catalogue';
import type { Spot } from '#domain/installation';
import { impossible } from '#domain/kernel';
import type { Aggregates } from '../core/aggregates.ts';

/** A place as a command names it: a building, or a location's implicit one. */
export type NamedSpot = { readonly buildingId?: string; readonly locationId?: string };

/**
 * The spot with the customer and location it belongs to, from the account's own catalogue. The owner and parent of a
 * place never change, so a known one is not read again.
 * @throws Refusal `location-not-found`, `building-not-found`: unknown, or another account's
 */
export async function resolveSpot(aggregates: Aggregates, account: string, spot: NamedSpot): Promise<Spot> {
  if (spot.buildingId !== undefined) {
    const found = await aggregates.known(building, spot.buildingId);
    if (found.status === 'none' || found.account !== account)
      throw notAmongYours('building', spot.buildingId);
    if (spot.locationId !== undefined && spot.locationId !== found.locationId) {
      throw impossible('building-elsewhere', `Building ${spot.buildingId} is not at ${spot.locationId}.`);
    }
    return { customerId: found.customerId, locationId: found.locationId, buildingId: spot.buildingId };
  }
  if (spot.locationId === undefined) throw impossible('place-missing', 'Name a location or a building.');
  const found = await aggregates.known(location, spot.locationId);
  if (found.status === 'none' || found.account !== account) throw notAmongYours('location', spot.locationId);
  return { customerId: found.customerId, locationId: spot.locationId };
}

function notAmongYours(kind: 'building' | 'location', id: string) {
  return impossible(`${kind}-not-found`, `There is no ${kind} ${id} in your catalogue.`, {
    errors: [
      {
        pointer: `/${kind}Id`,
        code: `${kind}-not-found`,
        detail: `There is no such ${kind} in your catalogue.`,
      },
    ],
  });
}
