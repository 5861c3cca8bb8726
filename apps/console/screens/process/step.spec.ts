import { describe, expect, it } from '@jest/globals';
import { certainOf, decide } from './decided.ts';
import type { Choice, Edits } from './edits.ts';
import { linesOf, undecidedLines } from './lines.ts';
import type { Plan, PlannedInstallation } from './plan.ts';
import { stepOf } from './step.ts';

const address = { street: 'Kade 1', city: 'Gent' };
const unknown = { action: 'create', score: 0, reason: 'no-match' } as const;
const known = { action: 'link', score: 0.98, reason: 'vat-number' } as const;

const machine = (installationId: string, more: Partial<PlannedInstallation> = {}): PlannedInstallation => ({
  installationId,
  reference: installationId,
  ...unknown,
  proposed: { followsLocation: true },
  location: 'location',
  ...more,
});

/** A customer and its location that the account has already, with two machines that it has not. */
const linked: Plan = {
  customers: [{ source: 'customer', name: 'Bakery', address, ...known, proposed: { customerId: 'mine' } }],
  locations: [
    {
      source: 'location',
      customer: 'customer',
      name: 'Shop',
      address,
      ...known,
      proposed: { locationId: 'my-shop' },
    },
  ],
  installations: [machine('one'), machine('two', { proposed: { buildingId: 'my-hall' } })],
};

const loose: Plan = {
  customers: [],
  locations: [],
  installations: [
    machine('one', { location: undefined, proposed: undefined }),
    machine('two', { location: undefined, proposed: undefined }),
  ],
};

const edits = (choices: Record<string, Choice> = {}, replacing: readonly string[] = []): Edits => ({
  choices,
  replacing,
  referenceStyle: 'original',
});
const step = (plan: Plan, choices?: Record<string, Choice>) =>
  stepOf(decide(plan, edits(choices)), 'original');

describe('the step that a plan comes to', () => {
  it('is the plan, as long as nothing was changed', () => {
    expect(step(linked)).toEqual({
      referenceStyle: 'original',
      customers: [{ source: 'customer', target: { customerId: 'mine' } }],
      locations: [{ source: 'location', target: { locationId: 'my-shop' } }],
      installations: [
        { installationId: 'one', target: { followsLocation: true } },
        { installationId: 'two', target: { buildingId: 'my-hall' } },
      ],
      decline: [],
    });
  });

  it('makes a location new where its customer goes elsewhere: what was proposed is not there', () => {
    const { customers, locations, installations } = step(linked, { customer: { to: 'new' } });
    expect(customers).toEqual([{ source: 'customer', target: { create: true } }]);
    expect(locations).toEqual([{ source: 'location', target: { create: true } }]);
    expect(installations).toMatchObject([{ installationId: 'one' }, { target: { buildingId: 'my-hall' } }]);
  });

  it('leaves a location where it was proposed where its customer was chosen as it was proposed', () => {
    const { locations } = step(linked, { customer: { to: 'own', id: 'mine' } });
    expect(locations).toEqual([{ source: 'location', target: { locationId: 'my-shop' } }]);
  });

  it('declines everything of what is declined, and makes nothing of it', () => {
    const { customers, locations, installations, decline } = step(linked, { customer: { to: 'declined' } });
    expect({ customers, locations, installations }).toEqual({
      customers: [],
      locations: [],
      installations: [],
    });
    expect(decline).toEqual(['one', 'two']);
  });

  it('makes no customer new that nothing comes to stand under', () => {
    const { customers } = step(linked, { customer: { to: 'new' }, location: { to: 'own', id: 'other' } });
    expect(customers).toEqual([]);
  });

  it('leaves on offer what nobody has decided, and places installations without a location together', () => {
    expect(step(loose)).toMatchObject({ installations: [], decline: [] });
    const { installations, decline } = step(loose, {
      'no-location': { to: 'own', id: 'my-shop' },
      two: { to: 'declined' },
    });
    expect(installations).toEqual([{ installationId: 'one', target: { locationId: 'my-shop' } }]);
    expect(decline).toEqual(['two']);
  });

  it('archives the account’s own record only where that was chosen', () => {
    const match = { id: 'my-machine', name: 'K-1' };
    const again = machine('one', { match, outcome: 'two-records-of-one-machine', reason: 'serial-number' });
    const plan = { ...linked, installations: [again] };
    expect(step(plan).installations[0]).toHaveProperty('replaces', undefined);
    const { installations } = stepOf(decide(plan, edits({}, ['one'])), 'original');
    expect(installations[0]).toMatchObject({ replaces: 'my-machine' });
  });
});

describe('the certain part of a plan', () => {
  const certain = (plan: Plan, choices?: Record<string, Choice>) =>
    stepOf(certainOf(decide(plan, edits(choices))), 'original');
  const perhaps = {
    score: 0.6,
    reason: 'similar-name-and-address',
    match: { id: 'm', name: 'Bakery' },
  } as const;

  it('is all of it where nothing needs a decision', () => {
    expect(certain(linked)).toEqual(step(linked));
    expect(certain(linked, { two: { to: 'declined' } }).decline).toEqual(['two']);
  });

  it('leaves a machine on offer that may be there already, and takes the others', () => {
    const plan = { ...linked, installations: [machine('one'), machine('two', perhaps)] };
    expect(certain(plan).installations.map(({ installationId }) => installationId)).toEqual(['one']);
  });

  it('leaves what would come under a customer or a location that may be there already', () => {
    const [location] = linked.locations;
    const toBeMade = location && { ...location, ...unknown, proposed: {} };
    const customers = linked.customers.map((one) => ({
      ...one,
      ...unknown,
      ...perhaps,
      proposed: undefined,
    }));
    const plan = { ...linked, customers, locations: toBeMade ? [toBeMade] : [] };
    const doubtful = { ...linked, locations: toBeMade ? [{ ...toBeMade, ...perhaps }] : [] };
    const placed = [{ installationId: 'two', target: { buildingId: 'my-hall' }, replaces: undefined }];
    expect(step(plan).installations).toHaveLength(2);
    for (const one of [plan, doubtful]) {
      expect(certain(one)).toMatchObject({ customers: [], locations: [], installations: placed });
    }
    expect(certain(plan, { location: { to: 'own', id: 'my-shop' } }).installations).toHaveLength(2);
    expect(certain(plan, { customer: { to: 'new' } })).toEqual(step(plan, { customer: { to: 'new' } }));
  });
});

describe('what needs a decision', () => {
  const idsOf = (plan: Plan, choices?: Record<string, Choice>) =>
    undecidedLines(linesOf(decide(plan, edits(choices)))).map(({ id }) => id);

  it('is shown with what it belongs to, and not any more once it is decided', () => {
    const doubtful = machine('two', { score: 0.6, reason: 'serial-number', match: { id: 'm', name: 'K-1' } });
    const plan = { ...linked, installations: [machine('one'), doubtful] };
    expect(idsOf(plan)).toEqual(['customer', 'location', 'two']);
    expect(idsOf(plan, { two: { to: 'declined' } })).toEqual([]);
    expect(idsOf(loose)).toEqual(['no-location', 'one', 'two']);
  });
});
