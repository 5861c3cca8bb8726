import { describe, expect, it } from '@jest/globals';
import type { CustomerDetails } from '#domain/catalogue';
import {
  type AcceptedRow,
  type CatalogueRow,
  type ExistingPolicy,
  FileJudge,
  KnownCatalogue,
  type KnownInstallation,
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
  readonly acceptedBefore?: ReadonlyMap<string, AcceptedRow>;
}

/** What is made of each row: `outcome installation`, with what is added for it; or `code column`, with the detail. */
function judged(rows: readonly CatalogueRow[], given: Given = {}): string[] {
  const judge = new FileJudge({
    catalogue: given.catalogue ?? new KnownCatalogue(),
    acceptedBefore: given.acceptedBefore,
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
  it('add their customer, location and building once', () => {
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

  it('R-K4 with one reference at two customers are two machines', () => {
    const beta = { customer: { name: 'Beta' }, location: { name: 'Zuid', address: brugge } };
    expect(judged([row(2), row(3, beta)])).toEqual([
      'created installation-2 +customer +location',
      'created installation-3 +customer +location',
    ]);
  });

  it('R-K5 with placeholders for VAT numbers are of two customers', () => {
    const none = (name: string) => ({ customer: { name, vatNumber: '-', address: gent }, reference: name });
    expect(judged([row(2, none('Alfa')), row(3, none('Beta'))])).toEqual([
      'created installation-2 +customer +location',
      'created installation-3 +customer +location',
    ]);
  });

  it('R-K2 in one street name of two towns are at two locations', () => {
    const there = { location: { name: 'Zuid', address: brugge }, reference: 'AC-02' };
    expect(judged([row(2), row(3, there)])).toEqual([
      'created installation-2 +customer +location',
      'created installation-3 +location',
    ]);
  });

  it('R-K3 are in two buildings when the names differ in one character', () => {
    const rows = ['Niveau 1', 'Niveau -1', 'niveau 1'].map((building, index) =>
      row(index, { building, reference: `AC-${index}` }),
    );
    expect(judged(rows).map((one) => one.endsWith('+building'))).toEqual([true, true, false]);
  });

  it('R-K4 with one key are one installation when equal, and an error otherwise', () => {
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

  it('add nothing for a row that is not accepted', () => {
    const rows = [row(2), row(3, { building: 'New' }), row(4, { building: 'New', reference: 'AC-02' })];
    expect(judged(rows).map((one) => one.replace(/:.*/, ''))).toEqual([
      'created installation-2 +customer +location',
      'repeated-row reference',
      'created installation-4 +building',
    ]);
  });
});

describe('rows of a file, in a catalogue', () => {
  it('R-K4 are unchanged when every given value is equal', () => {
    expect(judged([row(2), row(3, { reference: 'ac-01' })], { catalogue: alfas() })).toEqual([
      'unchanged ac-01',
      'repeated-row reference: Row 2 has the same reference at the same customer, but different values.',
    ]);
    expect(judged([row(2, { properties: { brand: 'Frigo' } })], { catalogue: alfas() })).toEqual([
      'unchanged ac-01',
    ]);
  });

  const other = { building: 'Hall B', properties: { brand: 'Polar', chargeKg: 2 } };

  it('R-K4 are errors that name the columns that differ', () => {
    expect(judged([row(2, other)], { catalogue: alfas() })).toEqual([
      'already-there building: The installation exists already, and building, brand, charge_kg differ. ' +
        'Use existing=update to take over the values of the file.',
    ]);
  });

  it('R-K4 update the installation with existing=update', () => {
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

  it('R-K1 are errors when several customers match, naming them', () => {
    const catalogue = alfas();
    catalogue.addCustomer(customer('other', { name: 'Alfa', vatNumber: 'BE1', address: brugge }));
    expect(judged([row(2)], { catalogue })).toEqual([
      'customer-ambiguous customer_name: The customer may be “Alfa” (Kerkstraat 1, Gent) or “Alfa” (VAT number BE1; ' +
        'Kerkstraat 1, Brugge).',
    ]);
  });

  it('R-K1 are of another customer than one that was renamed', () => {
    const catalogue = new KnownCatalogue();
    catalogue.addCustomer(customer('alfa', { name: 'Alfa', vatNumber: 'BE222222222', address: gent }));
    const owner = { customer: { name: 'Gamma', vatNumber: 'BE111111111' } };
    expect(judged([row(2, owner)], { catalogue })).toEqual(['created installation-2 +customer +location']);
  });

  it('R-K1 add the numbers that a customer lacks, so that a row with other numbers does not match it', () => {
    const catalogue = alfas();
    expect(judged([row(2, { customer: { name: 'Alfa', vatNumber: 'BE111111111' } })], { catalogue })).toEqual(
      ['unchanged ac-01 completes vatNumber'],
    );
    const other = { customer: { name: 'Alfa', vatNumber: 'BE222222222' }, reference: 'AC-02' };
    expect(judged([row(3, other)], { catalogue })).toEqual(['created installation-3 +customer +location']);
    const numbered = { customer: { name: 'Alfa', customerNumber: 'K-1' } };
    expect(judged([row(2, numbered), row(3, numbered)], { catalogue: alfas() })).toEqual([
      'unchanged ac-01 completes customerNumber',
      'unchanged ac-01',
    ]);
  });

  it('R-K4 are compared with those accepted in earlier batches of the file', () => {
    const { row: _, ...said } = row(7);
    const accepted = (digest: string) => ({
      catalogue: alfas(),
      existing: 'update' as const,
      acceptedBefore: new Map([['ac-01', { row: 7, digest }]]),
    });
    expect(judged([row(9)], accepted(JSON.stringify(said)))).toEqual(['unchanged ac-01']);
    expect(judged([row(9)], accepted('something else'))).toEqual([
      'repeated-row reference: Row 7 has the same reference at the same customer, but different values.',
    ]);
  });
});
