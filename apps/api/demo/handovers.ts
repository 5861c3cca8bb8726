// Shares in each lasting status, from plausible stories.
import { type Calendar, CLOSES_TOMORROW, YESTERDAY } from './calendar.ts';
import { type Catalogues, installationsOf, type KeptCustomer, type KeptLocation } from './catalogue.ts';
import { companies } from './companies.ts';
import { connectionBetween } from './connections.ts';
import { copying, copyingUnder, DemoShare, takingInto } from './shares.ts';
import { command, type Story, scene, waitForShare } from './steps.ts';

/** Half of the branches are taken over, the others are still on offer. */
export function supermarketsHalfTakenOver({ alpenfrisch }: Catalogues, calendar: Calendar): Story {
  const [branches] = alpenfrisch as [KeptCustomer];
  const share = new DemoShare({
    requester: 'brennerkaelte',
    provider: 'alpenfrisch',
    name: 'Filialen Tirol',
    level: 'customer',
  });
  return [
    scene(calendar.in(3, 'monday'), share.request()),
    scene(
      calendar.in(2, 'monday'),
      ...share.give({ accessType: 'installation-manager', selection: [branches.id] }),
    ),
    scene(
      calendar.hoursAgo(CLOSES_TOMORROW),
      ...share.process(copying([branches], branches.locations.slice(0, 3))),
    ),
  ];
}

/** A package that nobody has processed yet, and one that was revoked before anybody did. */
export function hotelsToBeProcessed({ brisa }: Catalogues, calendar: Calendar): Story {
  const [coast, city] = brisa as [KeptCustomer, KeptCustomer];
  const [hotel] = city.locations as [KeptLocation];
  const mistaken = new DemoShare({
    requester: 'atlantica',
    provider: 'brisa',
    name: 'Hotel da cidade',
    level: 'installation',
  });
  const share = new DemoShare({
    requester: 'atlantica',
    provider: 'brisa',
    name: 'Manutenção hotéis da costa',
    level: 'customer',
  });
  return [
    scene(calendar.in(6, 'monday'), mistaken.request()),
    scene(
      calendar.in(6, 'wednesday'),
      ...mistaken.give({ accessType: 'subcontractor', selection: installationsOf([hotel]) }),
      mistaken.revoke('Selección equivocada'),
    ),
    scene(calendar.in(1, 'monday'), share.request()),
    scene(
      calendar.hoursAgo(CLOSES_TOMORROW),
      ...share.give({ accessType: 'installation-manager', selection: [coast.id] }),
    ),
  ];
}

/** An owner asks its contractor for the installations in its own buildings, and becomes their operator. */
export function ownerTakesOver({ tunnbro }: Catalogues, calendar: Calendar): Story {
  const [halls] = tunnbro as [KeptCustomer];
  const share = new DemoShare({
    requester: 'fjordkol',
    provider: 'tunnbro',
    name: 'Egne anlæg',
    level: 'customer',
  });
  return [
    scene(calendar.in(8, 'monday'), share.request()),
    scene(calendar.in(8, 'friday'), ...share.give({ accessType: 'operator', selection: [halls.id] })),
    scene(calendar.in(7, 'monday'), ...share.process(copying([halls]))),
  ];
}

/** Some of what a subcontractor was given is revoked; it keeps the rest. */
export function partOfTheDairies({ meridien, koudewacht }: Catalogues, calendar: Calendar): Story {
  const [cheese] = meridien as [KeptCustomer];
  const [, dairy] = koudewacht as [KeptCustomer, KeptCustomer];
  const [ownLocation] = dairy.locations as [KeptLocation];
  const selection = installationsOf(cheese.locations).slice(-6);
  const share = new DemoShare({
    requester: 'koudewacht',
    provider: 'meridien',
    name: 'Campagne de détection de fuites',
    level: 'installation',
  });
  return [
    scene(calendar.in(6, 'wednesday'), share.request()),
    scene(calendar.in(6, 'friday'), ...share.give({ accessType: 'subcontractor', selection })),
    scene(calendar.in(5, 'monday'), ...share.process(takingInto(ownLocation, selection))),
    scene(calendar.in(3, 'friday'), share.revoke('Machines remplacées', selection.slice(0, 2))),
  ];
}

/** When the connection ends, the approved share stays and the open request is cancelled. */
export function connectionEnded({ brisa, meridien }: Catalogues, calendar: Calendar): Story {
  const [, city] = brisa as [KeptCustomer, KeptCustomer];
  const [, market] = meridien as [KeptCustomer, KeptCustomer];
  const hotel = city.locations.slice(-1);
  const share = new DemoShare({
    requester: 'meridien',
    provider: 'brisa',
    name: 'Audit énergétique',
    level: 'location',
  });
  const open = new DemoShare({
    requester: 'meridien',
    provider: 'brisa',
    name: 'Audit énergétique, phase 2',
    level: 'location',
  });
  const [first, ...others] = copyingUnder(market, hotel).installations;
  const connectionId = connectionBetween('meridien', 'brisa');
  return [
    scene(calendar.in(10, 'monday'), share.request()),
    scene(
      calendar.in(9, 'wednesday'),
      ...share.give({ accessType: 'installation-manager', selection: hotel.map(({ id }) => id) }),
    ),
    scene(
      calendar.in(8, 'wednesday'),
      ...share.process({
        ...copyingUnder(market, hotel),
        installations: others,
        decline: first === undefined ? [] : [first.installationId],
      }),
    ),
    scene(calendar.in(4, 'wednesday'), open.request()),
    scene(
      calendar.in(3, 'monday'),
      command('EndConnection', companies.brisa.administrator, { connectionId }, connectionId),
      waitForShare(open.id, 'ShareCancelled'),
    ),
  ];
}

export function refusedAndWithdrawn(calendar: Calendar): Story {
  const rejected = new DemoShare({
    requester: 'hellberg',
    provider: 'alpenfrisch',
    name: 'Angebot Wartung Zentrallager',
    explanation: 'Für ein Angebot benötigen wir die Anlagenliste.',
    level: 'customer',
  });
  const cancelled = new DemoShare({
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Bakkerijen (dubbel aangevraagd)',
    level: 'location',
  });
  return [
    scene(calendar.in(5, 'wednesday'), rejected.request()),
    scene(calendar.in(5, 'friday'), rejected.reject('Bitte zuerst den Rahmenvertrag unterschreiben')),
    scene(calendar.in(2, 'monday'), cancelled.request()),
    scene(calendar.in(2, 'wednesday'), cancelled.cancel()),
  ];
}

export function toBeEvaluated(calendar: Calendar): Story {
  const ownBuildings = new DemoShare({
    requester: 'sonnental',
    provider: 'hellberg',
    name: 'Anlagen in unseren Häusern',
    explanation: 'Als Betreiber möchten wir die Logbücher selbst führen.',
    level: 'location',
  });
  const warehouse = new DemoShare({
    requester: 'brennerkaelte',
    provider: 'alpenfrisch',
    name: 'Zentrallager',
    level: 'location',
  });
  return [
    scene(calendar.in(1, 'friday'), ownBuildings.request()),
    scene(calendar.hoursAgo(YESTERDAY), warehouse.request()),
  ];
}
