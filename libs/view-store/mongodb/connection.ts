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
import pTimeout from 'p-timeout';
import { ViewStoreUnavailable } from '../port.ts';

export interface ConnectionOptions {
  /** `mongodb://…`, with the name of the database as its path. */
  readonly url: string;
  /**
   * How long may be waited for a server, for a connection, and for an answer: 5 s by default. Commands are tried
   * twice, so that a question can take a few times as long.
   */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;

/** A command waits for a server, a connection and an answer, and is tried twice: within so many of these times. */
const TIMEOUTS_OF_ONE = 6;

/** Codes of what happens to a connection: those of the system, and those of Node's for streams that end. */
const OF_SOCKETS = /^(?:E[A-Z]+|EAI_\w+|ERR_(?:SOCKET|SSL|STREAM|TLS)_\w+)$/;

/** A client, and how many questions are under way by it. */
interface Line {
  readonly client: MongoClient;
  questions: number;
}

/** The client, and how it is asked. What is written has been written by a majority. */
export class Connection {
  readonly timeoutMs: number;
  readonly #url: string;
  #current: Line;
  /** All that have not been closed: questions may be under way by a former one. */
  readonly #open = new Set<Line>();
  #closed = false;

  /** Connects when it is first asked. */
  constructor({ url, timeoutMs = TIMEOUT_MS }: ConnectionOptions) {
    this.timeoutMs = timeoutMs;
    this.#url = url;
    this.#current = this.#begin();
  }

  /**
   * Runs `work` on the database that the URL names; what the servers or the network cannot do now becomes the port's
   * error. All that belongs to one question is to be done on the database it is given: it goes by one client.
   * @param patience how many times as long as one command all of it may take
   */
  async ask<Result>(work: (database: Db) => Promise<Result>, patience = 1): Promise<Result> {
    if (this.#closed) throw new ViewStoreUnavailable('The view store is closed.');
    try {
      return await inTime(this.#run(work), TIMEOUTS_OF_ONE * this.timeoutMs * patience);
    } catch (error) {
      if (!isOutage(error)) throw error;
      throw new ViewStoreUnavailable(`The view store cannot answer: ${error.message}.`, { cause: error });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open].map((line) => this.#end(line)));
  }

  async #run<Result>(work: (database: Db) => Promise<Result>): Promise<Result> {
    const line = this.#current;
    line.questions += 1;
    try {
      // A client that connects by itself does so once: were there no server then, it would never find one.
      await line.client.connect();
      return await work(line.client.db());
    } catch (error) {
      if (error instanceof MongoServerSelectionError) this.#replace(line);
      throw error;
    } finally {
      line.questions -= 1;
      // No sooner, even when nobody waits any more: what is being read would look as if it ended there.
      if (line !== this.#current && line.questions === 0) void this.#end(line);
    }
  }

  #begin(): Line {
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
    const line = { client, questions: 0 };
    this.#open.add(line);
    return line;
  }

  /** A client that was cut off while it looked for servers may do so no more; a new one finds them. */
  #replace(line: Line): void {
    if (line === this.#current && !this.#closed) this.#current = this.#begin();
  }

  async #end(line: Line): Promise<void> {
    this.#open.delete(line);
    // Its goodbye may not come through.
    await inTime(line.client.close(), TIMEOUTS_OF_ONE * this.timeoutMs).catch(() => undefined);
  }
}

/**
 * The driver waits for ever on a connection that is cut off in the moment in which it writes to it.
 * @throws ViewStoreUnavailable there is no answer within `ms`; should one come later, nobody hears it
 */
function inTime<Answer>(answer: Promise<Answer>, ms: number): Promise<Answer> {
  const fallback = () => {
    throw new ViewStoreUnavailable(`The view store has not answered within ${ms} ms.`);
  };
  return pTimeout<Answer, never>(answer, { milliseconds: ms, fallback });
}

/** Whether it is the servers' or the network's: the driver passes errors of its sockets on as they are, now and then. */
function isOutage(error: unknown): error is Error {
  if (error instanceof MongoTopologyClosedError || error instanceof MongoClientClosedError) return true;
  if (error instanceof MongoAPIError || error instanceof MongoParseError) return false;
  return error instanceof MongoError || OF_SOCKETS.test(String((error as NodeJS.ErrnoException).code));
}
