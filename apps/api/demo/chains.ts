// Access that is given on, from company to company.
import { grantIdOf } from '#processes';
import type { Calendar } from './calendar.ts';
import { type Catalogues, installationsOf, type KeptCustomer, type KeptLocation } from './catalogue.ts';
import { companies } from './companies.ts';
import { copying, copyingUnder, DemoShare, takingInto, workOrder } from './shares.ts';
import { command, type Story, scene, waitForShare } from './steps.ts';

/** An owner shares everything with its contractor, who shares a part on; of that, some is given on loan and some returned. */
export function maintenanceContract(
  { noordlicht, koudewacht, polderklimaat, tunnbro }: Catalogues,
  calendar: Calendar,
): Story {
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
  const loaned = fromOwner.slice(0, 3);
  const [, ownDairy] = tunnbro as [KeptCustomer, KeptCustomer];
  const [lender] = ownDairy.locations as [KeptLocation];
  const [returned] = loaned as [string];

  return [
    scene(calendar.in(11, 'monday'), contract.request()),
    scene(
      calendar.in(11, 'wednesday'),
      ...contract.give({ accessType: 'installation-manager', selection: [shops.id, offices.id] }),
    ),
    scene(calendar.in(11, 'friday'), ...contract.process(step)),
    scene(calendar.in(10, 'monday'), subcontract.request()),
    scene(
      calendar.in(10, 'friday'),
      ...subcontract.give({
        accessType: 'subcontractor',
        selection: givenOn.map(({ id }) => id),
        documentIdentity: 'giver',
      }),
    ),
    scene(
      calendar.in(9, 'monday'),
      ...subcontract.process({ ...copyingUnder(ownPartner, givenOn), installations: takenOver }),
    ),
    ...fromOwner.slice(0, 4).map((installationId, index) => {
      const at = calendar.in(8 - index, 'friday');
      const summary = 'Half-yearly leak check as subcontractor: no leak found';
      return scene(at, workOrder('polderklimaat', installationId, at, summary));
    }),
    scene(calendar.in(4, 'monday'), loan.request()),
    scene(calendar.in(4, 'wednesday'), ...loan.give({ accessType: 'on-loan', selection: loaned })),
    scene(calendar.in(4, 'friday'), ...loan.process(takingInto(lender, loaned))),
    scene(
      calendar.in(1, 'wednesday'),
      command(
        'ReturnAccess',
        companies.tunnbro.administrator,
        { installationId: returned, grantId: grantIdOf(loan.id, returned) },
        returned,
      ),
    ),
  ];
}

/** A hospital's contractor revokes its subcontractor's access, and with it the access given on from there. */
export function subcontractorLeaves(
  { sonnental, hellberg, brennerkaelte, meridien }: Catalogues,
  calendar: Calendar,
): Story {
  const [clinic] = sonnental as [KeptCustomer];
  const [ownClinic] = hellberg as [KeptCustomer];
  const [partner] = brennerkaelte as [KeptCustomer];
  const [partnerLocation] = partner.locations as [KeptLocation];
  const [cheese] = meridien as [KeptCustomer];
  const [cheeseLocation] = cheese.locations as [KeptLocation];
  const all = installationsOf(clinic.locations);
  const chillers = all.slice(0, 8);
  const loaned = chillers.slice(0, 4);

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
    scene(calendar.in(11, 'monday'), manager.request()),
    scene(
      calendar.in(11, 'wednesday'),
      ...manager.give({
        accessType: 'installation-manager',
        selection: clinic.locations.map(({ id }) => id),
      }),
    ),
    scene(calendar.in(11, 'friday'), ...manager.process(copyingUnder(ownClinic, clinic.locations))),
    scene(calendar.in(9, 'monday'), subcontract.request()),
    scene(
      calendar.in(9, 'wednesday'),
      ...subcontract.give({ accessType: 'subcontractor', selection: chillers }),
    ),
    scene(calendar.in(9, 'friday'), ...subcontract.process(takingInto(partnerLocation, chillers))),
    scene(calendar.in(7, 'monday'), loan.request()),
    scene(calendar.in(7, 'wednesday'), ...loan.give({ accessType: 'on-loan', selection: loaned })),
    scene(calendar.in(7, 'friday'), ...loan.process(takingInto(cheeseLocation, loaned))),
    ...loaned.slice(0, 2).map((id, index) => {
      const at = calendar.in(5 - index, 'monday');
      const summary = 'Night call: high-pressure cut-out reset, fan relay replaced';
      return scene(at, workOrder('meridien', id, at, summary));
    }),
    scene(
      calendar.in(2, 'friday'),
      subcontract.revoke('Rahmenvertrag beendet'),
      waitForShare(loan.id, 'ShareItemsWithdrawn'),
    ),
  ];
}

/** The same between Belgian companies, without a revocation. */
export function supermarketContract(
  { vlasbroek, scheldekoel, kempenklima, leiekoeling }: Catalogues,
  calendar: Calendar,
): Story {
  const [markets] = vlasbroek as [KeptCustomer];
  const [ownMarkets] = scheldekoel as [KeptCustomer];
  const [partner] = kempenklima as [KeptCustomer];
  const [partnerLocation] = partner.locations as [KeptLocation];
  const [vegetables] = leiekoeling as [KeptCustomer];
  const [store] = vegetables.locations as [KeptLocation];
  const east = markets.locations.slice(0, 2);
  const loaned = installationsOf(east).slice(0, 3);
  const contract = new DemoShare({
    requester: 'scheldekoel',
    provider: 'vlasbroek',
    name: 'Onderhoudscontract supermarkten',
    explanation: 'Zoals besproken nemen wij alle koelinstallaties van de supermarkten in onderhoud.',
    level: 'customer',
  });
  const subcontract = new DemoShare({
    requester: 'kempenklima',
    provider: 'scheldekoel',
    name: 'Onderaanneming supermarkten oost',
    level: 'location',
  });
  const loan = new DemoShare({
    requester: 'leiekoeling',
    provider: 'kempenklima',
    name: 'Vervanging tijdens het bouwverlof',
    level: 'installation',
  });
  return [
    scene(calendar.in(11, 'monday'), contract.request()),
    scene(
      calendar.in(11, 'friday'),
      ...contract.give({ accessType: 'installation-manager', selection: [markets.id] }),
    ),
    scene(calendar.in(10, 'monday'), ...contract.process(copyingUnder(ownMarkets, markets.locations))),
    scene(calendar.in(9, 'monday'), subcontract.request()),
    scene(
      calendar.in(9, 'wednesday'),
      ...subcontract.give({
        accessType: 'subcontractor',
        selection: installationsOf(east),
        level: 'installation',
        documentIdentity: 'giver',
      }),
    ),
    scene(
      calendar.in(8, 'monday'),
      ...subcontract.process(takingInto(partnerLocation, installationsOf(east))),
    ),
    scene(calendar.in(3, 'monday'), loan.request()),
    scene(calendar.in(3, 'wednesday'), ...loan.give({ accessType: 'on-loan', selection: loaned })),
    scene(calendar.in(3, 'friday'), ...loan.process(takingInto(store, loaned))),
    ...loaned.map((installationId, index) => {
      const at = calendar.in(2, index === 0 ? 'monday' : 'wednesday');
      return scene(
        at,
        workOrder('leiekoeling', installationId, at, 'Ontdooicyclus nagekeken, drukken in orde, geen lek'),
      );
    }),
  ];
}
