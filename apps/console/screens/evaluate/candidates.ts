import type { QueryClient } from '@tanstack/react-query';
import { tessera } from '../../api/client.ts';
import type { CatalogueFilter, Customer, ListedInstallation, Location } from '../../api/queries.ts';
import type { Level } from '../../parts/words.ts';

/** Something that can be picked, as a line of a list. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly about: string;
}

export const ofCustomer = ({
  id,
  name,
  address: { street, postalCode, city },
  vatNumber,
}: Customer): Candidate => ({
  id,
  name,
  about: [street, [postalCode, city].filter(Boolean).join(' '), vatNumber].filter(Boolean).join(' · '),
});

export const ofLocation = ({ id, name, address: { street, postalCode, city } }: Location): Candidate => ({
  id,
  name,
  about: [street, [postalCode, city].filter(Boolean).join(' ')].filter(Boolean).join(' · '),
});

export const ofInstallation = (one: ListedInstallation): Candidate => ({
  id: one.id,
  name: one.reference,
  about: [[one.brand, one.model].filter(Boolean).join(' '), one.serialNumber, one.customerReference]
    .filter(Boolean)
    .join(' · '),
});

const PATHS = {
  customer: '/v1/customers',
  location: '/v1/locations',
  installation: '/v1/installations',
} as const satisfies Record<Level, string>;

/** The ids of everything that fits. */
export async function everyId(level: Level, filter: CatalogueFilter): Promise<readonly string[]> {
  const ids: string[] = [];
  const query = { ...filter, pageSize: 200, ...(level === 'installation' && { archived: false }) };
  for await (const { id } of tessera.items(PATHS[level], { params: { query } } as never)) ids.push(id);
  return ids;
}

const nameKey = (level: Level, id: string) => ['names', level, id] as const;

/** What is in the basket is called as it was in the list it was picked from. */
export function rememberName(cache: QueryClient, level: Level, { id, name }: Candidate): void {
  cache.setQueryData(nameKey(level, id), name);
}

/** How something that was picked is called. */
export const nameOf = (level: Level, id: string) => ({
  queryKey: nameKey(level, id),
  queryFn: async () => {
    const init = { params: { path: { id } } };
    switch (level) {
      case 'customer':
        return (await tessera.get('/v1/customers/{id}', init)).name;
      case 'location':
        return (await tessera.get('/v1/locations/{id}', init)).name;
      case 'installation':
        return (await tessera.get('/v1/installations/{id}', init)).reference;
    }
  },
});
