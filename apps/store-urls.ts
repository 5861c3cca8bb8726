import type { Environment } from './environment.ts';

/** Where the stores of the distributed mode are; both hold passwords: never log or return them. */
export interface StoreUrls {
  readonly events: string;
  readonly views: string;
}

const EVENT_STORE = /^esdb(?:\+discover)?:\/\/\S+$/;
const VIEW_STORE = /^mongodb(?:\+srv)?:\/\/[^/\s]+\/[^/?\s]+(?:\?\S*)?$/;

/** Whether it can be the URL of an event store that processes share. */
const isEventStoreUrl = (url: string) => EVENT_STORE.test(url);

/** Whether it can be the URL of a view store that processes share, with the name of its database. */
const isViewStoreUrl = (url: string) => VIEW_STORE.test(url);

/** The stores' URLs, or `undefined` for the embedded stores. */
export function readStoreUrls(env: Environment): StoreUrls | undefined {
  const events = env.optional('EVENT_STORE_URL');
  const views = env.optional('VIEW_STORE_URL');
  if (events === undefined && views === undefined) return undefined;
  if (events === undefined || !isEventStoreUrl(events)) {
    env.fault('EVENT_STORE_URL must be an esdb:// connection string when VIEW_STORE_URL is set.');
  }
  if (views === undefined || !isViewStoreUrl(views)) {
    env.fault('VIEW_STORE_URL must be mongodb://<hosts>/<database> when EVENT_STORE_URL is set.');
  }
  return { events: events ?? '', views: views ?? '' };
}
