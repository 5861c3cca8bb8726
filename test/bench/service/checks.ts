import { NestFactory } from '@nestjs/core';
import { QueryBus } from '@nestjs/cqrs';
import { type AccessCheck, applicationModule, CheckAccess, systemClock } from '#application';
import { START } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { projections } from '#projections';
import { ProjectionViews } from '#subscriptions';
import { SqliteViewReader } from '#view-store/sqlite';
import { viewsPath } from '../../../apps/worker/index.ts';
import { type Figure, rate } from '../figures.ts';
import { timed } from '../measuring.ts';
import type { Companies } from './companies.ts';
import { allOf } from './history.ts';

const BULK = 1_000;

/** Access checks of the requester for installations it took over, a thousand per request. */
export async function measureChecks(
  directory: string,
  { provider, requester }: Companies,
  times: number,
): Promise<Figure> {
  const eventStore = await SqliteEventStore.open({ directory });
  const views = new ProjectionViews(new SqliteViewReader({ path: viewsPath(directory) }), projections);
  const application = await NestFactory.createApplicationContext(
    applicationModule({
      eventStore,
      views,
      clock: systemClock,
      revocationWindow: { kind: 'window', milliseconds: 1, from: 'placed' },
      tokenKey: Buffer.alloc(32, 2),
    }),
    { logger: false },
  );
  try {
    const checks: AccessCheck[] = [];
    for await (const { data } of allOf(eventStore, START, 'InstallationRegistered')) {
      checks.push({ account: requester, installation: data.installationId, action: 'add-activity' });
      if (checks.length === BULK) break;
    }
    const queries = application.get(QueryBus);
    const caller = { account: provider, user: 'bench', roles: ['administrator'] } as const;
    const check = async () => {
      const { results } = await queries.execute(new CheckAccess(caller, checks));
      if (!results.every(({ allowed }) => allowed)) throw new Error('An access check was refused.');
    };
    await check();
    const measured = await timed(checks.length * times, async () => {
      for (let time = 0; time < times; time++) await check();
    });
    return rate('access.checks', [measured], 'checks/s');
  } finally {
    await application.close();
    await views.close();
    await eventStore.close();
  }
}
