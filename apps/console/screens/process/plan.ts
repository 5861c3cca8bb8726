import { queryOptions } from '@tanstack/react-query';
import type { components } from '#client';
import { tessera } from '../../api/client.ts';

type Schemas = components['schemas'];
export type PlannedCustomer = Schemas['PlannedCustomer'];
export type PlannedLocation = Schemas['PlannedLocation'];
export type PlannedInstallation = Schemas['PlannedInstallation'];

/** What one step can take: the service accepts 5,000 installations, and 2,500 customers and locations. */
const MOST_INSTALLATIONS = 5_000;
const MOST_ENTRIES = 2_500;
const PAGE_SIZE = 200;

/** What is proposed for as much of the package as one step can take. */
export interface Plan {
  readonly customers: readonly PlannedCustomer[];
  readonly locations: readonly PlannedLocation[];
  readonly installations: readonly PlannedInstallation[];
}

/** As people look for names and numbers: 9 before 10. */
const inOrder = new Intl.Collator(undefined, { numeric: true }).compare;

export const planOf = (shareId: string) =>
  queryOptions({
    queryKey: ['shares', 'plan', shareId],
    queryFn: async ({ signal }): Promise<Plan> => {
      const customers = new Map<string, PlannedCustomer>();
      const locations = new Map<string, PlannedLocation>();
      const installations: PlannedInstallation[] = [];
      let pageToken: string | undefined;
      do {
        const params = { path: { id: shareId }, query: { pageSize: PAGE_SIZE, pageToken } };
        const page = await tessera.get('/v1/shares/{id}/plan', { params, signal });
        for (const one of page.customers) customers.set(one.source, one);
        for (const one of page.locations) locations.set(one.source, one);
        installations.push(...page.installations);
        pageToken = page.nextPageToken;
      } while (
        pageToken !== undefined &&
        installations.length + PAGE_SIZE <= MOST_INSTALLATIONS &&
        // An installation may bring a customer and a location of its own.
        customers.size + locations.size + 2 * PAGE_SIZE <= MOST_ENTRIES
      );
      return {
        customers: [...customers.values()].sort((one, other) => inOrder(one.name, other.name)),
        locations: [...locations.values()].sort((one, other) => inOrder(one.name, other.name)),
        installations: installations.sort((one, other) => inOrder(one.reference, other.reference)),
      };
    },
  });
