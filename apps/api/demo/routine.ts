// Shares between the same companies week after week.
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

/** One share: its request, and what happened to it when. */
interface RoutineShare {
  readonly requester: CompanyKey;
  readonly provider: CompanyKey;
  readonly name: string;
  readonly explanation?: string;
  readonly requested: When;
  readonly cancelled?: When;
  readonly rejected?: readonly [When, reason: string];
  readonly given?: readonly [When, AccessType];
  /** Under which of its customers the requester puts it; the first by default. */
  readonly under?: number;
  /** With the work that was done then. */
  readonly processed?: readonly [When, work: string];
  readonly revoked?: readonly [When, reason: string];
}

const ROUTINE_SHARES: readonly RoutineShare[] = [
  // An owner of buildings and its contractor.
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Parkeergarages, eerste ronde',
    requested: [10, 'monday'],
    given: [[10, 'friday'], 'installation-manager'],
    processed: [[9, 'monday'], 'Opname: koudemiddel en vulling gecontroleerd, sticker aangebracht'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Serverruimten alle kantoren',
    explanation: 'Voor een offerte willen wij de serverruimten meenemen.',
    requested: [9, 'wednesday'],
    rejected: [[8, 'wednesday'], 'De serverruimten blijven bij de leverancier'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Spoed: ventilatie parkeergarage',
    requested: [7, 'wednesday'],
    given: [[7, 'wednesday'], 'on-loan'],
    processed: [[7, 'friday'], 'Ventilatormotor vervangen, proefgedraaid'],
    revoked: [[6, 'monday'], 'De storing is verholpen'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Parkeergarages, tweede ronde',
    requested: [6, 'monday'],
    given: [[6, 'wednesday'], 'installation-manager'],
    processed: [[6, 'friday'], 'Opname: lekdichtheid gecontroleerd, geen lek'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Laadstations (dubbel)',
    requested: [5, 'monday'],
    cancelled: [5, 'wednesday'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Vervanging luchtbehandeling',
    requested: [4, 'monday'],
    given: [[3, 'friday'], 'installation-manager'],
    processed: [[2, 'monday'], 'Nieuwe compressor geplaatst, 4,2 kg R-32 gevuld'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Parkeergarage Boulevard',
    requested: [1, 'wednesday'],
    given: [CLOSES_WITHIN_HOURS, 'installation-manager'],
    processed: [CLOSES_WITHIN_HOURS, 'Opname bij overname van het onderhoud'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Parkeergarage Stationsplein',
    requested: [1, 'friday'],
    given: [CLOSES_TOMORROW, 'installation-manager'],
    processed: [CLOSES_TOMORROW, 'Opname bij overname van het onderhoud'],
  },
  {
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Wintercontrole parkeergarages',
    explanation: 'Deze garage staat nog niet in ons onderhoudsplan.',
    requested: YESTERDAY,
    given: [THIS_MORNING, 'installation-manager'],
  },
  {
    requester: 'noordlicht',
    provider: 'koudewacht',
    name: 'Logboeken van de oude winkels',
    requested: [8, 'monday'],
    rejected: [[8, 'friday'], 'Die winkels waren niet van u toen wij er werkten'],
  },
  {
    requester: 'noordlicht',
    provider: 'koudewacht',
    name: 'Koelcellen Kralingen',
    requested: [4, 'wednesday'],
    cancelled: [4, 'friday'],
  },
  {
    requester: 'noordlicht',
    provider: 'koudewacht',
    name: 'Machines die u bij ons hebt geregistreerd',
    explanation: 'Als eigenaar willen wij ook deze logboeken kunnen inzien.',
    requested: YESTERDAY,
  },
  // A contractor and its subcontractor.
  {
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Zorgcentra, lekcontroles najaar',
    requested: [10, 'wednesday'],
    given: [[10, 'friday'], 'subcontractor'],
    processed: [[9, 'friday'], 'Lekcontrole uitgevoerd, geen lek gevonden'],
  },
  {
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Storingsdienst weekend',
    requested: [8, 'friday'],
    given: [[8, 'friday'], 'on-loan'],
    processed: [[7, 'monday'], 'Hogedrukstoring gereset, condensor gereinigd'],
    revoked: [[7, 'wednesday'], 'Weekenddienst voorbij'],
  },
  {
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Zorgcentra, tweede deel',
    requested: [4, 'wednesday'],
    given: [[3, 'monday'], 'subcontractor'],
    processed: [[3, 'wednesday'], 'Lekcontrole uitgevoerd, flensverbinding nagetrokken'],
  },
  {
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Keukenkoeling zorgcentra',
    requested: [2, 'wednesday'],
    rejected: [[1, 'monday'], 'Die doen wij zelf, in het voorjaar'],
  },
  {
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Zorgcentrum, inregelen warmtepomp',
    requested: [1, 'friday'],
    given: [YESTERDAY, 'subcontractor'],
  },
  {
    requester: 'polderklimaat',
    provider: 'koudewacht',
    name: 'Storingsdienst feestdagen',
    explanation: 'Graag voor de machines die vorig jaar stilvielen.',
    requested: THIS_MORNING,
  },
  // A chain of supermarkets and its contractor.
  {
    requester: 'scheldekoel',
    provider: 'vlasbroek',
    name: 'Buurtwinkels Gent',
    requested: [9, 'monday'],
    given: [[9, 'wednesday'], 'installation-manager'],
    processed: [[9, 'friday'], 'Opname koelmeubels, labels aangebracht'],
  },
  {
    requester: 'scheldekoel',
    provider: 'vlasbroek',
    name: 'Buurtwinkels kust',
    requested: [7, 'monday'],
    given: [[7, 'friday'], 'installation-manager'],
    processed: [[6, 'wednesday'], 'Opname koelmeubels, twee lekken hersteld'],
  },
  {
    requester: 'scheldekoel',
    provider: 'vlasbroek',
    name: 'Hoofdkantoor',
    requested: [5, 'friday'],
    rejected: [[4, 'monday'], 'Het hoofdkantoor huurt zijn installaties'],
  },
  {
    requester: 'scheldekoel',
    provider: 'vlasbroek',
    name: 'Winkel in verbouwing',
    requested: [3, 'monday'],
    given: [[2, 'friday'], 'subcontractor'],
    processed: [[1, 'monday'], 'Installatie leeggehaald voor de verbouwing'],
  },
  {
    requester: 'scheldekoel',
    provider: 'vlasbroek',
    name: 'Nieuwe buurtwinkel',
    requested: [1, 'wednesday'],
    given: [CLOSES_WITHIN_HOURS, 'installation-manager'],
    processed: [CLOSES_WITHIN_HOURS, 'Indienstname, lekdichtheid gecontroleerd'],
  },
  {
    requester: 'scheldekoel',
    provider: 'vlasbroek',
    name: 'Buurtwinkels Limburg',
    requested: YESTERDAY,
  },
  {
    requester: 'vlasbroek',
    provider: 'scheldekoel',
    name: 'Machines in onze supermarkten',
    explanation: 'Wij voeren het koudemiddelregister voortaan zelf.',
    requested: THIS_MORNING,
  },
  {
    requester: 'kempenklima',
    provider: 'scheldekoel',
    name: 'Campus, noodkoeling operatiekwartier',
    requested: [8, 'wednesday'],
    given: [[8, 'wednesday'], 'on-loan'],
    processed: [[8, 'friday'], 'Noodkoeling geplaatst en getest'],
    revoked: [[6, 'friday'], 'De vaste installatie draait weer'],
  },
  {
    requester: 'kempenklima',
    provider: 'scheldekoel',
    name: 'Campus, jaarlijkse controle',
    requested: [5, 'monday'],
    given: [[4, 'friday'], 'subcontractor'],
    processed: [[3, 'monday'], 'Jaarlijkse controle, geen opmerkingen'],
  },
  {
    requester: 'kempenklima',
    provider: 'scheldekoel',
    name: 'Campus, apotheekkoeling',
    requested: [1, 'monday'],
    given: [YESTERDAY, 'subcontractor'],
  },
  {
    requester: 'koudewacht',
    provider: 'scheldekoel',
    name: 'Grensdienst Zeeuws-Vlaanderen',
    explanation: 'Onze monteurs zijn er sneller dan de uwe.',
    requested: [2, 'friday'],
    given: [[1, 'monday'], 'on-loan'],
    under: 3,
    processed: [[1, 'wednesday'], 'Storing verholpen: vlotterschakelaar vervangen'],
  },
];

/** Each share is about the next location of its provider's catalogue for such shares. */
export function routine(catalogues: Catalogues, calendar: Calendar): readonly Story[] {
  const next = new Map<CompanyKey, number>();
  return ROUTINE_SHARES.map((routineShare) => {
    const { provider } = routineShare;
    const [reserved] = catalogues[provider].slice(-1) as [KeptCustomer];
    const index = next.get(provider) ?? 0;
    if (routineShare.given) next.set(provider, index + 1);
    const location = reserved.locations[index];
    if (location === undefined) throw new Error(`${provider} keeps too few locations for its shares.`);
    return scenesOf(routineShare, location, catalogues, calendar);
  });
}

function scenesOf(
  routineShare: RoutineShare,
  location: KeptLocation,
  catalogues: Catalogues,
  calendar: Calendar,
): Story {
  const {
    requester,
    provider,
    name,
    explanation,
    requested,
    cancelled,
    rejected,
    given,
    processed,
    revoked,
  } = routineShare;
  const at = (when: When): Instant =>
    typeof when === 'number' ? calendar.hoursAgo(when) : calendar.in(...when);
  const share = new DemoShare({ requester, provider, name, explanation, level: 'location' });
  const customer = catalogues[requester][routineShare.under ?? 0] as KeptCustomer;
  const scenes: Scene[] = [scene(at(requested), share.request())];
  if (cancelled) scenes.push(scene(at(cancelled), share.cancel()));
  if (rejected) scenes.push(scene(at(rejected[0]), share.reject(rejected[1])));
  if (given) {
    const [when, accessType] = given;
    scenes.push(scene(at(when), ...share.give({ accessType, selection: [location.id] })));
  }
  if (processed) {
    const [when, work] = processed;
    const orders = installationsOf([location]).map((id) => workOrder(requester, id, at(when), work));
    scenes.push(scene(at(when), ...share.process(copyingUnder(customer, [location])), ...orders));
  }
  if (revoked) scenes.push(scene(at(revoked[0]), share.revoke(revoked[1])));
  return scenes;
}
