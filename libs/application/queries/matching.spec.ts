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

describe('R-P5: a customer of the package is likely', () => {
  const source = { id: 'theirs', name: 'Koel & Co B.V.', vatNumber: 'BE 0123.456', address: QUAY };

  it.each([
    ['the one copied from it before', {}, { copiedFrom: { shareId: 's', id: 'theirs' } }, 1, 'copied-before'],
    ['the one with its VAT number', { vatNumber: 'be0123456' }, {}, 0.98, 'vat-number'],
    [
      'the one of its name at its address',
      { name: 'KOEL & CO', address: QUAY },
      {},
      0.95,
      'name-and-address',
    ],
    ['perhaps one of its name', { name: 'Koel & Co' }, {}, 0.6, 'name'],
    ['hardly one at its address', { address: QUAY }, {}, 0.4, 'address'],
  ])('%s', async (_, details, more, score, reason) => {
    await keep(customer('ours', details, more), customer('another', { name: 'Warm' }));
    expect(await matching.customer(source)).toMatchObject({ found: { id: 'ours' }, score, reason });
  });

  it('never one with another VAT number, nor one of another account', async () => {
    await keep(
      customer('ours', { name: source.name, address: QUAY, vatNumber: 'BE999' }),
      customer('foreign', { vatNumber: source.vatNumber }, { account: 'others' }),
    );
    expect(await matching.customer(source)).toBeUndefined();
  });

  it('the likeliest of several, and always the same of equals', async () => {
    await keep(
      customer('b', { name: source.name, address: QUAY }),
      customer('a', { name: source.name, address: QUAY }),
      customer('c', { name: source.name }),
    );
    expect(await matching.customer(source)).toMatchObject({ found: { id: 'a' }, score: 0.95 });
  });
});

describe('R-P5: a location of the package is likely', () => {
  const source = { id: 'theirs', name: 'Cold store', address: QUAY };

  it.each([
    ['copied before', {}, { copiedFrom: { shareId: 's', id: 'theirs' } }, 'ours', 1],
    ['at its address, with its customer', { address: QUAY }, {}, 'ours', 0.9],
    ['of its name and address, with its customer', { name: 'cold store', address: QUAY }, {}, 'ours', 0.97],
    ['of its name and address, with another', { name: 'cold store', address: QUAY }, {}, 'another', 0.8],
    ['at its address, with another', { address: QUAY }, {}, 'another', 0.6],
    ['of its name, with its customer', { name: 'cold store' }, {}, 'ours', 0.5],
  ])('the one %s', async (_, details, more, customerId, score) => {
    await keep(location('place', details, more));
    expect(await matching.location(source, customerId)).toMatchObject({ found: { id: 'place' }, score });
  });
});

describe('R-P5: an installation of the package', () => {
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

  it('is the one the account keeps already', async () => {
    await keep(row('machine', US, 'other'), row('double', US, 'SN1234'));
    expect(await matching.installation(item)).toMatchObject({ reason: 'token', score: 1 });
  });

  it('looks like one of the account with the same serial number', async () => {
    await keep(row('double', US, 'sn1234'), row('foreign', 'others', 'SN1234'));
    expect(await matching.installation(item)).toMatchObject({
      found: { installationId: 'double' },
      reason: 'serial-number',
      score: 0.9,
    });
  });

  it('looks like none otherwise', async () => {
    await keep(row('foreign', 'others', 'SN1234'));
    expect(await matching.installation(item)).toBeUndefined();
    expect(await matching.installation({ ...item, properties: {} })).toBeUndefined();
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
