import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { join, relative } from 'node:path';
import { json } from 'node:stream/consumers';
import type { Log } from '#subscriptions';
import { type Failure, received, sent } from '../worker/calls.ts';
import { type AdminOperations, OPERATIONS } from './operations.ts';

/** The longest path of a socket that all systems allow, in bytes. */
const LONGEST_PATH = 103;
/** Access for the owner only. */
const UMASK = 0o177;

/** The socket of the process that has the embedded stores in `dataDir` open. */
export function adminSocket(dataDir: string): string {
  const path = join(dataDir, 'admin.sock');
  const short = relative(process.cwd(), path);
  return short.length < path.length ? short : path;
}

type Reply = { readonly result: unknown } | { readonly failure: Failure };

/**
 * Serves the operations at the socket, which only the user that this process runs as may open: there is no other
 * authentication. The caller has the lock of the folder; a socket that is there was left by a process that was killed.
 * @returns `undefined` where the socket cannot be made: the service runs without
 */
export async function serveAdmin(
  operations: AdminOperations,
  dataDir: string,
  log: Log,
): Promise<Server | undefined> {
  const path = adminSocket(dataDir);
  const server = createServer((call, response) => {
    const respond = (reply: Reply) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
    json(call)
      .then((argument) => execute(operations, String(call.url).slice(1), argument))
      .then((result) => respond({ result }))
      .catch((error) => respond({ failure: sent(error) }));
  });
  try {
    if (Buffer.byteLength(path) > LONGEST_PATH) throw new Error(`The path of a socket is too long: ${path}`);
    rmSync(path, { force: true });
    const before = process.umask(UMASK);
    try {
      server.listen(path);
    } finally {
      process.umask(before);
    }
    await once(server, 'listening');
    return server;
  } catch (error) {
    log.warn({ err: error }, 'The admin socket could not be created: tessera-ctl can only read');
    return undefined;
  }
}

async function execute(operations: AdminOperations, name: string, argument: unknown): Promise<unknown> {
  const operation = OPERATIONS.find((each) => each === name);
  if (operation === undefined) throw new TypeError(`There is no operation ${name}.`);
  return operations[operation](argument as never);
}

/**
 * The operations of the process that listens at the socket.
 * @returns `undefined` where none listens
 */
export async function connectAdmin(dataDir: string): Promise<AdminOperations | undefined> {
  const socketPath = adminSocket(dataDir);
  const call = async (operation: string, argument: unknown) => {
    const outgoing = request({ socketPath, path: `/${operation}`, method: 'POST' });
    outgoing.end(JSON.stringify(argument ?? null));
    const [response] = await once(outgoing, 'response');
    const reply = (await json(response)) as Reply;
    if ('failure' in reply) throw received(reply.failure);
    return reply.result;
  };
  try {
    await call('status', undefined);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  return Object.fromEntries(
    OPERATIONS.map((operation) => [operation, (argument: unknown) => call(operation, argument)]),
  ) as unknown as AdminOperations;
}

/** There is no socket, the process that made it has ended, or its path is too long to make one. */
function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'EINVAL' || code === 'ENAMETOOLONG';
}
