// The upper bound to compare with: Fastify and SQLite without framework, authentication, validation or domain.
import fastify from 'fastify';
import { BareLog } from '../bare/log.ts';
import { BareRenaming } from '../bare/rename.ts';
import { serve } from './serving.ts';

const renaming = new BareRenaming(new BareLog(process.argv[2] as string));
const server = fastify();
server.post('/v1/connections/:id/rename', async (request, reply) => {
  const { id } = request.params as { id: string };
  const { label } = request.body as { label: string };
  const revision = await renaming.rename(id, label);
  reply.header('etag', `"${revision}"`);
  return { id, revision };
});
serve({ url: await server.listen({ host: '127.0.0.1', port: 0 }) });
