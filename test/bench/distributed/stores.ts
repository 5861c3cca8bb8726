import { randomUUID } from 'node:crypto';
import type { Position } from '#event-store';
import { beginViews } from '../../programs/shared-stores.ts';
import { databaseAt, dropDatabase } from '../../servers/mongodb/database.ts';
import { withChild } from '../child.ts';

/** Real servers to measure instead, which may hold others' events and databases too. */
const { ESDB_URL, MONGO_URL } = process.env;

/** The URLs of the servers. */
export interface Servers {
  readonly events: string;
  readonly views: string;
}

/** The servers the tests use, unless real ones are named, for as long as `use` runs. */
export function withServers<Result>(use: (servers: Servers) => Promise<Result>): Promise<Result> {
  return withServer('event-store', ESDB_URL, (events) =>
    withServer('view-store', MONGO_URL, (views) => use({ events, views })),
  );
}

function withServer<Result>(
  name: 'event-store' | 'view-store',
  real: string | undefined,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  if (real !== undefined) return use(real);
  return withChild(`distributed/${name}-server.js`, [], ({ url }: { url: string }) => use(url));
}

/**
 * A database of its own, for as long as `use` runs. Its views begin as if they had been built up to `position`: they
 * need not go through what else there is in the log.
 */
export async function withViews<Result>(
  server: string,
  position: Position,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const url = databaseAt(server, `tessera-bench-${randomUUID()}`);
  try {
    await beginViews(url, position);
    return await use(url);
  } finally {
    await dropDatabase(url);
  }
}
