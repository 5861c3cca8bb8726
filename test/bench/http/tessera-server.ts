// The service's own HTTP server and command side, with no worker beside it.
import { join } from 'node:path';
import { pino } from 'pino';
import { systemClock } from '#application';
import { ChangeFeed } from '#changes';
import { SqliteEventStore } from '#event-store/sqlite';
import { projections } from '#projections';
import { ProjectionViews } from '#subscriptions';
import { SqliteViewReader } from '#view-store/sqlite';
import { DevelopmentTokens, tokenVerifier } from '../../../apps/api/auth/tokens.ts';
import { LISTENER_LIMITS } from '../../../apps/api/changes/listeners.ts';
import { REQUESTS_UNDER_WAY } from '../../../apps/api/http/load-limit.ts';
import { Metrics } from '../../../apps/api/operations/metrics.ts';
import { createServer } from '../../../apps/api/server.ts';
import { MetricsAccess } from '../../../apps/metrics/access.ts';
import { serve } from './serving.ts';

const [directory, account] = process.argv.slice(2) as [string, string];
const tokens = new DevelopmentTokens(Buffer.alloc(32, 1));
const log = pino({ level: 'silent' });
const metrics = new Metrics();
const eventStore = await SqliteEventStore.open({ directory, committed: metrics.appended });
const views = new ProjectionViews(new SqliteViewReader({ path: join(directory, 'views.db') }), projections);
const app = await createServer({
  ports: {
    eventStore,
    views,
    clock: systemClock,
    revocationWindow: { kind: 'window', milliseconds: 1, from: 'placed' },
    tokenKey: Buffer.alloc(32, 2),
    observeCommand: metrics.command,
  },
  changes: new ChangeFeed({ log: eventStore, views }),
  verifier: await tokenVerifier({ mode: 'development' }, tokens, log),
  log,
  metrics,

  monitoring: { access: new MetricsAccess(undefined, true), worker: async () => undefined },
  rateLimit: { requests: Number.MAX_SAFE_INTEGER, perMs: 10_000 },
  listeners: LISTENER_LIMITS,
  requestsUnderWay: REQUESTS_UNDER_WAY,
});
await app.listen(0, '127.0.0.1');
const token = await tokens.sign({ account, user: 'bench', roles: ['administrator'] });
serve({ url: await app.getUrl(), token });
