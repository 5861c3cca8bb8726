import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Binary, Long } from 'mongodb';
import { Databases, type DropOfNothing } from './commands.ts';
import { CommandFailed, onlyFields, Unsupported } from './unsupported.ts';
import { type Bson, Messages, type Request, readRequest, writeReply } from './wire.ts';

/** What befalls a command: it may take effect all the same, although its client is not told. */
export type Mishap =
  | { readonly kind: 'cut' | 'silence'; readonly takesEffect: boolean }
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly labels?: readonly string[];
      readonly takesEffect: boolean;
    }
  /** Carried out later, even if its client is gone by then. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> }
  /** Carried out, later maybe, but not by a majority, as far as is known. */
  | { readonly kind: 'unacknowledged'; readonly until?: Promise<unknown> };

/** Asked for each command; `undefined` lets it pass. */
export type Fate = (name: string, command: Bson) => Mishap | undefined;

const HANDSHAKES = ['hello', 'ismaster', 'isMaster'];
const HANDSHAKE_FIELDS = [
  'helloOk',
  'backpressure',
  'client',
  'compression',
  'loadBalanced',
  'maxAwaitTimeMS',
];
const SET_NAME = 'rs0';

/** The last numbered write of each session, with its answer. */
interface Remembered {
  readonly number: number;
  readonly reply: Bson;
}

export interface MongoServerOptions {
  /** `refused` by default. */
  readonly dropOfNothing?: DropOfNothing;
}

/**
 * A MongoDB of one process, for tests: the primary of a replica set of one, on 127.0.0.1, its data in memory. It knows
 * what a view store needs and refuses everything else, and then also to be closed: a test that asked for it fails.
 */
export class MongoServer {
  readonly #databases: Databases;
  readonly #sessions = new Map<string, Remembered>();
  readonly #sockets = new Set<Socket>();
  readonly #refused: string[] = [];
  #server: Server | undefined;
  #port = 0;
  #fate: Fate = () => undefined;

  private constructor({ dropOfNothing = 'refused' }: MongoServerOptions) {
    this.#databases = new Databases(dropOfNothing);
  }

  static async start(options: MongoServerOptions = {}): Promise<MongoServer> {
    const server = new MongoServer(options);
    await server.start();
    return server;
  }

  get port(): number {
    return this.#port;
  }

  /** Where drivers find it. */
  get url(): string {
    return `mongodb://127.0.0.1:${this.#port}/?replicaSet=${SET_NAME}`;
  }

  /** What was asked of it that it does not know. */
  get refused(): readonly string[] {
    return this.#refused;
  }

  /** Sets what befalls commands from now on; nothing by default. */
  decide(fate: Fate = () => undefined): void {
    this.#fate = fate;
  }

  /** One mishap for the next command of that name. */
  next(name: string, mishap: Mishap): void {
    this.decide((command) => {
      if (command !== name) return undefined;
      this.decide();
      return mishap;
    });
  }

  /** Removes what has expired by then. */
  expire(now: Date): void {
    this.#databases.expire(now);
  }

  /** The names of a database's collections. */
  collections(database: string): readonly string[] {
    return this.#databases.names(database);
  }

  /** Starts, again at the same port and with the data it had. */
  async start(): Promise<void> {
    this.#server = createServer((socket) => this.#accept(socket));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Ends every connection and takes no more. What has been written stays, and so does what was answered. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** @throws Error something was asked of it that it does not know */
  async close(): Promise<void> {
    await this.stop();
    if (this.#refused.length > 0)
      throw new Error(`The test server was asked for: ${this.#refused.join('; ')}.`);
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    const messages = new Messages();
    socket.on('data', (piece) => {
      for (const message of messages.take(piece)) void this.#answer(socket, message);
    });
  }

  async #answer(socket: Socket, message: Buffer): Promise<void> {
    const request = this.#read(message);
    if (request === undefined) {
      socket.destroy();
      return;
    }
    const [name = ''] = Object.keys(request.command);
    const mishap = this.#fate(name, request.command);
    if (mishap && 'until' in mishap) await mishap.until;
    const lost = mishap !== undefined && 'takesEffect' in mishap && !mishap.takesEffect;
    const reply = lost ? {} : this.#reply(name, request);
    switch (mishap?.kind) {
      case 'cut':
        socket.destroy();
        return;
      case 'silence':
        return;
      case 'error':
        Object.assign(reply, failure(mishap.code, 'Mishap', 'a mishap of the test'));
        if (mishap.labels) reply.errorLabels = mishap.labels;
        break;
      case 'unacknowledged':
        reply.writeConcernError = {
          code: 64,
          codeName: 'WriteConcernTimeout',
          errmsg: 'a mishap of the test',
        };
        break;
    }
    if (!request.unanswered && !socket.destroyed) socket.write(writeReply(request, reply));
  }

  #read(message: Buffer): Request | undefined {
    try {
      return readRequest(message);
    } catch (error) {
      this.#refused.push(String(error));
      return undefined;
    }
  }

  #reply(name: string, request: Request): Bson {
    try {
      if (HANDSHAKES.includes(name)) return this.#handshake(name, request.command);
      return { ...this.#once(name, withoutLongs(name, request.command)) };
    } catch (error) {
      if (error instanceof CommandFailed) {
        return { ...failure(error.code, error.codeName, error.message), ...error.details };
      }
      this.#refused.push(error instanceof Error ? error.message : String(error));
      return failure(59, 'CommandNotFound', `This test server does not know: ${this.#refused.at(-1)}`);
    }
  }

  /** A write that comes again with the number it had is answered as it was. */
  #once(name: string, command: Bson): Bson {
    const number = command.txnNumber;
    if (typeof number !== 'number') return this.#databases.run(name, command);
    const session = ((command.lsid as Bson).id as Binary).toString('hex');
    const last = this.#sessions.get(session);
    if (last?.number === number) return last.reply;
    if (last && last.number > number) throw new CommandFailed(225, 'TransactionTooOld', `${number} is over.`);
    const reply = this.#databases.run(name, command);
    this.#sessions.set(session, { number, reply });
    return reply;
  }

  #handshake(name: string, command: Bson): Bson {
    onlyFields('A handshake', command, [name, '$db', '$readPreference', ...HANDSHAKE_FIELDS]);
    const me = `127.0.0.1:${this.#port}`;
    return {
      helloOk: true,
      isWritablePrimary: true,
      ismaster: true,
      setName: SET_NAME,
      setVersion: 1,
      hosts: [me],
      me,
      primary: me,
      maxBsonObjectSize: 16 * 1024 * 1024,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      logicalSessionTimeoutMinutes: 30,
      minWireVersion: 0,
      maxWireVersion: 21,
      ok: 1,
    };
  }
}

function failure(code: number | undefined, codeName: string | undefined, errmsg: string): Bson {
  return { ok: 0, errmsg, ...(code !== undefined && { code, codeName }) };
}

/** Numbers of 64 bits stand where the protocol has them, and nowhere else. */
function withoutLongs(name: string, command: Bson): Bson {
  const { txnNumber, ...rest } = command;
  if (name !== 'getMore' && name !== 'killCursors') refuseLongs(rest);
  return txnNumber === undefined ? rest : { ...rest, txnNumber: Number(txnNumber) };
}

function refuseLongs(value: unknown): void {
  if (Long.isLong(value)) throw new Unsupported(`The 64-bit number ${value}`);
  if (Array.isArray(value)) value.forEach(refuseLongs);
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(refuseLongs);
}
