import { describe, expect, it } from '@jest/globals';
import { fold } from '#domain/kernel';
import {
  type ApprovedShare,
  addedBuilding,
  buildingMeant,
  type ConfirmedCustomer,
  type ConfirmedInstallation,
  type ConfirmedLocation,
  copiedCustomers,
  copiedLocations,
  type ExistingBuilding,
  type PackageItem,
  type ReferenceStyle,
  referencesOf,
  replacedBy,
  requireApproved,
  type StepContents,
  share,
  spotOf,
} from './index.ts';
import { address, available, item, SHARE } from './testing/index.ts';

interface Confirmed {
  readonly customers?: readonly ConfirmedCustomer[];
  readonly locations?: readonly ConfirmedLocation[];
  readonly installations?: readonly ConfirmedInstallation[];
  readonly style?: ReferenceStyle;
}

/** A confirmed step on a share of `items` at customer level, and the share after it. */
function confirmed(
  { customers = [], locations = [], installations = [], style = 'original' }: Confirmed,
  items: readonly PackageItem[] = [item('i1', 'customer'), item('i2', 'customer')],
): [StepContents, ApprovedShare] {
  const stepId = 'step-1';
  const step = { shareId: SHARE, stepId, referenceStyle: style, customers, locations };
  const state = fold(share, share.initial, [
    ...available({ level: 'customer', items: items.map(({ installationId }) => installationId) }),
    { type: 'ShareProcessingConfirmed', data: { ...step, installations: installations.length } },
    { type: 'ShareInstallationsConfirmed', data: { shareId: SHARE, stepId, batch: 0, installations } },
  ]);
  const contents: StepContents = {
    referenceStyle: style,
    customers,
    locations,
    installations: new Map(installations.map((one) => [one.installationId, one])),
    items: new Map(items.map((one) => [one.installationId, one])),
    packagedCustomers: new Map(items.flatMap(({ customer }) => (customer ? [[customer.id, customer]] : []))),
    packagedLocations: new Map(items.flatMap(({ location }) => (location ? [[location.id, location]] : []))),
  };
  return [contents, requireApproved(state)];
}

const source = { customer: 'customer-a', location: 'location-a' };
const newCustomer = { source: source.customer, target: { create: 'new-customer' } };
const following = (installationId: string): ConfirmedInstallation => ({
  installationId,
  target: { followsLocation: true },
});

describe('the copies a step makes (R-P2, R-T4)', () => {
  it('are the requester’s own, and name their source', () => {
    const step = confirmed({
      customers: [newCustomer],
      locations: [{ source: source.location, target: { create: 'new-location' } }],
    });
    expect(copiedCustomers(...step)).toStrictEqual([
      {
        customerId: 'new-customer',
        copiedFrom: { shareId: SHARE, id: source.customer },
        name: 'Bakery',
        address,
      },
    ]);
    expect(copiedLocations(...step)).toStrictEqual([
      {
        locationId: 'new-location',
        customerId: 'new-customer',
        copiedFrom: { shareId: SHARE, id: source.location },
        name: 'Depot',
        address,
      },
    ]);
  });

  it('are not made of what is merged into an existing customer or location', () => {
    const step = confirmed({
      customers: [{ source: source.customer, target: { customerId: 'mine' } }],
      locations: [{ source: source.location, target: { locationId: 'mine-too' } }],
    });
    expect(copiedCustomers(...step)).toStrictEqual([]);
    expect(copiedLocations(...step)).toStrictEqual([]);
  });

  it.each([
    ['the customer named', { create: 'new', customerId: 'named' }, [newCustomer], 'named'],
    ['the one its customer is put under', { create: 'new' }, [newCustomer], 'new-customer'],
    [
      'the one its customer became',
      { create: 'new' },
      [{ source: source.customer, target: { customerId: 'mine' } }],
      'mine',
    ],
  ] as const)('of a location stand under %s', (_, target, customers, customerId) => {
    const step = confirmed({ customers, locations: [{ source: source.location, target }] });
    expect(copiedLocations(...step)).toMatchObject([{ locationId: 'new', customerId }]);
  });
});

describe('the spot of an installation (R-P2)', () => {
  const inHall = { ...item('i1', 'customer'), building: { id: 'hall', name: 'Hall' } };
  const spot = (step: Confirmed, of: PackageItem = inHall) => spotOf('i1', ...confirmed(step, [of]));

  it('is a building or a location, as named', () => {
    const into = (target: ConfirmedInstallation['target']) =>
      spot({ installations: [{ installationId: 'i1', target }] });
    expect(into({ buildingId: 'b' })).toStrictEqual({ kind: 'building', buildingId: 'b' });
    expect(into({ locationId: 'l' })).toStrictEqual({ kind: 'location', locationId: 'l' });
  });

  it('is a new building', () => {
    const target = { newBuilding: { id: 'b', name: 'Annex', locationId: 'l' } };
    expect(spot({ installations: [{ installationId: 'i1', target }] })).toStrictEqual({
      kind: 'wanted-building',
      wanted: { buildingId: 'b', name: 'Annex', locationId: 'l' },
    });
  });

  it.each([
    ['created', { create: 'new' }, 'new'],
    ['merged into another', { locationId: 'mine' }, 'mine'],
  ] as const)('follows its location, %s, with a copy of its building', (_, target, locationId) => {
    const step = {
      customers: [newCustomer],
      locations: [{ source: source.location, target }],
      installations: [following('i1')],
    };
    const copiedFrom = { shareId: SHARE, id: 'hall' };
    expect(spot(step)).toStrictEqual({
      kind: 'wanted-building',
      wanted: { locationId, copiedFrom, name: 'Hall' },
    });
    expect(spot(step, item('i1', 'customer'))).toStrictEqual({ kind: 'location', locationId });
  });
});

describe('the building meant (R-K3)', () => {
  const existing = (id: string, name: string, source?: string): ExistingBuilding => ({
    id,
    details: { name },
    ...(source && { copiedFrom: { shareId: 'another', id: source } }),
  });
  const there = [
    existing('a', 'Hall'),
    existing('b', 'Niveau -1'),
    existing('c', 'Hall'),
    existing('d', 'Once the shed', 'shed'),
  ];
  const asked = (name: string, more: object = {}) =>
    buildingMeant({ locationId: 'l', name, ...more }, there)?.id;

  it('is one of the same name, ignoring only case and spacing', () => {
    expect(asked(' niveau  -1')).toBe('b');
    expect(asked('Niveau 1')).toBeUndefined();
    expect(asked('Hall+')).toBeUndefined();
  });

  it('is the first of several of the same name', () => {
    expect(asked('HALL')).toBe('a');
  });

  it('is the one that was added when the same was wanted before, whatever its name now', () => {
    expect(asked('Shed', { copiedFrom: { shareId: SHARE, id: 'shed' } })).toBe('d');
    expect(asked('Hall', { buildingId: 'c' })).toBe('c');
  });

  it('is added as wanted where it does not exist', () => {
    const copiedFrom = { shareId: SHARE, id: 'x' };
    expect(addedBuilding({ locationId: 'l', name: 'Annex', copiedFrom }, 'new')).toStrictEqual({
      buildingId: 'new',
      locationId: 'l',
      name: 'Annex',
      copiedFrom,
    });
  });
});

describe('the records a step replaces (R-P2)', () => {
  it('are those that placed installations name, each once', () => {
    const target = { locationId: 'mine' };
    const installations = [
      { installationId: 'i1', target, replaces: 'old' },
      { installationId: 'i2', target, replaces: 'old' },
      { installationId: 'i3', target, replaces: 'another' },
      { installationId: 'i4', target },
    ];
    const [step] = confirmed({ installations });
    expect(replacedBy(['i1', 'i2', 'i4'], step)).toStrictEqual(['old']);
    expect(replacedBy([], step)).toStrictEqual([]);
  });
});

describe('the references an account takes over (R-P3)', () => {
  it.each([
    ['original', 'C', undefined, { reference: 'R', customerReference: 'C' }],
    ['original', undefined, undefined, { reference: 'R' }],
    ['original', '', undefined, { reference: 'R' }],
    ['customer', 'C', undefined, { reference: 'C' }],
    ['customer', undefined, undefined, { reference: 'R' }],
    ['customer', ' ', undefined, { reference: 'R' }],
    ['customer', 'C', 'mine', { reference: 'mine', customerReference: 'C' }],
    ['original', 'C', 'mine', { reference: 'mine', customerReference: 'C' }],
  ] as const)('%s, customer reference %p, chosen %p', (style, customerReference, chosen, references) => {
    const packaged = {
      ...item('i1'),
      reference: 'R',
      ...(customerReference !== undefined && { customerReference }),
    };
    const asked = { ...following('i1'), ...(chosen !== undefined && { reference: chosen }) };
    const [step] = confirmed({ style, installations: [asked] }, [packaged]);
    expect(referencesOf('i1', step)).toStrictEqual(references);
  });
});
