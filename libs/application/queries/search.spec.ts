import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Position, START } from '#event-store';
import { buildings, locations } from '#projections/catalogue';
import { type AccountInstallation, accountInstallations } from '#projections/installations';
import type { Write } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { searchedWithPlaces } from './search.ts';

const US = 'us';
const at = (street: string, postalCode = '20095') => ({ street, postalCode, city: 'Hamburg', country: 'DE' });

let views: SqliteViewStore;
beforeEach(() => {
  views = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
});
afterEach(() => views.close());

function store(...writes: readonly Write[]): Promise<void> {
  return views.commit({ follower: 'spec', from: START, to: START as Position, writes });
}

function location(id: string, address: object, name = 'Site'): Write {
  const document = { id, account: US, customerId: 'c', revision: 0, details: { name, address } };
  return { collection: locations, id, document } as unknown as Write;
}

function building(id: string, locationId: string, details: object): Write {
  const document = { id, account: US, customerId: 'c', locationId, revision: 0, details };
  return { collection: buildings, id, document } as unknown as Write;
}

function installation(reference: string, locationId: string, more: Partial<AccountInstallation> = {}): Write {
  const placement = { customerId: 'c', locationId, reference };
  const row = {
    installationId: reference,
    account: US,
    token: '',
    archived: false,
    access: { kind: 'root' },
  };
  const document = { id: reference, ...row, placement, properties: { brand: 'Trane' }, ...more };
  return { collection: accountInstallations, id: reference, document } as unknown as Write;
}

async function found(q: string): Promise<string[]> {
  const text = await searchedWithPlaces(views, US, q);
  const { items } = await views.find(accountInstallations, { index: 'by-account', prefix: [US], text });
  return items.map(({ id }) => id);
}

describe('installations searched by their places (R-K7)', () => {
  it.each([
    'Hauptstraße 5',
    'haupt-str',
    '5, HAUPTSTR.',
    'Trane Hauptstr. Hamburg',
    'A-1 Hauptstr',
    'D-20095',
  ])('are found by %j', async (q) => {
    await store(
      location('l', at('Hauptstr. 5')),
      location('m', at('Kerkweg 5', '20096')),
      installation('A-1', 'l'),
      installation('A-2', 'm'),
    );
    expect(await found(q)).toEqual(['A-1']);
  });

  it('are found by the address and the name of their building', async () => {
    const placement = { customerId: 'c', locationId: 'l', buildingId: 'b', reference: 'A-1' };
    await store(
      location('l', at('Hauptstr. 5')),
      building('b', 'l', { name: 'Cold store', address: at('Nebenstraße 7') }),
      installation('A-1', 'l', { placement }),
      installation('A-2', 'l'),
    );
    expect(await found('Nebenstr. 7')).toEqual(['A-1']);
    expect(await found('cold store')).toEqual(['A-1']);
    expect(await found('Hauptstr.')).toEqual(['A-1', 'A-2']);
  });

  it('are not found by letters and numbers of a place that a reference may have', async () => {
    await store(location('l', at('Ahornweg 1', '20095')), installation('AHU-2', 'l'));
    for (const q of ['AHU-1', 'A-1', 'T-5', '200']) expect([q, await found(q)]).toEqual([q, []]);
    expect(await found('Ahornweg 1')).toEqual(['AHU-2']);
  });

  it('are found by a place that is one of many with each of its words', async () => {
    const many = Array.from({ length: 300 }, (_, n) => location(`l${n}`, at(`Hauptstr. ${n}`)));
    const others = Array.from({ length: 300 }, (_, n) => location(`m${n}`, at(`Ringweg ${n}`)));
    await store(...many, ...others, installation('A-1', 'l299'), installation('A-2', 'm299'));
    expect(await found('Hauptstraße 299')).toEqual(['A-1']);
    expect(await found('hamburg 299')).toEqual(['A-1', 'A-2']);
  });
});
