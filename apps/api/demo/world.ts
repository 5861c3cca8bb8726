import { inventCatalogues, locationsOf, locationThread } from './catalogue.ts';
import { companies, platformOperator } from './companies.ts';
import { connectionThreads } from './connections.ts';
import { Random } from './random.ts';
import { type Chapter, command } from './steps.ts';
import { lastRequest, storyThreads } from './stories.ts';

/** Everything that happens in the demo world, in order. */
export interface DemoWorld {
  readonly chapters: readonly Chapter[];
  /** The stream that is written first: without it, nothing of the demo world exists. */
  readonly firstStream: string;
  /** The stream that is written last: once it exists, the demo world is complete. */
  readonly lastStream: string;
}

const SEED = 20_260_101;

/** A small demo world of invented companies, the same each time. */
export function demoWorld(): DemoWorld {
  const catalogues = inventCatalogues(new Random(SEED));
  const [first, ...others] = Object.values(companies).map(({ id, kind, name, details }) => [
    command('RegisterAccount', platformOperator, { accountId: id, kind, name, company: details }, id),
  ]);
  const customers = Object.values(catalogues).flat();
  const last = lastRequest();
  return {
    chapters: [
      { title: 'companies', threads: first === undefined ? [] : [first] },
      { title: 'more companies', threads: others },
      {
        title: 'connections and customers',
        threads: [...connectionThreads(), ...customers.map(({ add }) => [add])],
      },
      {
        title: 'installations and their logbooks',
        threads: Object.values(catalogues).flatMap((catalogue) => locationsOf(catalogue).map(locationThread)),
      },
      { title: 'shares', threads: storyThreads(catalogues) },
      { title: 'the last request', threads: [[last.request()]] },
    ],
    firstStream: `account-${companies.noordlicht.id}`,
    lastStream: `share-${last.id}`,
  };
}
