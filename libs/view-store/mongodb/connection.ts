import { MongoAPIError, MongoClient, MongoError, MongoParseError } from 'mongodb';
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

export function timeoutOf({ timeoutMs = TIMEOUT_MS }: ConnectionOptions): number {
  return timeoutMs;
}

/** Not connected before the first question. What is written has been written by a majority. */
export function clientOf(options: ConnectionOptions): MongoClient {
  const timeoutMS = timeoutOf(options);
  return new MongoClient(options.url, {
    appName: 'tessera',
    readPreference: 'primary',
    writeConcern: { w: 'majority' },
    serverSelectionTimeoutMS: timeoutMS,
    connectTimeoutMS: timeoutMS,
    socketTimeoutMS: timeoutMS,
    waitQueueTimeoutMS: timeoutMS,
  });
}

/** Runs `work`; what the servers or the network cannot do now becomes the port's error. */
export async function available<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isMisuse = error instanceof MongoAPIError || error instanceof MongoParseError;
    if (!(error instanceof MongoError) || isMisuse) throw error;
    throw new ViewStoreUnavailable(`The view store cannot answer: ${error.message}.`, { cause: error });
  }
}
