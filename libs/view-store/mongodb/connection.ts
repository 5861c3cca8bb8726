import { type Db, MongoAPIError, MongoClient, MongoError, MongoParseError } from 'mongodb';
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

/** Codes of what happens to a connection: those of the system, and those of Node's for streams that end. */
const OF_SOCKETS = /^(?:E[A-Z]+|EAI_\w+|ERR_(?:SOCKET|SSL|STREAM|TLS)_\w+)$/;

/** The client, and how it is asked. What is written has been written by a majority. */
export class Connection {
  readonly timeoutMs: number;
  readonly #client: MongoClient;
  #closed = false;

  /** Connects when it is first asked. */
  constructor({ url, timeoutMs = TIMEOUT_MS }: ConnectionOptions) {
    this.timeoutMs = timeoutMs;
    this.#client = new MongoClient(url, {
      appName: 'tessera',
      readPreference: 'primary',
      writeConcern: { w: 'majority' },
      serverSelectionTimeoutMS: timeoutMs,
      connectTimeoutMS: timeoutMs,
      socketTimeoutMS: timeoutMs,
      waitQueueTimeoutMS: timeoutMs,
    });
  }

  /** The one the URL names. */
  get database(): Db {
    return this.#client.db();
  }

  /** Runs `work`; what the servers or the network cannot do now becomes the port's error. */
  async ask<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#closed) throw new ViewStoreUnavailable('The view store is closed.');
    try {
      // A client that connects by itself does so once: were there no server then, it would never find one.
      await this.#client.connect();
      return await work();
    } catch (error) {
      if (!isOutage(error)) throw error;
      throw new ViewStoreUnavailable(`The view store cannot answer: ${error.message}.`, { cause: error });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client.close();
  }
}

/** Whether it is the servers' or the network's: the driver passes errors of its sockets on as they are, now and then. */
function isOutage(error: unknown): error is Error {
  if (error instanceof MongoAPIError || error instanceof MongoParseError) return false;
  return error instanceof MongoError || OF_SOCKETS.test(String((error as NodeJS.ErrnoException).code));
}
