import {
  type Db,
  MongoAPIError,
  MongoClient,
  MongoClientClosedError,
  MongoError,
  MongoParseError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';
import { ViewStoreUnavailable } from '../port.ts';

export interface ConnectionOptions {
  /** `mongodb://…`, with the name of the database as its path. */
  readonly url: string;
  /**
   * The time-out for finding a server, for a connection, and for an answer, each: 5 s by default. Commands are tried
   * twice, so that an operation can take a few times as long.
   */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;

/** The most time-outs of one command: it waits for a server, a connection and an answer, and is tried twice. */
const TIMEOUTS_OF_ONE = 6;

/** Error codes of failed connections: the system's, and Node's for streams that end. */
const OF_SOCKETS = /^(?:E[A-Z]+|EAI_\w+|ERR_(?:SOCKET|SSL|STREAM|TLS)_\w+)$/;

/** A client, and how many operations are running on it. */
interface ClientInUse {
  readonly client: MongoClient;
  operations: number;
}

/** The client, and how operations use it. Writes are acknowledged by a majority. */
export class Connection {
  readonly timeoutMs: number;
  readonly #url: string;
  #current: ClientInUse;
  /** All that have not been closed: operations may still be running on a former one. */
  readonly #open = new Set<ClientInUse>();
  #closed = false;

  /** Connects with the first operation. */
  constructor({ url, timeoutMs = TIMEOUT_MS }: ConnectionOptions) {
    this.timeoutMs = timeoutMs;
    this.#url = url;
    this.#current = this.#newClient();
  }

  /**
   * Runs `work` on the database that the URL names; failures of the servers or the network become the port's
   * error. All commands of one operation must use the database it is given, so that they share one client.
   * @param patience its time-out, as a multiple of that of one command
   */
  async run<Result>(work: (database: Db) => Promise<Result>, patience = 1): Promise<Result> {
    if (this.#closed) throw new ViewStoreUnavailable('The view store is closed.');
    try {
      return await inTime(this.#runOnce(work), TIMEOUTS_OF_ONE * this.timeoutMs * patience);
    } catch (error) {
      if (!isOutage(error)) throw error;
      throw new ViewStoreUnavailable(`The view store cannot answer: ${error.message}.`, { cause: error });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open].map((inUse) => this.#end(inUse)));
  }

  async #runOnce<Result>(work: (database: Db) => Promise<Result>): Promise<Result> {
    const inUse = this.#current;
    inUse.operations += 1;
    try {
      // A client that connects implicitly tries once: if there were no server then, it would never find one.
      await inUse.client.connect();
      return await work(inUse.client.db());
    } catch (error) {
      if (error instanceof MongoServerSelectionError) this.#replace(inUse);
      throw error;
    } finally {
      inUse.operations -= 1;
      // Not before its operations end, even when nobody waits for them: an open cursor would seem exhausted.
      if (inUse !== this.#current && inUse.operations === 0) void this.#end(inUse);
    }
  }

  #newClient(): ClientInUse {
    const { timeoutMs } = this;
    const client = new MongoClient(this.#url, {
      appName: 'tessera',
      readPreference: 'primary',
      writeConcern: { w: 'majority' },
      serverSelectionTimeoutMS: timeoutMs,
      connectTimeoutMS: timeoutMs,
      socketTimeoutMS: timeoutMs,
      waitQueueTimeoutMS: timeoutMs,
    });
    const inUse = { client, operations: 0 };
    this.#open.add(inUse);
    return inUse;
  }

  /** A client that was cut off while it looked for servers may stop looking; a new one finds them. */
  #replace(inUse: ClientInUse): void {
    if (inUse === this.#current && !this.#closed) this.#current = this.#newClient();
  }

  async #end(inUse: ClientInUse): Promise<void> {
    this.#open.delete(inUse);
    // Closing notifies the server, which may not be reachable.
    await inTime(inUse.client.close(), TIMEOUTS_OF_ONE * this.timeoutMs).catch(() => undefined);
  }
}

/**
 * The driver waits forever on a connection that is cut off at the moment in which it writes to it. Errors are created
 * only when they are needed: one for every operation would cost a twentieth of its time.
 * @throws ViewStoreUnavailable there is no answer within `ms`; a later one is ignored
 */
async function inTime<Answer>(answer: Promise<Answer>, ms: number): Promise<Answer> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const expire = () => reject(new ViewStoreUnavailable(`The view store has not answered within ${ms} ms.`));
  const timer = setTimeout(expire, ms);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether servers or network failed: the driver sometimes passes on its sockets' errors unchanged. */
function isOutage(error: unknown): error is Error {
  if (error instanceof MongoTopologyClosedError || error instanceof MongoClientClosedError) return true;
  if (error instanceof MongoAPIError || error instanceof MongoParseError) return false;
  return error instanceof MongoError || OF_SOCKETS.test(String((error as NodeJS.ErrnoException).code));
}
