// Settings of sealing the log: the keys, which are in no store, and the interval.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotAuthentic, newSignerKey } from '#evidence';
import { type CheckpointCopy, parseSealingKeys } from '#seal';
import { parseDuration } from './duration.ts';
import type { Environment } from './environment.ts';
import { keysInFile, UnsafeKey } from './key-file.ts';

export interface SealingConfig {
  /** Private keys, and public ones of those that are retired; by default those of a file beside the data. */
  readonly keys?: string;
  readonly intervalMs: number;
}

const LEAST_INTERVAL_MS = 1_000;
const MOST_INTERVAL_MS = 24 * 60 * 60 * 1000;

/** @param shared whether the stores are shared: then every worker is given the same keys */
export function readSealing(env: Environment, shared: boolean): SealingConfig {
  const keys = env.optional('SEAL_KEYS');
  if (keys === undefined && shared) {
    env.fault('SEAL_KEYS must be given when the stores are shared: `tessera-ctl audit new-key` makes one.');
  }
  if (keys !== undefined) checkKeys(keys, (reason) => env.fault(`SEAL_KEYS: ${reason}`));
  const interval = env.text('SEAL_INTERVAL', 'PT1M');
  const intervalMs = parseDuration(interval) ?? 0;
  if (intervalMs < LEAST_INTERVAL_MS || intervalMs > MOST_INTERVAL_MS) {
    env.fault(`SEAL_INTERVAL must be a duration from PT1S to P1D, not "${interval}".`);
  }
  return { keys, intervalMs };
}

/** Settings of sealing, with the keys. */
export interface SealingSettings {
  readonly keys: string;
  readonly intervalMs: number;
}

/**
 * With the keys kept beside the data, where the environment names none.
 * @throws UnsafeKey
 */
export function settingsIn(dataDir: string, { keys, intervalMs }: SealingConfig): SealingSettings {
  return { keys: keys ?? keysIn(dataDir), intervalMs };
}

/**
 * The keys kept beside the data.
 * @throws UnsafeKey others than the owner may read the file, or it does not hold keys
 */
function keysIn(dataDir: string): string {
  const path = join(dataDir, 'seal.key');
  const keys = keysInFile(path, () => `${newSignerKey(newOrigin())}\n`);
  checkKeys(keys, (reason) => {
    throw new UnsafeKey(`${path}: ${reason}`);
  });
  return keys;
}

/** A unique name for a new log. */
export function newOrigin(): string {
  return `tessera-${randomBytes(8).toString('hex')}`;
}

function checkKeys(keys: string, fault: (reason: string) => void): void {
  try {
    parseSealingKeys(keys);
  } catch (error) {
    if (!(error instanceof NotAuthentic)) throw error;
    fault(error.message);
  }
}

/** The last checkpoint in a file beside the keys. */
export function checkpointIn(dataDir: string): CheckpointCopy {
  const path = join(dataDir, 'seal.checkpoint');
  return {
    read: async () => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
    write: async (note) => {
      await writeFile(`${path}.new`, note, { flush: true });
      await rename(`${path}.new`, path);
    },
  };
}
