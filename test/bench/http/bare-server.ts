// The limit to compare with: Fastify and SQLite with no framework, authentication, validation or domain in between.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fastify from 'fastify';
import { v7 as uuid } from 'uuid';

const directory = process.argv[2] as string;
const database = new DatabaseSync(join(directory, 'events.db'), { returnArrays: true });
database.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -65536');
const findStream = database.prepare('SELECT key FROM stream WHERE name = ?');
const load = database.prepare('SELECT type, data, metadata FROM event WHERE stream = ? ORDER BY revision');
const insert = database.prepare(`INSERT INTO event VALUES (?, ?, ?, unhex(?, '-'), ?, ?, ?, 0)`);
let position = (database.prepare('SELECT max(position) FROM event').get() as unknown as [number])[0];

interface Waiting {
  readonly stream: number;
  readonly revision: number;
  readonly data: string;
  readonly metadata: string;
  readonly done: () => void;
}
let waiting: Waiting[] = [];

function commitAll(): void {
  const group = waiting;
  waiting = [];
  database.exec('BEGIN IMMEDIATE');
  for (const { stream, revision, data, metadata } of group) {
    insert.run(++position, stream, revision, uuid(), 'ConnectionRenamed', data, metadata);
  }
  database.exec('COMMIT');
  for (const { done } of group) done();
}

function append(stream: number, revision: number, data: object, metadata: object): Promise<void> {
  return new Promise((done) => {
    if (waiting.length === 0) setImmediate(commitAll);
    waiting.push({ stream, revision, data: JSON.stringify(data), metadata: JSON.stringify(metadata), done });
  });
}

const server = fastify();
server.post('/v1/connections/:id/rename', async (request, reply) => {
  const { id } = request.params as { id: string };
  const { label } = request.body as { label: string };
  const [stream] = findStream.get(`connection-${id}`) as unknown as [number];
  const labels: Record<string, string> = {};
  let account = '';
  let revision = -1;
  for (const [, data] of load.all(stream) as unknown as [string, string, string][]) {
    const event = JSON.parse(data) as { account: string; label: string };
    account ||= event.account;
    labels[event.account] = event.label;
    revision++;
  }
  if (labels[account] === label) return { id, revision };
  const commandId = randomUUID();
  await append(
    stream,
    revision + 1,
    { connectionId: id, account, label },
    {
      at: new Date().toISOString(),
      actor: { account, user: 'bench', role: 'administrator' },
      commandId,
      commandHash: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
      $correlationId: commandId,
      $causationId: commandId,
      schemaVersion: 1,
    },
  );
  reply.header('etag', `"${revision + 1}"`);
  return { id, revision: revision + 1 };
});
process.send?.({ url: await server.listen({ host: '127.0.0.1', port: 0 }) });
