import { Connection, type ConnectionOptions } from './connection.ts';

/**
 * By how many milliseconds the clock of the view store's server is ahead of this machine's, to within half of the
 * time that a command takes.
 * @throws ViewStoreUnavailable
 */
export async function serverClockAhead(options: ConnectionOptions): Promise<number> {
  const connection = new Connection(options);
  try {
    // Connects first, which takes longer than a command.
    await connection.run((database) => database.command({ ping: 1 }));
    const sentAt = Date.now();
    const { localTime } = await connection.run((database) => database.command({ hello: 1 }));
    return (localTime as Date).getTime() - (sentAt + Date.now()) / 2;
  } finally {
    await connection.close();
  }
}
