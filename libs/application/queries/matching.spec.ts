import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PackageItem } from '#domain/share';
import { type Position, START } from '#event-store';
import {
  type BuildingDocument,
  buildings,
  type CustomerDocument,
  customers,
  type LocationDocument,
  locations,
} from '#projections/catalogue';
import { type AccountInstallation, accountInstallations } from '#projections/installations';
import type { Write } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { Matching } from './matching.ts';

const US = 'us';
const QUAY = { street: 'Kade 1', postalCode: '2000 AB', city: 'Antwerp' };
const LANE = { street: 'Laan 2', postalCode: '9000', city: 'Ghent' };

let views: SqliteViewStore;
let matching: Matching;

beforeEach(() => {
  views = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
  matching = new Matching(views, US);
});

afterEach(() => views.close());

function keep(...writes: readonly Omit<Write, 'id'>[]): Promise<void> {
  const identified = writes.map((write) => ({ ...write, id: write.document?.id ?? '' }));
  return views.commit({ follower: 'spec', from: START, to: 1 as Position, writes: identified });
}

function customer(id: string, details: Partial<CustomerDocument['details']>, more: object = {}) {
  const document = {
    id,
    account: US,
    revision: 0,
    details: { name: id, address: LANE, ...details },
    ...more,
  };
  return { collection: customers, document } as unknown as Write;
}

function location(id: string, details: Partial<LocationDocument['details']>, more: object = {}) {
  const own = { customerId: 'ours', details: { name: id, address: LANE, ...details } };
  return {
    collection: locations,
    document: { id, account: US, revision: 0, ...own, ...more },
  } as unknown as Write;
}

describe('looking for a customer of the package (R-P5)', () => {
  const source = { id: 'theirs', name: 'Koel & Co B.V.', vatNumber: 'BE 0123.456.789', address: QUAY };

  it.each([
    ['copied from it', {}, { copiedFrom: { shareId: 's', id: 'theirs' } }, 'copied-before'],
    ['of its VAT number, written without its country', { vatNumber: '0123456789' }, {}, 'vat-number'],
    ['of its name and address', { name: 'KOEL & CO', address: QUAY }, {}, 'name-and-address'],
    [
      'of its name at its address, in the town alone',
      { name: 'KOEL & CO', address: { street: 'Kade, 1', city: 'Antwerp' } },
      {},
      'name-and-address',
    ],
    [
      'of a similar name at its address',
      { name: 'Koell & Co', address: QUAY },
      {},
      'similar-name-and-address',
    ],
    ['of its name elsewhere', { name: 'Koel & Co' }, {}, 'name'],
    ['at its address', { address: QUAY }, {}, 'address'],
  ])('finds one %s, and none of another account', async (_, details, more, reason) => {
    const ours = { address: LANE, ...details };
    await keep(
      customer('ours', { ...ours, address: { ...ours.address, country: 'BE' } }, more),
      customer('another', { name: 'Warm' }),
      customer('foreign', { ...source }, { account: 'others', copiedFrom: { shareId: 's', id: 'theirs' } }),
    );
    expect(await matching.customer(source)).toMatchObject({ found: { id: 'ours' }, reason });
  });

  it('finds one of its name among hundreds at its address', async () => {
    const others = Array.from({ length: 300 }, (_, index) =>
      customer(`other${index}`, { name: `Aardvark ${index}`, address: QUAY }),
    );
    await keep(...others, customer('ours', { name: 'Koel & Co', address: QUAY }));
    expect(await matching.customer(source)).toMatchObject({
      found: { id: 'ours' },
      reason: 'name-and-address',
    });
  });
});

describe('looking for a location of the package (R-P5)', () => {
  const source = { id: 'theirs', name: 'Cold store', address: QUAY };

  it.each([
    ['copied from it', {}, { copiedFrom: { shareId: 's', id: 'theirs' } }, 'copied-before'],
    ['at its address', { address: QUAY }, {}, 'address'],
    ['at its address, in the town alone', { address: { street: 'Kade 1', city: 'Antwerp' } }, {}, 'address'],
    ['of its name elsewhere', { name: 'cold store' }, {}, 'name'],
  ])('finds one %s under its customer, and none of another account', async (_, details, more, reason) => {
    await keep(location('place', details, more), location('foreign', { ...source }, { account: 'others' }));
    expect(await matching.location(source, { kind: 'own', customerId: 'ours' })).toMatchObject({
      found: { id: 'place' },
      reason,
    });
  });

  it('finds one under its customer among hundreds at its address', async () => {
    const others = Array.from({ length: 300 }, (_, index) =>
      location(`other${index}`, { address: QUAY }, { customerId: `other${index}` }),
    );
    await keep(...others, location('place', { address: QUAY }));
    expect(await matching.location(source, { kind: 'own', customerId: 'ours' })).toMatchObject({
      found: { id: 'place' },
      reason: 'address',
    });
  });

  it('finds the only one at its address where no customer is known', async () => {
    await keep(location('place', { address: QUAY, name: 'COLD STORE' }));
    expect(await matching.location(source, { kind: 'unknown' })).toMatchObject({
      found: { id: 'place' },
      score: 0.9,
    });
  });
});

describe('looking for an installation of the package (R-P5)', () => {
  const item = { installationId: 'machine', properties: { serialNumber: 'SN 12-34' } } as PackageItem;
  const placement = { customerId: 'ours', locationId: 'place', reference: 'R1' };

  function row(installationId: string, account: string, serialNumber: string) {
    const document: AccountInstallation = {
      ...{
        id: `${installationId}:${account}`,
        installationId,
        account,
        token: 'T',
        placement,
        archived: false,
      },
      access: { kind: 'root', since: '2026-01-01T00:00:00.000Z' },
      properties: { serialNumber },
    };
    return { collection: accountInstallations, document } as unknown as Write;
  }

  it('finds the one the account keeps already', async () => {
    await keep(row('machine', US, 'other'), row('double', US, 'SN1234'));
    expect(await matching.installation(item)).toMatchObject({ reason: 'token', score: 1 });
  });

  it('finds one of the account with the same serial number', async () => {
    await keep(row('double', US, 'sn1234'), row('foreign', 'others', 'SN1234'));
    expect(await matching.installation(item)).toMatchObject({
      found: { installationId: 'double' },
      reason: 'serial-number',
    });
  });

  it('finds none otherwise', async () => {
    await keep(row('foreign', 'others', 'SN1234'), row('filled', US, 'n/a'));
    expect(await matching.installation(item)).toBeUndefined();
    expect(await matching.installation({ ...item, properties: {} })).toBeUndefined();
    expect(await matching.installation({ ...item, properties: { serialNumber: 'n/a' } })).toBeUndefined();
  });
});

describe('R-P5: a building of the package', () => {
  it('is the one of its name at the location', async () => {
    const document: BuildingDocument = {
      ...{ id: 'hall', account: US, revision: 0, customerId: 'ours', locationId: 'place' },
      details: { name: 'Main hall' },
    };
    await keep({ collection: buildings, document } as unknown as Write);
    expect(await matching.building({ id: 'x', name: 'MAIN HALL' }, 'place')).toMatchObject({ id: 'hall' });
    expect(await matching.building({ id: 'x', name: 'Main hall' }, 'elsewhere')).toBeUndefined();
  });
});
