import { describe, expect, it } from '@jest/globals';
import { fold, type Refusal } from '#domain/kernel';
import { scenario } from '#domain/kernel/testing';
import {
  namedTargets,
  nextStepAction,
  openSteps,
  type ProcessingFacts,
  type ProcessShare,
  progressOf,
  type ShareEvent,
  share,
} from './index.ts';
import {
  allPlaced,
  anyTime,
  approved,
  ask,
  available,
  collected,
  completed,
  confirmed,
  declined,
  imported,
  item,
  NOW,
  PLACED,
  PROVIDER,
  placed,
  processed,
  REQUESTER,
  record,
  requested,
  SHARE,
  started,
  takenOver,
} from './testing/index.ts';

const { given } = scenario(share);
const stateAfter = (...events: ShareEvent[]) => fold(share, share.initial, events);

/** What the requester has of its own. */
const own: ProcessingFacts = {
  targets: new Map([
    ['my-customer', { kind: 'customer' }],
    ['mine', { kind: 'location', customerId: 'my-customer' }],
    ['my-building', { kind: 'building', locationId: 'mine', customerId: 'my-customer' }],
    ['my-installation', { kind: 'installation' }],
  ]),
};

type Step = Partial<Omit<ProcessShare['data'], 'shareId'>>;

const step = (data: Step, id = 'step-1', account = REQUESTER) =>
  ask(account, 'ProcessShare', { referenceStyle: 'original', installations: [], ...data }, NOW, id);

/** Takes installations over into a location of the requester's own. */
const take = (...ids: string[]) => ({
  installations: ids.map((installationId) => ({ installationId, target: { locationId: 'mine' } })),
});

const refusal = (history: readonly ShareEvent[], command: ProcessShare): Refusal => {
  try {
    share.decide(command, stateAfter(...history), own);
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('It was not refused.');
};

const withdrawn = (
  from: { offered?: number; placing?: number; placed?: { placedAt: string; count: number }[] },
  ...installations: string[]
): ShareEvent => ({
  type: 'ShareItemsWithdrawn',
  data: {
    shareId: SHARE,
    installations,
    from: { offered: 0, placing: 0, placed: [], ...from },
    cause: { kind: 'revoked', account: PROVIDER, shareId: SHARE },
    withdrawnAt: NOW,
  },
});

describe('confirming a step', () => {
  it('R-P1 takes over what the requester wants, and leaves the rest on offer', () => {
    given(...available())
      .when(step(take('i1', 'i2')), own)
      .then(...confirmed('step-1', 'i1', 'i2'));
  });

  it('R-P1 may decline the rest; R-S9 what is taken over is on offer until it is placed', () => {
    given(...available())
      .when(step({ ...take('i1'), decline: ['i2', 'i3'] }), own)
      .then(...confirmed('step-1', 'i1'), declined('i2', 'i3'));
  });

  it('R-S9 a share all of which is declined is processed', () => {
    given(...available())
      .when(step({ decline: ['i1', 'i2', 'i3'] }), own)
      .then(declined('i1', 'i2', 'i3'), processed());
  });

  it('R-P3 records the reference style', () => {
    const [opening, ...rest] = confirmed('step-1', 'i1');
    given(...available())
      .when(step({ ...take('i1'), referenceStyle: 'customer' }), own)
      .then({ ...opening, data: { ...opening?.data, referenceStyle: 'customer' } } as ShareEvent, ...rest);
  });

  it('R-P1 changes nothing the second time, whatever became of the share', () => {
    const again = step(take('i1', 'i2', 'i3'));
    given(...available(), ...confirmed('step-1', 'i1', 'i2', 'i3'))
      .when(again, own)
      .thenNothing();
    given(...allPlaced())
      .when(again, own)
      .thenNothing();
    const decline = step({ decline: ['i1'] });
    given(...available(), declined('i1'))
      .when(decline, own)
      .thenNothing();
    given(...available(), declined('i1', 'i2', 'i3'), processed())
      .when(decline, own)
      .thenNothing();
  });

  it('R-S10 is for the requester, while something is on offer', () => {
    given(...available())
      .when(step(take('i1'), 'step-1', PROVIDER), own)
      .thenRefused('conflict', 'not-the-requester');
    given(requested, approved())
      .when(step(take('i1')), own)
      .thenRefused('conflict', 'share-not-available');
    given(...allPlaced())
      .when(step(take('i1'), 'step-2'), own)
      .thenRefused('conflict', 'share-not-available');
    given(...available(), ...confirmed('step-1', 'i1', 'i2', 'i3'))
      .when(step(take('i1'), 'step-2'), own)
      .thenRefused('conflict', 'share-not-available');
  });

  it('R-P1 names installations of this share only', () => {
    expect(refusal(available(), step(take('i1', 'i9')))).toMatchObject({
      kind: 'impossible',
      code: 'item-not-in-share',
      errors: [{ pointer: '/installations/1', code: 'item-not-in-share' }],
    });
    expect(refusal(available(), step({ decline: ['i9'] }))).toMatchObject({
      kind: 'impossible',
      errors: [{ pointer: '/decline/0', code: 'item-not-in-share' }],
    });
  });

  it('R-P1 takes over and declines only what is on offer', () => {
    const history = [
      ...available({ items: ['confirmed', 'placed', 'declined', 'withdrawn', 'offered'] }),
      ...takenOver('step-0', PLACED, 'placed'),
      ...confirmed('step-1', 'confirmed'),
      declined('declined'),
      withdrawn({ offered: 1 }, 'withdrawn'),
    ];
    const all = ['confirmed', 'placed', 'declined', 'withdrawn', 'offered'];
    expect(refusal(history, step(take(...all), 'step-2'))).toMatchObject({
      kind: 'conflict',
      code: 'item-not-offered',
      errors: [0, 1, 2, 3].map((index) => ({ pointer: `/installations/${index}`, code: 'item-not-offered' })),
    });
    expect(refusal(history, step({ decline: all }, 'step-2'))).toMatchObject({
      errors: [0, 1, 3].map((index) => ({ pointer: `/decline/${index}`, code: 'item-not-offered' })),
    });
    given(...history)
      .when(step({ decline: ['declined', 'offered'] }, 'step-2'), own)
      .then(declined('offered'));
  });

  it('names an installation once', () => {
    expect(refusal(available(), step({ ...take('i1', 'i1'), decline: ['i2', 'i2'] }))).toMatchObject({
      kind: 'impossible',
      code: 'item-named-twice',
      errors: [{ pointer: '/installations/1' }, { pointer: '/decline/1' }],
    });
    expect(refusal(available(), step({ ...take('i1'), decline: ['i1'] }))).toMatchObject({
      code: 'item-named-twice',
      errors: [{ pointer: '/decline/0' }],
    });
  });

  it('names something, and at most 5,000 installations, recorded 500 per event', () => {
    given(...available())
      .when(step({}), own)
      .thenRefused('impossible', 'step-empty');
    const items = Array.from({ length: 5001 }, (_, index) => `i${index}`);
    const history = available({ items });
    given(...history)
      .when(step(take(...items)), own)
      .thenRefused('impossible', 'step-too-large');
    const events = share.decide(step(take(...items.slice(1))), stateAfter(...history), own);
    expect(events).toHaveLength(11);
    for (const event of events.slice(1)) {
      expect(event).toMatchObject({ type: 'ShareInstallationsConfirmed' });
      expect(event).toHaveProperty('data.installations.length', 500);
    }
  });

  it('places at most 2,500 customers and locations', () => {
    const customers = Array.from({ length: 2501 }, (_, index) => ({
      source: `c${index}`,
      target: { create: `new-${index}` },
    }));
    given(...available())
      .when(step({ customers }), own)
      .thenRefused('impossible', 'step-too-large');
    const locations = [{ source: 'l', target: { locationId: 'mine' } }];
    given(...available())
      .when(step({ customers: customers.slice(1), locations }), own)
      .thenRefused('impossible', 'step-too-large');
    given(...available())
      .when(step({ customers: customers.slice(1) }), own)
      .thenRefused('impossible', 'source-not-in-package');
  });
});

describe('the targets of a step', () => {
  const atCustomer = available({ level: 'customer' });
  const atLocation = available({ level: 'location' });
  const atInstallation = available({ level: 'installation' });
  const following = (installationId: string) => ({
    installationId,
    target: { followsLocation: true } as const,
  });
  const createCustomer = { source: 'customer-a', target: { create: 'new-customer' } };
  const createLocation = { source: 'location-a', target: { create: 'new-location' } };
  const opening = (history: readonly ShareEvent[], data: Step) =>
    share.decide(step(data), stateAfter(...history), own)[0]?.data;

  it('R-P2 creates the customer and its location, or puts the location under an existing customer', () => {
    const created = {
      customers: [createCustomer],
      locations: [createLocation],
      installations: [following('i1')],
    };
    expect(opening(atCustomer, created)).toMatchObject({
      customers: [createCustomer],
      locations: [createLocation],
      installations: 1,
    });
    const linked = {
      customers: [{ source: 'customer-a', target: { customerId: 'my-customer' } }],
      locations: [createLocation],
      installations: [following('i1')],
    };
    expect(opening(atCustomer, linked)).toMatchObject({ customers: linked.customers });
  });

  it('R-P2 merges the installations of a location into an existing one', () => {
    const merged = { locations: [{ source: 'location-a', target: { locationId: 'mine' } }] };
    expect(opening(atLocation, { ...merged, installations: [following('i1')] })).toMatchObject(merged);
  });

  it('R-P2 puts an installation into an existing or new building or location', () => {
    const targets = [
      { buildingId: 'my-building' },
      { locationId: 'mine' },
      { newBuilding: { id: 'new-building', name: 'Hall', locationId: 'mine' } },
    ];
    const installations = targets.map((target, index) => ({ installationId: `i${index + 1}`, target }));
    expect(share.decide(step({ installations }), stateAfter(...atInstallation), own)[1]?.data).toMatchObject({
      installations,
    });
  });

  it('R-P2 two installations may share one new building; two buildings may not share one id', () => {
    const building = (name: string) => ({
      newBuilding: { id: 'new-building', name, locationId: 'mine' },
    });
    const into = (...names: string[]) => ({
      installations: names.map((name, index) => ({
        installationId: `i${index + 1}`,
        target: building(name),
      })),
    });
    expect(opening(atInstallation, into('Hall', 'Hall'))).toMatchObject({ installations: 2 });
    expect(refusal(atInstallation, step(into('Hall', 'Attic')))).toMatchObject({
      kind: 'impossible',
      code: 'created-id-not-unique',
      errors: [{ pointer: '/installations/1' }],
    });
  });

  it('R-P2 an id names one thing to be created', () => {
    const twoLocations = [
      requested,
      approved(anyTime, 'location'),
      started,
      collected([
        item('i1', 'location'),
        {
          ...item('i2'),
          location: { id: 'location-b', name: 'B', address: { street: 'S 1', city: 'Gent' } },
        },
      ]),
      completed(2),
    ];
    const under = (source: string) => ({
      source,
      target: { create: 'new-location', customerId: 'my-customer' },
    });
    expect(
      refusal(twoLocations, step({ locations: [under('location-a'), under('location-b')] })),
    ).toMatchObject({ code: 'created-id-not-unique', errors: [{ pointer: '/locations/1' }] });
    const earlier = share.decide(
      step({ locations: [under('location-a')] }, 'step-0'),
      stateAfter(...twoLocations),
      own,
    );
    expect(refusal([...twoLocations, ...earlier], step({ locations: [under('location-b')] }))).toMatchObject({
      code: 'created-id-not-unique',
      errors: [{ pointer: '/locations/0' }],
    });
  });

  it('R-P2 targets must be the requester’s own, each named that is not', () => {
    const data = {
      customers: [{ source: 'customer-a', target: { customerId: 'foreign-customer' } }],
      locations: [{ source: 'location-a', target: { locationId: 'foreign-location' } }],
      installations: [
        { installationId: 'i1', target: { buildingId: 'foreign-building' } },
        { installationId: 'i2', target: { locationId: 'my-customer' } },
        {
          installationId: 'i3',
          target: { newBuilding: { id: 'b', name: 'B', locationId: 'foreign' } },
          replaces: 'foreign-installation',
        },
      ],
    };
    expect(refusal(atCustomer, step(data))).toMatchObject({
      kind: 'impossible',
      code: 'target-not-found',
      errors: [
        { pointer: '/customers/0/target/customerId' },
        { pointer: '/locations/0/target/locationId' },
        { pointer: '/installations/0/target/buildingId' },
        { pointer: '/installations/1/target/locationId' },
        { pointer: '/installations/2/target/newBuilding/locationId' },
        { pointer: '/installations/2/replaces' },
      ],
    });
    const under = { locations: [{ source: 'location-a', target: { create: 'new', customerId: 'foreign' } }] };
    expect(refusal(atLocation, step(under))).toMatchObject({
      errors: [{ pointer: '/locations/0/target/customerId', code: 'target-not-found' }],
    });
  });

  it('R-P2 an installation replaces another record of the requester’s own, not itself', () => {
    const replacing = (replaces: string) => {
      const target = { locationId: 'mine' };
      return { installations: [{ installationId: 'i1', target, replaces }] };
    };
    expect(opening(atCustomer, replacing('my-installation'))).toMatchObject({ installations: 1 });
    expect(refusal(atCustomer, step(replacing('i1')))).toMatchObject({
      code: 'replaces-itself',
      errors: [{ pointer: '/installations/0' }],
    });
  });

  it('R-P2 targets may be what this step or an earlier one creates', () => {
    const first = { customers: [createCustomer], locations: [createLocation] };
    const into = {
      installations: [
        { installationId: 'i1', target: { locationId: 'new-location' } },
        { installationId: 'i2', target: { newBuilding: { id: 'b', name: 'B', locationId: 'new-location' } } },
      ],
    };
    expect(opening(atCustomer, { ...first, ...into })).toMatchObject({ installations: 2 });
    const earlier = share.decide(step(first, 'step-0'), stateAfter(...atCustomer), own);
    expect(opening([...atCustomer, ...earlier], into)).toMatchObject({ installations: 2 });
  });

  it('R-P2 every target a step names can be looked up', () => {
    const data: ProcessShare['data'] = {
      shareId: SHARE,
      referenceStyle: 'original',
      customers: [createCustomer, { source: 'c', target: { customerId: 'C' } }],
      locations: [
        createLocation,
        { source: 'l', target: { create: 'x', customerId: 'D' } },
        { source: 'm', target: { locationId: 'L' } },
      ],
      installations: [
        following('i1'),
        { installationId: 'i2', target: { buildingId: 'B' } },
        { installationId: 'i3', target: { locationId: 'M' } },
        { installationId: 'i4', target: { newBuilding: { id: 'n', name: 'N', locationId: 'O' } } },
      ],
    };
    expect(namedTargets(data).map(({ kind, id }) => [kind, id])).toEqual([
      ['customer', 'C'],
      ['customer', 'D'],
      ['location', 'L'],
      ['building', 'B'],
      ['location', 'M'],
      ['location', 'O'],
    ]);
  });

  it('R-P2 places only customers and locations that the level allows to copy', () => {
    expect(refusal(atLocation, step({ customers: [createCustomer] }))).toMatchObject({
      kind: 'impossible',
      code: 'source-not-in-package',
      errors: [{ pointer: '/customers/0' }],
    });
    const linked = { source: 'location-a', target: { locationId: 'mine' } };
    expect(refusal(atInstallation, step({ locations: [linked] }))).toMatchObject({
      code: 'source-not-in-package',
      errors: [{ pointer: '/locations/0' }],
    });
  });

  it('R-P2 an installation can follow a location that a step has placed', () => {
    const merged = { locations: [{ source: 'location-a', target: { locationId: 'mine' } }] };
    const earlier = share.decide(step(merged, 'step-0'), stateAfter(...atLocation), own);
    expect(opening([...atLocation, ...earlier], { installations: [following('i1')] })).toMatchObject({
      installations: 1,
    });
    for (const history of [atLocation, atInstallation]) {
      expect(refusal(history, step({ installations: [following('i1')] }))).toMatchObject({
        kind: 'impossible',
        code: 'location-target-missing',
        errors: [{ pointer: '/installations/0' }],
      });
    }
  });

  it('R-P2 a new location needs a customer: its own by any step, or one that is named', () => {
    const named = { source: 'location-a', target: { create: 'new-location', customerId: 'my-customer' } };
    expect(opening(atLocation, { locations: [named] })).toMatchObject({ locations: [named] });
    const earlier = share.decide(
      step({ customers: [createCustomer] }, 'step-0'),
      stateAfter(...atCustomer),
      own,
    );
    expect(opening([...atCustomer, ...earlier], { locations: [createLocation] })).toMatchObject({
      locations: [createLocation],
    });
    for (const history of [atCustomer, atLocation]) {
      expect(refusal(history, step({ locations: [createLocation] }))).toMatchObject({
        kind: 'impossible',
        code: 'customer-target-missing',
        errors: [{ pointer: '/locations/0' }],
      });
    }
  });

  it('R-P2 a target stays once it is set; naming the same again is no conflict', () => {
    const merged = { source: 'location-a', target: { locationId: 'mine' } };
    const elsewhere = {
      source: 'location-a',
      target: { create: 'new-location', customerId: 'my-customer' },
    };
    const earlier = share.decide(step({ locations: [merged] }, 'step-0'), stateAfter(...atLocation), own);
    const history = [...atLocation, ...earlier];
    expect(opening(history, { locations: [merged], ...take('i1') })).toMatchObject({ locations: [merged] });
    expect(refusal(history, step({ locations: [elsewhere] }))).toMatchObject({
      kind: 'conflict',
      code: 'source-already-placed',
      errors: [{ pointer: '/locations/0' }],
    });
    expect(refusal(atLocation, step({ locations: [merged, elsewhere] }))).toMatchObject({
      code: 'source-already-placed',
      errors: [{ pointer: '/locations/1' }],
    });
  });
});

describe('finishing', () => {
  const finish = ask(REQUESTER, 'FinishShare');

  it('R-S9 declines whatever is on offer, and the share is processed', () => {
    given(...available(), ...takenOver('step-1', PLACED, 'i1'))
      .when(finish)
      .then(declined('i2', 'i3'), processed());
  });

  it('R-S9 the share is processed only after the import under way', () => {
    given(...available(), ...confirmed('step-1', 'i1'))
      .when(finish)
      .then(declined('i2', 'i3'));
  });

  it('declines 500 per event', () => {
    const items = Array.from({ length: 1001 }, (_, index) => `i${index}`);
    const events = share.decide(finish, stateAfter(...available({ items })), undefined);
    expect(events.map(({ type }) => type)).toEqual([
      'ShareItemsDeclined',
      'ShareItemsDeclined',
      'ShareItemsDeclined',
      'ShareProcessed',
    ]);
  });

  it('changes nothing the second time', () => {
    given(...available(), declined('i1', 'i2', 'i3'), processed())
      .when(finish)
      .thenNothing();
    given(...available(), ...confirmed('step-1', 'i1'), declined('i2', 'i3'))
      .when(finish)
      .thenNothing();
  });

  it('R-S10 is for the requester of an available share', () => {
    given(...available())
      .when(ask(PROVIDER, 'FinishShare'))
      .thenRefused('conflict', 'not-the-requester');
    given(requested, approved()).when(finish).thenRefused('conflict', 'share-not-available');
  });
});

describe('importing a step', () => {
  const record1 = (...installations: string[]) =>
    record('RecordPlacedItems', { stepId: 'step-1', installations, placedAt: PLACED });
  const complete = record('CompleteStep', { stepId: 'step-1' });
  const underWay = [...available(), ...confirmed('step-1', 'i1', 'i2', 'i3')];

  it('R-P4 records what was placed, and when', () => {
    given(...underWay)
      .when(record1('i1', 'i2'))
      .then(placed('step-1', PLACED, 'i1', 'i2'));
  });

  it('R-P4 records nothing twice', () => {
    given(...underWay, placed('step-1', PLACED, 'i1', 'i2'))
      .when(record1('i1', 'i2'))
      .thenNothing();
    given(...underWay, placed('step-1', PLACED, 'i1'))
      .when(record1('i1', 'i2', 'i2'))
      .then(placed('step-1', PLACED, 'i2'));
  });

  it('R-V3 what was revoked in the meantime stays withdrawn', () => {
    given(...underWay, withdrawn({ placing: 1 }, 'i1'))
      .when(record1('i1', 'i2'))
      .then(placed('step-1', PLACED, 'i2'));
  });

  it('R-P4 places only what the step confirmed', () => {
    const history = [...available({ items: ['i1', 'i2', 'i3', 'i4'] }), ...confirmed('step-1', 'i1')];
    given(...history)
      .when(record1('i2'))
      .thenRefused('conflict', 'item-not-confirmed');
    given(...history, declined('i2'))
      .when(record1('i2'))
      .thenRefused('conflict', 'item-not-confirmed');
    given(...history, ...confirmed('step-2', 'i2'))
      .when(record1('i2'))
      .thenRefused('conflict', 'item-not-confirmed');
    given(...history)
      .when(record1('i9'))
      .thenRefused('impossible', 'item-not-in-share');
    given(...available())
      .when(record1('i1'))
      .thenRefused('impossible', 'step-not-in-share');
    given(requested).when(record1('i1')).thenRefused('impossible', 'step-not-in-share');
  });

  it('R-S9 the last step imported, with nothing on offer, makes the share processed', () => {
    given(...underWay, placed('step-1', PLACED, 'i1', 'i2', 'i3'))
      .when(complete)
      .then(imported('step-1'), processed());
    given(...available(), ...confirmed('step-1', 'i1'), placed('step-1', PLACED, 'i1'))
      .when(complete)
      .then(imported('step-1'));
    given(
      ...available(),
      ...confirmed('step-1', 'i1'),
      ...confirmed('step-2', 'i2', 'i3'),
      placed('step-1', PLACED, 'i1'),
    )
      .when(complete)
      .then(imported('step-1'));
  });

  it('R-P1 a step is not imported before all of it is placed', () => {
    given(...underWay, placed('step-1', PLACED, 'i1'))
      .when(complete)
      .thenRefused('conflict', 'step-not-placed');
    given(...available())
      .when(complete)
      .thenRefused('impossible', 'step-not-in-share');
  });

  it('changes nothing the second time, nor once the share is revoked', () => {
    given(...allPlaced())
      .when(complete)
      .thenNothing();
    given(...underWay, withdrawn({ placing: 3 }, 'i1', 'i2', 'i3'), {
      type: 'ShareRevoked',
      data: { shareId: SHARE, withdrawn: 3, revokedAt: NOW },
    })
      .when(complete)
      .thenNothing();
  });

  it('R-P1 the next action of importing follows from what is recorded', () => {
    const some = stateAfter(...underWay, placed('step-1', PLACED, 'i1'));
    expect(openSteps(some)).toEqual(['step-1']);
    expect(nextStepAction(some, 'step-1', 1)).toEqual({ kind: 'place', installations: ['i2'] });
    expect(nextStepAction(some, 'step-1')).toEqual({ kind: 'place', installations: ['i2', 'i3'] });
    const all = stateAfter(...underWay, placed('step-1', PLACED, 'i1', 'i2', 'i3'));
    expect(nextStepAction(all, 'step-1')).toEqual({ kind: 'complete' });
    const second = stateAfter(
      ...available(),
      ...takenOver('step-1', PLACED, 'i1'),
      ...confirmed('step-2', 'i2'),
    );
    expect(openSteps(second)).toEqual(['step-2']);
    expect(nextStepAction(second, 'step-1')).toEqual({ kind: 'none' });
    expect(nextStepAction(second, 'step-2')).toEqual({ kind: 'place', installations: ['i2'] });
    const done = stateAfter(...allPlaced());
    expect(openSteps(done)).toEqual([]);
    expect(nextStepAction(done, 'step-1')).toEqual({ kind: 'none' });
    expect(nextStepAction(stateAfter(), 'step-1')).toEqual({ kind: 'none' });
    expect(nextStepAction(stateAfter(...available()), 'step-1')).toEqual({ kind: 'none' });
  });

  it('R-P1 progress counts the installations of the steps under way', () => {
    const progress = (...events: ShareEvent[]) => {
      const state = stateAfter(...events);
      return state.kind === 'none' ? undefined : progressOf(state.summary);
    };
    const first = [...available(), ...confirmed('step-1', 'i1'), placed('step-1', PLACED, 'i1')];
    expect(progress(...first)).toEqual({ phase: 'importing', done: 1, of: 1 });
    expect(progress(...first, ...confirmed('step-2', 'i2', 'i3'))).toEqual({
      phase: 'importing',
      done: 1,
      of: 3,
    });
    expect(progress(...first, imported('step-1'), ...confirmed('step-2', 'i2', 'i3'))).toEqual({
      phase: 'importing',
      done: 0,
      of: 2,
    });
    expect(progress(...first, imported('step-1'))).toBeUndefined();
  });
});
