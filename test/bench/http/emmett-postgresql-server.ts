// Emmett on its PostgreSQL store, behind Express with the same settings as its own package for Express makes.
// Without authentication or validation, as the bare server.
import type { AddressInfo } from 'node:net';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import express from 'express';
import { emmettOn } from '../process/emmett.ts';
import { serve } from './serving.ts';

const [database, account] = process.argv.slice(2) as [string, string];
const renamer = emmettOn(getPostgreSQLEventStore(database));
const app = express();
app.set('etag', false);
app.use(express.json());
app.use(express.urlencoded({ extended: true }));
app.post('/v1/connections/:id/rename', async (request, response) => {
  const { id } = request.params;
  const { label } = request.body as { label: string };
  const { nextExpectedStreamVersion } = await renamer.rename({ id, account }, label);
  const revision = Number(nextExpectedStreamVersion) - 1;
  response.set('etag', `"${revision}"`).json({ id, revision });
});
const server = app.listen(0, '127.0.0.1', () => {
  serve({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
