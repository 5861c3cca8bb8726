import { grantIdOf } from '#processes';
import { type Catalogues, installationsOf, type KeptCustomer, type KeptLocation } from './catalogue.ts';
import { companies } from './companies.ts';
import { connectionBetween } from './connections.ts';
import { copying, copyingUnder, DemoShare, takingInto } from './shares.ts';
import { command, type DemoCommand, demoId, type Thread } from './steps.ts';

/** A share in every lasting status, each from a plausible story; the stories have no data in common. */
export function storyThreads(catalogues: Catalogues): readonly Thread[] {
  return [
    maintenanceContract(catalogues),
    subcontractorLeaves(catalogues),
    supermarketsHalfTakenOver(catalogues),
    hotelsToBeProcessed(catalogues),
    ownerTakesOver(catalogues),
    partOfTheDairies(catalogues),
    connectionEnded(catalogues),
    refusedAndWithdrawn(),
    toBeEvaluated(),
  ];
}

/** Requested after everything else: once it exists, the demo world is complete. */
export function lastRequest(): DemoShare {
  return new DemoShare({
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Zomercheck koelcellen 2026',
    explanation: 'Voor de jaarlijkse lekcontrole hebben wij ook de nieuwe koelcellen nodig.',
    level: 'location',
  });
}

/** An owner shares everything with its contractor, who shares a part on; of that, some is lent on and some returned. */
function maintenanceContract({ noordlicht, koudewacht, polderklimaat, tunnbro }: Catalogues): Thread {
  const [shops, offices] = noordlicht as [KeptCustomer, KeptCustomer];
  const [ownShops] = koudewacht as [KeptCustomer];
  const [ownFirst, ownSecond] = ownShops.locations as [KeptLocation, KeptLocation];
  const [first, second, ...others] = shops.locations as [KeptLocation, KeptLocation, ...KeptLocation[]];
  const contract = new DemoShare({
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Onderhoudscontract 2026',
    explanation: 'Wij nemen het onderhoud per 1 januari over en willen de logboeken voortzetten.',
    level: 'customer',
  });
  const copied = copying([offices], offices.locations);
  const step = {
    ...copied,
    customers: [...(copied.customers ?? []), { source: shops.id, target: { customerId: ownShops.id } }],
    locations: [
      ...(copied.locations ?? []),
      { source: first.id, target: { locationId: ownFirst.id } },
      { source: second.id, target: { locationId: ownSecond.id } },
      ...others.map(({ id }) => ({ source: id, target: { create: true } as const })),
    ],
    installations: [...copied.installations, ...copying([shops]).installations],
  };

  const subcontract = new DemoShare({
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Onderaanneming winkels',
    level: 'location',
  });
  const [ownPartner] = polderklimaat as [KeptCustomer];
  const givenOn = [ownFirst, ownSecond];
  const fromOwner = installationsOf([first, second]);
  // The contractor's own installations at those locations are shared on together with those merged into them.
  const takenOver = [...installationsOf(givenOn), ...fromOwner].map((installationId) => ({
    installationId,
    target: { followsLocation: true as const },
  }));

  const loan = new DemoShare({
    requester: 'tunnbro',
    provider: 'polderklimaat',
    name: 'Storingsdienst in de vakantie',
    level: 'installation',
  });
  const lent = fromOwner.slice(0, 3);
  const [, ownDairy] = tunnbro as [KeptCustomer, KeptCustomer];
  const [lender] = ownDairy.locations as [KeptLocation];
  const [returned] = lent as [string];

  return [
    ...contract.untilAvailable({ accessType: 'installation-manager', selection: [shops.id, offices.id] }),
    ...contract.process(step),
    ...subcontract.untilAvailable({
      accessType: 'subcontractor',
      selection: givenOn.map(({ id }) => id),
      documentIdentity: 'giver',
    }),
    ...subcontract.process({ ...copyingUnder(ownPartner, givenOn), installations: takenOver }),
    ...fromOwner
      .slice(0, 4)
      .map((installationId) =>
        workOrder('polderklimaat', installationId, 'Half-yearly leak check as subcontractor: no leak found'),
      ),
    ...loan.untilAvailable({ accessType: 'on-loan', selection: lent }),
    ...loan.process(takingInto(lender, lent)),
    command(
      'ReturnAccess',
      companies.tunnbro.administrator,
      { installationId: returned, grantId: grantIdOf(loan.id, returned) },
      returned,
    ),
  ];
}

/** A hospital's contractor revokes its subcontractor's access: whoever was given access from there loses it too. */
function subcontractorLeaves({ sonnental, hellberg, brennerkaelte, meridien }: Catalogues): Thread {
  const [clinic] = sonnental as [KeptCustomer];
  const [ownClinic] = hellberg as [KeptCustomer];
  const [partner] = brennerkaelte as [KeptCustomer];
  const [partnerLocation] = partner.locations as [KeptLocation];
  const [cheese] = meridien as [KeptCustomer];
  const [cheeseLocation] = cheese.locations as [KeptLocation];
  const all = installationsOf(clinic.locations);
  const chillers = all.slice(0, 8);
  const lent = chillers.slice(0, 4);

  const manager = new DemoShare({
    requester: 'hellberg',
    provider: 'sonnental',
    name: 'Betriebsführung Kälte',
    level: 'location',
  });
  const subcontract = new DemoShare({
    requester: 'brennerkaelte',
    provider: 'hellberg',
    name: 'Wartung Kaltwassersätze',
    level: 'installation',
  });
  const loan = new DemoShare({
    requester: 'meridien',
    provider: 'brennerkaelte',
    name: 'Renfort équipe de nuit',
    level: 'installation',
  });
  return [
    ...manager.untilAvailable({
      accessType: 'installation-manager',
      selection: clinic.locations.map(({ id }) => id),
    }),
    ...manager.process(copyingUnder(ownClinic, clinic.locations)),
    ...subcontract.untilAvailable({ accessType: 'subcontractor', selection: chillers }),
    ...subcontract.process(takingInto(partnerLocation, chillers)),
    ...loan.untilAvailable({ accessType: 'on-loan', selection: lent }),
    ...loan.process(takingInto(cheeseLocation, lent)),
    ...lent
      .slice(0, 2)
      .map((id) => workOrder('meridien', id, 'Night call: high-pressure cut-out reset, fan relay replaced')),
    subcontract.revoke('Rahmenvertrag beendet'),
  ];
}

/** Half of the branches are taken over, the others are still on offer. */
function supermarketsHalfTakenOver({ alpenfrisch }: Catalogues): Thread {
  const [branches] = alpenfrisch as [KeptCustomer];
  const share = new DemoShare({
    requester: 'brennerkaelte',
    provider: 'alpenfrisch',
    name: 'Filialen Tirol',
    level: 'customer',
  });
  return [
    ...share.untilAvailable({ accessType: 'installation-manager', selection: [branches.id] }),
    ...share.process(copying([branches], branches.locations.slice(0, 3))),
  ];
}

/** A package that nobody has processed yet, and one that was revoked before anybody did. */
function hotelsToBeProcessed({ brisa }: Catalogues): Thread {
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
    ...mistaken.untilAvailable({
      accessType: 'subcontractor',
      selection: installationsOf([hotel]),
    }),
    mistaken.revoke('Selección equivocada'),
    ...share.untilAvailable({ accessType: 'installation-manager', selection: [coast.id] }),
  ];
}

/** An owner asks its contractor for the installations in its own buildings, and becomes their operator. */
function ownerTakesOver({ tunnbro }: Catalogues): Thread {
  const [halls] = tunnbro as [KeptCustomer];
  const share = new DemoShare({
    requester: 'fjordkol',
    provider: 'tunnbro',
    name: 'Egne anlæg',
    level: 'customer',
  });
  return [
    ...share.untilAvailable({ accessType: 'operator', selection: [halls.id] }),
    ...share.process(copying([halls])),
  ];
}

/** Some of what a subcontractor was given is revoked; it keeps the rest. */
function partOfTheDairies({ meridien, koudewacht }: Catalogues): Thread {
  const [cheese] = meridien as [KeptCustomer];
  const [, dairy] = koudewacht as [KeptCustomer, KeptCustomer];
  const [ownLocation] = dairy.locations as [KeptLocation];
  const lent = installationsOf(cheese.locations).slice(-6);
  const share = new DemoShare({
    requester: 'koudewacht',
    provider: 'meridien',
    name: 'Campagne de détection de fuites',
    level: 'installation',
  });
  return [
    ...share.untilAvailable({ accessType: 'subcontractor', selection: lent }),
    ...share.process(takingInto(ownLocation, lent)),
    share.revoke('Machines remplacées', lent.slice(0, 2)),
  ];
}

/** When the connection ends, the approved share stays and the open request is cancelled. */
function connectionEnded({ brisa, meridien }: Catalogues): Thread {
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
    ...share.untilAvailable({ accessType: 'installation-manager', selection: hotel.map(({ id }) => id) }),
    ...share.process({
      ...copyingUnder(market, hotel),
      installations: others,
      decline: first === undefined ? [] : [first.installationId],
    }),
    open.request(),
    command('EndConnection', companies.brisa.administrator, { connectionId }, connectionId),
  ];
}

function refusedAndWithdrawn(): Thread {
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
    rejected.request(),
    rejected.reject('Bitte zuerst den Rahmenvertrag unterschreiben'),
    cancelled.request(),
    cancelled.cancel(),
  ];
}

function toBeEvaluated(): Thread {
  return [
    new DemoShare({
      requester: 'sonnental',
      provider: 'hellberg',
      name: 'Anlagen in unseren Häusern',
      explanation: 'Als Betreiber möchten wir die Logbücher selbst führen.',
      level: 'location',
    }).request(),
    new DemoShare({
      requester: 'brennerkaelte',
      provider: 'alpenfrisch',
      name: 'Zentrallager',
      level: 'location',
    }).request(),
  ];
}

function workOrder(
  holder: 'polderklimaat' | 'meridien',
  installationId: string,
  summary: string,
): DemoCommand {
  const { technician, name } = companies[holder];
  const activityId = demoId('activity', installationId, holder);
  return command(
    'AddActivity',
    technician,
    {
      installationId,
      activityId,
      kind: 'work-order',
      performedOn: '2026-01-08',
      summary,
      performedBy: name,
      leakFound: false,
    },
    activityId,
  );
}
