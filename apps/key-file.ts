// Keys that are in no store but in files beside the data, readable by their owner only.
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A key file cannot be used. */
export class UnsafeKey extends Error {
  override readonly name = 'UnsafeKey';
}

/**
 * The keys that a file holds; it is made at the first start.
 * @param make gives the text of a new file
 * @throws UnsafeKey others than the owner may read it
 */
export function keysInFile(path: string, make: () => string): string {
  if (!existsSync(path)) makeFile(path, make());
  const others = statSync(path).mode & 0o077;
  if (others !== 0) throw new UnsafeKey(`${path} may be read by others than its owner: chmod 600 it.`);
  return readFileSync(path, 'utf8');
}

/** Atomic; the first of two processes that start together creates it. */
function makeFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}
