import { join } from 'node:path';
import type { EventReader } from '#event-store';
import type { KeyStore } from '#personal-data';
import { SqliteKeyStore } from '#personal-data/sqlite';
import type { ViewReader } from '#view-store';
import { Backup } from '../backup/backup.ts';
import { saveBackup } from '../backup/save.ts';

/** A store without keys of data subjects. */
export const noKeys = (): KeyStore => new SqliteKeyStore(':memory:');

/** Saves a log under a name within a directory, and opens the backup. */
export async function savedFrom(
  source: { readonly log: EventReader; readonly views?: ViewReader; readonly keys?: KeyStore },
  within: string,
  { name = 'backup', report = (): void => undefined, checkpointCopy = undefined as string | undefined } = {},
): Promise<Backup> {
  const directory = join(within, name);
  const stores = 'embedded';
  const details = { stores, release: '0.0.0', madeAt: '2026-01-01T00:00:00.000Z' } as const;
  await saveBackup({ keys: noKeys(), ...source, directory, checkpointCopy, ...details, report });
  return Backup.open(directory);
}
