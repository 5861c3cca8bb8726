// The service's own HTTP server and command side, with no worker beside it.
import { join } from 'node:path';
import { pino } from 'pino';
import { systemClock } from '#application';
import { SqliteEventStore } from '#event-store/sqlite';
import { SqliteViewReader } from '#view-store/sqlite';
import { DevelopmentTokens, tokenVerifier } from '../../../apps/api/auth/tokens.ts';
import { createServer } from '../../../apps/api/server.ts';
import { serve } from './serving.ts';

const [directory, account] = process.argv.slice(2) as [string, string];
const tokens = new DevelopmentTokens(Buffer.alloc(32, 1));
const log = pino({ level: 'silent' });
const app = await createServer({
  ports: {
    eventStore: await SqliteEventStore.open({ directory }),
    views: new SqliteViewReader({ path: join(directory, 'views.db') }),
    clock: systemClock,
    revocationWindow: { kind: 'window', milliseconds: 1, from: 'placed' },
    tokenKey: Buffer.alloc(32, 2),
  },
  verifier: await tokenVerifier({ mode: 'development' }, tokens, log),
  log,
});
await app.listen(0, '127.0.0.1');
const token = await tokens.sign({ account, user: 'bench', roles: ['administrator'] });
serve({ url: await app.getUrl(), token });
