import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/**
 * Below the ports that systems choose themselves, for servers at any port and for connections: while one of these is
 * closed, nobody else gets it.
 */
const FIRST = 16_384;
/** Workers of Jest that run at the same time choose among different ones, each so many. */
const SHARES = 16;
const EACH = 1_024;

const share = Number(process.env.JEST_WORKER_ID ?? 0) % SHARES;
/** In turns: one that was given away may not be taken yet. */
let turn = randomInt(EACH);

/** Has a server listen on the loopback address: at the port that it had before, or at one that is free, where that is 0. */
export async function listenAt(server: Server, port: number): Promise<number> {
  for (;;) {
    turn = (turn + 1) % EACH;
    const at = port || FIRST + turn * SHARES + share;
    try {
      await once(server.listen(at, '127.0.0.1'), 'listening');
      return at;
    } catch (error) {
      if (port !== 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

/** A free port of the loopback address, for a server that is yet to start, or is stopped and started again. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenAt(server, 0);
  await once(server.close(), 'close');
  return port;
}
