import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { join, relative } from 'node:path';
import { json } from 'node:stream/consumers';
import type { Log } from '#subscriptions';
import { type Failure, received, sent } from '../worker/calls.ts';
import { ORDERS, type Orders } from './orders.ts';

/** What systems allow for the path of a socket, in bytes. */
const LONGEST_PATH = 103;
/** For its owner alone. */
const UMASK = 0o177;

/** The socket of the process that has the embedded stores in `dataDir` open. */
export function adminSocket(dataDir: string): string {
  const path = join(dataDir, 'admin.sock');
  const short = relative(process.cwd(), path);
  return short.length < path.length ? short : path;
}

type Answered = { readonly result: unknown } | { readonly failure: Failure };

/**
 * Takes the orders of whoever may open the socket, which is the user that this process runs as: nobody else is asked
 * who they are. The caller has the lock of the folder; a socket that is there is of a process that was killed.
 * @returns nothing where the socket cannot be made: the service goes without
 */
export async function takeOrders(orders: Orders, dataDir: string, log: Log): Promise<Server | undefined> {
  const path = adminSocket(dataDir);
  const server = createServer((call, response) => {
    const answer = (answered: Answered) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
    json(call)
      .then((argument) => carryOut(orders, String(call.url).slice(1), argument))
      .then((result) => answer({ result }))
      .catch((error) => answer({ failure: sent(error) }));
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
    log.warn({ err: error }, 'There is no admin socket: tessera-ctl can read, and order nothing');
    return undefined;
  }
}

async function carryOut(orders: Orders, name: string, argument: unknown): Promise<unknown> {
  const order = ORDERS.find((each) => each === name);
  if (order === undefined) throw new TypeError(`There is no order ${name}.`);
  return orders[order](argument as never);
}

/**
 * The orders as the process takes them that listens at the socket.
 * @returns `undefined` where nobody listens
 */
export async function ordersOver(dataDir: string): Promise<Orders | undefined> {
  const socketPath = adminSocket(dataDir);
  const call = async (order: string, argument: unknown) => {
    const asked = request({ socketPath, path: `/${order}`, method: 'POST' });
    asked.end(JSON.stringify(argument ?? null));
    const [response] = await once(asked, 'response');
    const answered = (await json(response)) as Answered;
    if ('failure' in answered) throw received(answered.failure);
    return answered.result;
  };
  try {
    await call('status', undefined);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  return Object.fromEntries(
    ORDERS.map((order) => [order, (argument: unknown) => call(order, argument)]),
  ) as unknown as Orders;
}

/** Nobody has made the socket, who made it is gone, or it never could be made. */
function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'EINVAL' || code === 'ENAMETOOLONG';
}
