import { randomUUID } from 'node:crypto';
import type { Position } from '#event-store';
import { beginViews } from '../../programs/shared-stores.ts';
import { databaseAt, dropDatabase } from '../../servers/mongodb/database.ts';
import { withChild } from '../child.ts';

/** Real servers to measure instead, which may hold other events and databases. */
const { ESDB_URL, MONGO_URL } = process.env;

/** The URLs of the servers. */
export interface Servers {
  readonly events: string;
  readonly views: string;
}

/** Runs `use` with the test servers, or with real ones where they are named. */
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
 * Runs `use` with a new database. Its views begin as if they had been built up to `position`: they
 * skip the earlier part of the log.
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
