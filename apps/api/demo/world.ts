import type { Calendar } from './calendar.ts';
import { inventCatalogues, locationsOf, locationThread } from './catalogue.ts';
import { companies, platformOperator } from './companies.ts';
import { connectionStories, connectionThreads } from './connections.ts';
import { Random } from './random.ts';
import { type Chapter, chaptersOf, command, type Story, scene } from './steps.ts';
import { lastRequest, stories } from './stories.ts';

const SEED = 20_260_101;

const accounts = Object.values(companies).map(({ id, kind, name, details }) => [
  command('RegisterAccount', platformOperator, { accountId: id, kind, name, company: details }, id),
]);

/** The stream that is written first: without it, nothing of the demo world exists. */
export const FIRST_STREAM = `account-${companies.noordlicht.id}`;

/** The stream that is written last: once it exists, the demo world is complete. */
export const LAST_STREAM = `share-${lastRequest().id}`;

/** A small demo world of invented companies, in order: the same each time for one calendar. */
export function demoWorld(calendar: Calendar): readonly Chapter[] {
  const catalogues = inventCatalogues(new Random(SEED), calendar.lastYear);
  const [first, ...others] = accounts;
  const customers = Object.values(catalogues).flat();
  const at = calendar.beginning;
  return [
    { title: 'companies', at, threads: first === undefined ? [] : [first] },
    { title: 'more companies', at, threads: others },
    {
      title: 'connections and customers',
      at,
      threads: [...connectionThreads(), ...customers.map(({ add }) => [add])],
    },
    {
      title: 'installations and their logbooks',
      at,
      threads: Object.values(catalogues).flatMap((catalogue) => locationsOf(catalogue).map(locationThread)),
    },
    ...chaptersOf([
      ...connectionStories(calendar),
      ...stories(catalogues, calendar),
      ...inboxesRead(calendar),
    ]),
    { title: 'the last request', at: calendar.hoursAgo(1), threads: [[lastRequest().request()]] },
  ];
}

/** What is older than some days was read, at every company. */
function inboxesRead(calendar: Calendar): readonly Story[] {
  return Object.values(companies).map(({ key, administrator }) => [
    scene(calendar.in(1, 'wednesday'), command('ReadAllNotifications', administrator, {}, key)),
  ]);
}
