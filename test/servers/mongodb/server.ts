import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type Binary, Long } from 'mongodb';
import { Random } from '../../crash/service/random.ts';
import { listenAt } from '../free-port.ts';
import { Databases, DROPS_OF_NOTHING, type Habits } from './commands.ts';
import { CommandFailed, onlyFields, Unsupported } from './unsupported.ts';
import { type Bson, Messages, type Request, readRequest, writeReply } from './wire.ts';

/** A fault of a command. It may take effect although its client gets no answer. */
export type Fault =
  | { readonly kind: 'cut' | 'silence'; readonly takesEffect: boolean }
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly labels?: readonly string[];
      readonly takesEffect: boolean;
    }
  /** Executed later, even if its client has disconnected by then. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> }
  /** Executed, but not acknowledged by a majority. */
  | { readonly kind: 'unacknowledged'; readonly until?: Promise<unknown> };

/** Called for each command; `undefined` means no fault. */
export type FaultRule = (name: string, command: Bson) => Fault | undefined;

const HANDSHAKES = ['hello', 'ismaster', 'isMaster'];
const HANDSHAKE_FIELDS = [
  'helloOk',
  'backpressure',
  'client',
  'compression',
  'loadBalanced',
  'maxAwaitTimeMS',
  // Of one that is asked for by hand.
  'lsid',
];
const SET_NAME = 'rs0';

/** The last numbered write of each session, with its answer. */
interface Remembered {
  readonly number: number;
  readonly reply: Bson;
}

export interface MongoServerOptions extends Habits {
  /** How often a primary steps down, at random: drivers try the command once more. Never by default. */
  readonly steppingDown?: { readonly likelihood: number; readonly seed: number };
}

/** Draws the size of each habit; with a probability below 1, also which of them apply. */
export function drawHabits(random: Random, likelihood = 1): MongoServerOptions {
  const drawn = {
    dropOfNothing: random.oneOf(DROPS_OF_NOTHING),
    documentsAtOnce: random.between(1, 20),
    steppingDown: { likelihood: random.between(1, 20) / 1_000, seed: random.between(0, 2 ** 31 - 1) },
  };
  return Object.fromEntries(Object.entries(drawn).filter(() => random.chance(likelihood)));
}

/** For how many commands a server stays the primary at least: drivers try each twice, not more often. */
const SPARED = 200;
/** Reads that drivers try again; writes are numbered where they do. */
const RETRIED_READS = ['find', 'aggregate', 'listCollections', 'listIndexes'];
/** NotWritablePrimary: another server has become the primary, before the command took effect or after. */
const STEPPED_DOWN: readonly Fault[] = [true, false].map((takesEffect) => ({
  kind: 'error',
  code: 10_107,
  labels: ['RetryableWriteError'],
  takesEffect,
}));

/**
 * A MongoDB of one process, for tests: the primary of a replica set of one, on 127.0.0.1, its data in memory. It
 * supports what a view store needs and refuses everything else; `close` then fails, and with it the test.
 */
export class MongoServer {
  readonly #databases: Databases;
  readonly #sessions = new Map<string, Remembered>();
  readonly #sockets = new Set<Socket>();
  readonly #refused: string[] = [];
  /** By how much its clock is ahead. */
  clockAheadMs = 0;
  #server: Server | undefined;
  #port = 0;
  #rule: FaultRule = () => undefined;
  readonly #random: Random;
  readonly #likelihood: number;
  /** For how many more commands it does not step down. */
  #spared = 0;

  private constructor({ steppingDown, ...habits }: MongoServerOptions) {
    this.#databases = new Databases(habits);
    this.#random = new Random(steppingDown?.seed ?? 0);
    this.#likelihood = steppingDown?.likelihood ?? 0;
  }

  static async start(options: MongoServerOptions = {}): Promise<MongoServer> {
    const server = new MongoServer(options);
    await server.start();
    return server;
  }

  get port(): number {
    return this.#port;
  }

  /** The connection string. */
  get url(): string {
    return `mongodb://127.0.0.1:${this.#port}/?replicaSet=${SET_NAME}`;
  }

  /** Requests it refused as unsupported. */
  get refused(): readonly string[] {
    return this.#refused;
  }

  /** Sets the rule by which commands meet faults from now on; none by default. */
  decide(rule: FaultRule = () => undefined): void {
    this.#rule = rule;
  }

  /** Injects one fault into the next command of that name. */
  next(name: string, fault: Fault): void {
    this.decide((command) => {
      if (command !== name) return undefined;
      this.decide();
      return fault;
    });
  }

  /** Removes the documents that have expired by then. */
  expire(now: Date): void {
    this.#databases.expire(now);
  }

  /** The names of a database's collections. */
  collections(database: string): readonly string[] {
    return this.#databases.names(database);
  }

  /** Starts, again on the same port and with its data. */
  async start(): Promise<void> {
    this.#server = createServer((socket) => this.#accept(socket));
    this.#port = await listenAt(this.#server, this.#port);
  }

  /** Ends every connection and cursor, and accepts no more. Data and remembered answers are kept. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    this.#databases.forgetCursors();
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** @throws Error it received unsupported requests */
  async close(): Promise<void> {
    await this.stop();
    if (this.#refused.length > 0)
      throw new Error(`The test server received unsupported requests: ${this.#refused.join('; ')}.`);
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
    const fault = this.#rule(name, request.command) ?? this.#stepDown(name, request.command);
    if (fault && 'until' in fault) await fault.until;
    const lost = fault !== undefined && 'takesEffect' in fault && !fault.takesEffect;
    const reply = lost ? {} : this.#reply(name, request);
    switch (fault?.kind) {
      case 'cut':
        socket.destroy();
        return;
      case 'silence':
        return;
      case 'error':
        Object.assign(reply, failure(fault.code, 'Fault', 'a fault of the test'));
        if (fault.labels) reply.errorLabels = fault.labels;
        break;
      case 'unacknowledged':
        reply.writeConcernError = {
          code: 64,
          codeName: 'WriteConcernTimeout',
          errmsg: 'a fault of the test',
        };
        break;
    }
    if (!request.unanswered && !socket.destroyed) socket.write(writeReply(request, reply));
  }

  #stepDown(name: string, { lsid, txnNumber }: Bson): Fault | undefined {
    if (this.#likelihood === 0 || lsid === undefined) return undefined;
    if (txnNumber === undefined && !RETRIED_READS.includes(name)) return undefined;
    this.#spared -= 1;
    if (this.#spared > 0 || !this.#random.chance(this.#likelihood)) return undefined;
    this.#spared = SPARED;
    return this.#random.oneOf(STEPPED_DOWN);
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
      return failure(59, 'CommandNotFound', `This test server does not support: ${this.#refused.at(-1)}`);
    }
  }

  /** A retried write, recognised by its transaction number, gets its first answer. */
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
      localTime: new Date(Date.now() + this.clockAheadMs),
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

/** 64-bit numbers are accepted in fields of the protocol only. */
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
