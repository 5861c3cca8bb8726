import { describe, expect, it } from '@jest/globals';
import type { CustomerDetails } from '#domain/catalogue';
import {
  type CatalogueRow,
  type ExistingPolicy,
  FileJudge,
  KnownCatalogue,
  type KnownInstallation,
  type TakenRow,
} from './index.ts';

const gent = { street: 'Kerkstraat 1', city: 'Gent' };
const brugge = { street: 'Kerkstraat 1', city: 'Brugge' };

function row(number: number, more: Partial<CatalogueRow> = {}): CatalogueRow {
  return {
    row: number,
    customer: { name: 'Alfa' },
    location: { name: 'Noord', address: gent },
    reference: 'AC-01',
    properties: {},
    ...more,
  };
}

/** A catalogue in which Alfa has AC-01 in Gent, in Hall A, and nothing else. */
function alfas(more: Partial<KnownInstallation> = {}): KnownCatalogue {
  const catalogue = new KnownCatalogue();
  catalogue.addCustomer(customer('alfa', { name: 'Alfa', address: gent }));
  catalogue.addLocation({ id: 'gent', customerId: 'alfa', details: { name: 'Noord', address: gent } });
  catalogue.addBuilding({ id: 'hall-a', locationId: 'gent', details: { name: 'Hall A' } });
  const placement = { customerId: 'alfa', locationId: 'gent', buildingId: 'hall-a', reference: 'AC-01' };
  catalogue.addInstallation({ id: 'ac-01', placement, properties: { brand: 'Frigo' }, ...more });
  return catalogue;
}

function customer(id: string, details: CustomerDetails) {
  return { id, details };
}

interface Given {
  readonly catalogue?: KnownCatalogue;
  readonly existing?: ExistingPolicy;
  readonly takenBefore?: ReadonlyMap<string, TakenRow>;
}

/** What is made of each row: `outcome installation`, with what is added for it; or `code column`, with the detail. */
function judged(rows: readonly CatalogueRow[], given: Given = {}): string[] {
  const judge = new FileJudge({
    catalogue: given.catalogue ?? new KnownCatalogue(),
    takenBefore: given.takenBefore,
    existing: given.existing ?? 'keep',
    idOf: (kind, row) => `${kind}-${row}`,
    digestOf: ({ row: _, ...said }) => JSON.stringify(said),
  });
  return rows.map((row) => {
    const judgement = judge.judge(row);
    if ('error' in judgement) {
      const { code, column, detail } = judgement.error;
      return `${code} ${column}: ${detail}`;
    }
    const { outcome, installationId } = judgement.judged;
    const adds = 'adds' in judgement.judged ? judgement.judged.adds : [];
    const { customerId: _, ...completes } = judgement.judged.completes ?? { customerId: '' };
    const completed = Object.keys(completes).map((field) => `completes ${field}`);
    return [outcome, installationId, ...adds.map((kind) => `+${kind}`), ...completed].join(' ');
  });
}

describe('rows of a file, in an empty catalogue', () => {
  it('add what they stand in, once', () => {
    expect(
      judged([
        row(2, { building: 'Hall' }),
        row(3, { reference: 'AC-02', building: 'hall' }),
        row(4, { reference: 'X' }),
      ]),
    ).toEqual([
      'created installation-2 +customer +location +building',
      'created installation-3',
      'created installation-4',
    ]);
  });

  it('R-K4 are two machines where one reference is at two customers', () => {
    const beta = { customer: { name: 'Beta' }, location: { name: 'Zuid', address: brugge } };
    expect(judged([row(2), row(3, beta)])).toEqual([
      'created installation-2 +customer +location',
      'created installation-3 +customer +location',
    ]);
  });

  it('R-K5 are of two customers whose VAT numbers are none', () => {
    const none = (name: string) => ({ customer: { name, vatNumber: '-', address: gent }, reference: name });
    expect(judged([row(2, none('Alfa')), row(3, none('Beta'))])).toEqual([
      'created installation-2 +customer +location',
      'created installation-3 +customer +location',
    ]);
  });

  it('R-K2 stand at two locations where one street is in two towns', () => {
    const there = { location: { name: 'Zuid', address: brugge }, reference: 'AC-02' };
    expect(judged([row(2), row(3, there)])).toEqual([
      'created installation-2 +customer +location',
      'created installation-3 +location',
    ]);
  });

  it('R-K3 stand in two buildings whose names differ in a sign', () => {
    const rows = ['Niveau 1', 'Niveau -1', 'niveau 1'].map((building, index) =>
      row(index, { building, reference: `AC-${index}` }),
    );
    expect(judged(rows).map((one) => one.endsWith('+building'))).toEqual([true, true, false]);
  });

  it('R-K4 are one where they say the same, and an error where they do not', () => {
    const serial = (serialNumber: string) => ({ properties: { serialNumber } });
    const repeated = 'Row 2 has the same reference at the same customer, but different values.';
    expect(judged([row(2, serial('AAA')), row(3, serial('BBB')), row(4, serial('AAA')), row(5)])).toEqual([
      'created installation-2 +customer +location',
      `repeated-row reference: ${repeated}`,
      'unchanged installation-2',
      `repeated-row reference: ${repeated}`,
    ]);
    const elsewhere = { location: { name: 'Zuid', address: brugge } };
    expect(judged([row(2), row(3, elsewhere)])[1]).toBe(`repeated-row reference: ${repeated}`);
  });

  it('add nothing for the sake of a row that is not taken', () => {
    const rows = [row(2), row(3, { building: 'New' }), row(4, { building: 'New', reference: 'AC-02' })];
    expect(judged(rows).map((one) => one.replace(/:.*/, ''))).toEqual([
      'created installation-2 +customer +location',
      'repeated-row reference',
      'created installation-4 +building',
    ]);
  });
});

describe('rows of a file, in a catalogue', () => {
  it('R-K4 change nothing where it shows what they say, and what they do not say', () => {
    expect(judged([row(2), row(3, { reference: 'ac-01' })], { catalogue: alfas() })).toEqual([
      'unchanged ac-01',
      'repeated-row reference: Row 2 has the same reference at the same customer, but different values.',
    ]);
    expect(judged([row(2, { properties: { brand: 'Frigo' } })], { catalogue: alfas() })).toEqual([
      'unchanged ac-01',
    ]);
  });

  const other = { building: 'Hall B', properties: { brand: 'Polar', chargeKg: 2 } };

  it('R-K4 are errors that name the columns where it shows something else', () => {
    expect(judged([row(2, other)], { catalogue: alfas() })).toEqual([
      'already-there building: The installation exists already, and building, brand, charge_kg differ. ' +
        'Use existing=update to take over the values of the file.',
    ]);
  });

  it('R-K4 are taken over where that is asked for', () => {
    expect(judged([row(2, other)], { catalogue: alfas(), existing: 'update' })).toEqual([
      'updated ac-01 +building',
    ]);
    expect(judged([row(2)], { catalogue: alfas(), existing: 'update' })).toEqual(['unchanged ac-01']);
  });

  it.each(['keep', 'update'] as const)('R-K4 move nothing to another location (%s)', (existing) => {
    const elsewhere = row(2, { location: { name: 'Zuid', address: brugge } });
    expect(judged([elsewhere], { catalogue: alfas(), existing })).toEqual([
      'reference-elsewhere reference: An installation with this reference exists at “Noord” (Kerkstraat 1, Gent), of the same customer.',
    ]);
  });

  it('R-K1 are errors where a customer may be several, naming them', () => {
    const catalogue = alfas();
    catalogue.addCustomer(customer('other', { name: 'Alfa', vatNumber: 'BE1', address: brugge }));
    expect(judged([row(2)], { catalogue })).toEqual([
      'customer-ambiguous customer_name: The customer may be “Alfa” (Kerkstraat 1, Gent) or “Alfa” (VAT number BE1; ' +
        'Kerkstraat 1, Brugge).',
    ]);
  });

  it('R-K1 are of another customer than one that is called otherwise by now', () => {
    const catalogue = new KnownCatalogue();
    catalogue.addCustomer(customer('alfa', { name: 'Alfa', vatNumber: 'BE222222222', address: gent }));
    const owner = { customer: { name: 'Gamma', vatNumber: 'BE111111111' } };
    expect(judged([row(2, owner)], { catalogue })).toEqual(['created installation-2 +customer +location']);
  });

  it('R-K1 complete a customer by the numbers it lacks, so that the next one is told from it', () => {
    const catalogue = alfas();
    expect(judged([row(2, { customer: { name: 'Alfa', vatNumber: 'BE111111111' } })], { catalogue })).toEqual(
      ['unchanged ac-01 completes vatNumber'],
    );
    const other = { customer: { name: 'Alfa', vatNumber: 'BE222222222' }, reference: 'AC-02' };
    expect(judged([row(3, other)], { catalogue })).toEqual(['created installation-3 +customer +location']);
  });

  it('R-K4 are told from those taken in an earlier part of the same file', () => {
    const { row: _, ...said } = row(7);
    const taken = (digest: string) => ({
      catalogue: alfas(),
      existing: 'update' as const,
      takenBefore: new Map([['ac-01', { row: 7, digest }]]),
    });
    expect(judged([row(9)], taken(JSON.stringify(said)))).toEqual(['unchanged ac-01']);
    expect(judged([row(9)], taken('something else'))).toEqual([
      'repeated-row reference: Row 7 has the same reference at the same customer, but different values.',
    ]);
  });
});
