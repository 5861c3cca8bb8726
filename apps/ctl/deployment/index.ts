import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '#domain/kernel';
import { EventStoreUnavailable, EventStoreUnusable } from '#event-store';
import { SqliteEventReader } from '#event-store/sqlite';
import { InvalidSealedValue, RevealedLog, WrongKeyEncryptionKey } from '#personal-data';
import { keysPath, SqliteKeyStore } from '#personal-data/sqlite';
import { OwnershipLost, ViewStoreUnavailable } from '#view-store';
import { SqliteViewReader } from '#view-store/sqlite';
import { connectAdmin } from '../../admin/socket.ts';
import { UnsafeKey } from '../../key-file.ts';
import { keyEncryptionIn, personalKeys } from '../../personal-data.ts';
import { readPlace, type WorkerPlace } from '../../worker/config.ts';
import { viewsPath } from '../../worker/paths.ts';
import { type Answer, CannotBeDone, type CommandLine } from '../command-line.ts';
import { clockOf } from './clock.ts';
import type { Deployment } from './deployment.ts';
import { operationsOnStopped } from './stopped.ts';

export type { Deployment } from './deployment.ts';

/**
 * Answers from the deployment that the environment names.
 * @throws CannotBeDone there is none, or it cannot be reached
 */
export async function withDeployment(
  line: CommandLine,
  work: (deployment: Deployment) => Promise<Answer>,
): Promise<Answer> {
  try {
    const deployment = await open(readPlace(line.env));
    try {
      return await work(deployment);
    } finally {
      await deployment.close();
    }
  } catch (error) {
    throw explained(error);
  }
}

async function open(settings: WorkerPlace): Promise<Deployment> {
  if (settings.stores) return (await import('./shared.ts')).sharedDeployment(settings);
  const { dataDir } = settings;
  if (!existsSync(join(dataDir, 'events.db'))) {
    throw new CannotBeDone(`There is no log in ${dataDir}; DATA_DIR says where it is.`);
  }
  const operations = await connectAdmin(dataDir);
  const events = await SqliteEventReader.open({ directory: dataDir });
  const stored = new SqliteViewReader({ path: viewsPath(dataDir) });
  const keyStore = new SqliteKeyStore(keysPath(dataDir));
  const keys = personalKeys(keyStore, keyEncryptionIn(dataDir, settings.keyEncryption));
  return {
    kind: operations ? 'running' : 'stopped',
    settings,
    clock: clockOf(settings),
    events: new RevealedLog(events, keys),
    recorded: events,
    keyStore,
    stored,
    status: async () => operations?.status(),
    operations: operations ?? operationsOnStopped(settings),
    close: async () => {
      await Promise.all([stored.close(), events.close(), keyStore.close()]);
    },
  };
}

const FORESEEN = [
  EventStoreUnavailable,
  EventStoreUnusable,
  ViewStoreUnavailable,
  OwnershipLost,
  UnsafeKey,
  WrongKeyEncryptionKey,
  Refusal,
];

function explained(error: unknown): unknown {
  if (error instanceof InvalidSealedValue) {
    const message = `${error.message} tessera-ctl audit verify compares the log with what was sealed of it.`;
    return new CannotBeDone(message, { cause: error });
  }
  const isForeseen = FORESEEN.some((kind) => error instanceof kind);
  return isForeseen ? new CannotBeDone((error as Error).message, { cause: error }) : error;
}
