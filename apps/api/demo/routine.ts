// What goes on between the same companies week after week.
import type { AccessType } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import {
  type Calendar,
  CLOSES_TOMORROW,
  CLOSES_WITHIN_HOURS,
  type Part,
  THIS_MORNING,
  YESTERDAY,
} from './calendar.ts';
import { type Catalogues, installationsOf, type KeptCustomer, type KeptLocation } from './catalogue.ts';
import type { CompanyKey } from './companies.ts';
import { copyingUnder, DemoShare, workOrder } from './shares.ts';
import { type Scene, type Story, scene } from './steps.ts';

/** In a week before this one, or so many hours ago. */
type When = readonly [weeks: number, part: Part] | number;

/** One request, and how far it has come. */
interface Errand {
  readonly requester: CompanyKey;
  readonly provider: CompanyKey;
  readonly name: string;
  readonly explanation?: string;
  readonly asked: When;
  readonly cancelled?: When;
  readonly rejected?: readonly [When, reason: string];
  readonly given?: readonly [When, AccessType];
  /** Under which of its customers the requester puts it; the first by default. */
  readonly under?: number;
  /** With the work that was done then. */
  readonly takenOver?: readonly [When, work: string];
  readonly revoked?: readonly [When, reason: string];
}

const ERRANDS: readonly Errand[] = [
  // An owner of buildings and its contractor.
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Parkeergarages, eerste ronde',
    asked: [10, 'monday'],
    given: [[10, 'friday'], 'installation-manager'],
    takenOver: [[9, 'monday'], 'Opname: koudemiddel en vulling gecontroleerd, sticker aangebracht'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Serverruimten alle kantoren',
    explanation: 'Voor een offerte willen wij de serverruimten meenemen.',
    asked: [9, 'wednesday'],
    rejected: [[8, 'wednesday'], 'De serverruimten blijven bij de leverancier'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Spoed: ventilatie parkeergarage',
    asked: [7, 'wednesday'],
    given: [[7, 'wednesday'], 'on-loan'],
    takenOver: [[7, 'friday'], 'Ventilatormotor vervangen, proefgedraaid'],
    revoked: [[6, 'monday'], 'De storing is verholpen'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Parkeergarages, tweede ronde',
    asked: [6, 'monday'],
    given: [[6, 'wednesday'], 'installation-manager'],
    takenOver: [[6, 'friday'], 'Opname: lekdichtheid gecontroleerd, geen lek'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Laadstations (dubbel)',
    asked: [5, 'monday'],
    cancelled: [5, 'wednesday'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Vervanging luchtbehandeling',
    asked: [4, 'monday'],
    given: [[3, 'friday'], 'installation-manager'],
    takenOver: [[2, 'monday'], 'Nieuwe compressor geplaatst, 4,2 kg R-32 gevuld'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Parkeergarage Boulevard',
    asked: [1, 'wednesday'],
    given: [CLOSES_WITHIN_HOURS, 'installation-manager'],
    takenOver: [CLOSES_WITHIN_HOURS, 'Opname bij overname van het onderhoud'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Parkeergarage Stationsplein',
    asked: [1, 'friday'],
    given: [CLOSES_TOMORROW, 'installation-manager'],
    takenOver: [CLOSES_TOMORROW, 'Opname bij overname van het onderhoud'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Wintercontrole parkeergarages',
    explanation: 'Deze garage staat nog niet in ons onderhoudsplan.',
    asked: YESTERDAY,
    given: [THIS_MORNING, 'installation-manager'],
  },
  {
    requester: 'noordlicht',
    provider: 'koudewacht',
    name: 'Logboeken van de oude winkels',
    asked: [8, 'monday'],
    rejected: [[8, 'friday'], 'Die winkels waren niet van u toen wij er werkten'],
  },
  {
    requester: 'noordlicht',
    provider: 'koudewacht',
    name: 'Koelcellen Kralingen',
    asked: [4, 'wednesday'],
    cancelled: [4, 'friday'],
  },
  {
    requester: 'noordlicht',
    provider: 'koudewacht',
    name: 'Machines die u bij ons hebt geregistreerd',
    explanation: 'Als eigenaar willen wij ook deze logboeken kunnen inzien.',
    asked: YESTERDAY,
  },
  // A contractor and its subcontractor.
  {
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Zorgcentra, lekcontroles najaar',
    asked: [10, 'wednesday'],
    given: [[10, 'friday'], 'subcontractor'],
    takenOver: [[9, 'friday'], 'Lekcontrole uitgevoerd, geen lek gevonden'],
  },
  {
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Storingsdienst weekend',
    asked: [8, 'friday'],
    given: [[8, 'friday'], 'on-loan'],
    takenOver: [[7, 'monday'], 'Hogedrukstoring gereset, condensor gereinigd'],
    revoked: [[7, 'wednesday'], 'Weekenddienst voorbij'],
  },
  {
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Zorgcentra, tweede deel',
    asked: [4, 'wednesday'],
    given: [[3, 'monday'], 'subcontractor'],
    takenOver: [[3, 'wednesday'], 'Lekcontrole uitgevoerd, flensverbinding nagetrokken'],
  },
  {
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Keukenkoeling zorgcentra',
    asked: [2, 'wednesday'],
    rejected: [[1, 'monday'], 'Die doen wij zelf, in het voorjaar'],
  },
  {
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Zorgcentrum, inregelen warmtepomp',
    asked: [1, 'friday'],
    given: [YESTERDAY, 'subcontractor'],
  },
  {
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Storingsdienst feestdagen',
    explanation: 'Graag voor de machines die vorig jaar stilvielen.',
    asked: THIS_MORNING,
  },
  // A chain of supermarkets and its contractor.
  {
    requester: 'scheldekoel',
    provider: 'vlasbroek',
    name: 'Buurtwinkels Gent',
    asked: [9, 'monday'],
    given: [[9, 'wednesday'], 'installation-manager'],
    takenOver: [[9, 'friday'], 'Opname koelmeubels, labels aangebracht'],
  },
  {
    requester: 'scheldekoel',
    provider: 'vlasbroek',
    name: 'Buurtwinkels kust',
    asked: [7, 'monday'],
    given: [[7, 'friday'], 'installation-manager'],
    takenOver: [[6, 'wednesday'], 'Opname koelmeubels, twee lekken hersteld'],
  },
  {
    requester: 'scheldekoel',
    provider: 'vlasbroek',
    name: 'Hoofdkantoor',
    asked: [5, 'friday'],
    rejected: [[4, 'monday'], 'Het hoofdkantoor huurt zijn installaties'],
  },
  {
    requester: 'scheldekoel',
    provider: 'vlasbroek',
    name: 'Winkel in verbouwing',
    asked: [3, 'monday'],
    given: [[2, 'friday'], 'subcontractor'],
    takenOver: [[1, 'monday'], 'Installatie leeggehaald voor de verbouwing'],
  },
  {
    requester: 'scheldekoel',
    provider: 'vlasbroek',
    name: 'Nieuwe buurtwinkel',
    asked: [1, 'wednesday'],
    given: [CLOSES_WITHIN_HOURS, 'installation-manager'],
    takenOver: [CLOSES_WITHIN_HOURS, 'Indienstname, lekdichtheid gecontroleerd'],
  },
  {
    requester: 'scheldekoel',
    provider: 'vlasbroek',
    name: 'Buurtwinkels Limburg',
    asked: YESTERDAY,
  },
  {
    requester: 'vlasbroek',
    provider: 'scheldekoel',
    name: 'Machines in onze supermarkten',
    explanation: 'Wij voeren het koudemiddelregister voortaan zelf.',
    asked: THIS_MORNING,
  },
  {
    requester: 'kempenklima',
    provider: 'scheldekoel',
    name: 'Campus, noodkoeling operatiekwartier',
    asked: [8, 'wednesday'],
    given: [[8, 'wednesday'], 'on-loan'],
    takenOver: [[8, 'friday'], 'Noodkoeling geplaatst en getest'],
    revoked: [[6, 'friday'], 'De vaste installatie draait weer'],
  },
  {
    requester: 'kempenklima',
    provider: 'scheldekoel',
    name: 'Campus, jaarlijkse controle',
    asked: [5, 'monday'],
    given: [[4, 'friday'], 'subcontractor'],
    takenOver: [[3, 'monday'], 'Jaarlijkse controle, geen opmerkingen'],
  },
  {
    requester: 'kempenklima',
    provider: 'scheldekoel',
    name: 'Campus, apotheekkoeling',
    asked: [1, 'monday'],
    given: [YESTERDAY, 'subcontractor'],
  },
  {
    requester: 'koudewacht',
    provider: 'scheldekoel',
    name: 'Grensdienst Zeeuws-Vlaanderen',
    explanation: 'Onze monteurs zijn er sneller dan de uwe.',
    asked: [2, 'friday'],
    given: [[1, 'monday'], 'on-loan'],
    under: 3,
    takenOver: [[1, 'wednesday'], 'Storing verholpen: vlotterschakelaar vervangen'],
  },
];

/** Each errand is about the next location of what its provider keeps for that. */
export function routine(catalogues: Catalogues, calendar: Calendar): readonly Story[] {
  const next = new Map<CompanyKey, number>();
  return ERRANDS.map((errand) => {
    const { provider } = errand;
    const [reserved] = catalogues[provider].slice(-1) as [KeptCustomer];
    const index = next.get(provider) ?? 0;
    if (errand.given) next.set(provider, index + 1);
    const location = reserved.locations[index];
    if (location === undefined) throw new Error(`${provider} keeps too few locations for its errands.`);
    return scenesOf(errand, location, catalogues, calendar);
  });
}

function scenesOf(errand: Errand, location: KeptLocation, catalogues: Catalogues, calendar: Calendar): Story {
  const { requester, provider, name, explanation, asked, cancelled, rejected, given, takenOver, revoked } =
    errand;
  const at = (when: When): Instant =>
    typeof when === 'number' ? calendar.hoursAgo(when) : calendar.in(...when);
  const share = new DemoShare({ requester, provider, name, explanation, level: 'location' });
  const customer = catalogues[requester][errand.under ?? 0] as KeptCustomer;
  const scenes: Scene[] = [scene(at(asked), share.request())];
  if (cancelled) scenes.push(scene(at(cancelled), share.cancel()));
  if (rejected) scenes.push(scene(at(rejected[0]), share.reject(rejected[1])));
  if (given) {
    const [when, accessType] = given;
    scenes.push(scene(at(when), ...share.give({ accessType, selection: [location.id] })));
  }
  if (takenOver) {
    const [when, work] = takenOver;
    const orders = installationsOf([location]).map((id) => workOrder(requester, id, at(when), work));
    scenes.push(scene(at(when), ...share.process(copyingUnder(customer, [location])), ...orders));
  }
  if (revoked) scenes.push(scene(at(revoked[0]), share.revoke(revoked[1])));
  return scenes;
}
