import { once } from 'node:events';
import { createServer } from 'node:http';
import { build } from './build.mjs';
import { keepFilesInMemory } from './memory.mjs';

let files;
let server;
/** The services that stories share, created by the first request. */
let pool;

/** Before the first spec file of a run. */
export default async function setup({ rootDir }) {
  await build(rootDir);
  files = keepFilesInMemory();
  server = createServer(async (request, reply) => {
    // A busy process may send its next request just as an idle connection is closed.
    reply.setHeader('connection', 'close');
    try {
      pool ??= import('../../dist/test/acceptance/pool.js').then(({ ServicePool }) => new ServicePool());
      reply.end(JSON.stringify(await (await pool).answer(request.method, request.url)));
    } catch (error) {
      reply.writeHead(500).end(String(error));
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  process.env.SERVICE_POOL = `http://127.0.0.1:${server.address().port}`;
}

/** After the last one. */
export async function teardown() {
  server.close();
  await (await pool)?.close();
  pool = undefined;
  files?.remove();
}
