// The manifest of a backup, which is written last.
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FORMAT = 'tessera-backup';
/** Of the format. A later one may be read by later releases only. */
const VERSION = 1;

/** The part that is the log itself. */
export const LOG = 'log';

export const MANIFEST = 'manifest.json';
/** Its hash, in the format of `sha256sum`. Without it a backup is not complete. */
export const SEAL_OF_MANIFEST = 'manifest.sha256';

/** One file of a backup. */
export interface ManifestFile {
  readonly name: string;
  /** `log`, or the name of another part; files of one part follow each other. */
  readonly part: string;
  readonly records: number;
  readonly bytes: number;
  /** Of the file as it is, in hexadecimal digits. */
  readonly sha256: string;
}

/** The log that was saved. */
export interface SavedLog {
  readonly events: number;
  /** The position of its last event, where it was saved. */
  readonly head: number;
  /** Of the tree over all of its events, in base64. */
  readonly root: string;
}

export interface Manifest {
  readonly format: typeof FORMAT;
  readonly version: number;
  /** Of Tessera. */
  readonly release: string;
  readonly madeAt: string;
  /** Which stores it is of. */
  readonly stores: 'embedded' | 'shared';
  readonly log: SavedLog;
  /** The last checkpoint that was signed of the log, as a note; absent where nothing was sealed. */
  readonly checkpoint?: string;
  readonly files: readonly ManifestFile[];
}

/** The backup is incomplete, altered, or not readable by this release. */
export class BackupUnusable extends Error {
  override readonly name = 'BackupUnusable';
  constructor(directory: string, why: string) {
    super(`The backup in ${directory} is not used: ${why}.`);
  }
}

export function newManifest(contents: Omit<Manifest, 'format' | 'version'>): Manifest {
  return { format: FORMAT, version: VERSION, ...contents };
}

/** The texts of the manifest and of its hash file. */
export function textsOf(manifest: Manifest): { readonly text: string; readonly sha256: string } {
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  return { text, sha256: hash('sha256', text, 'hex') };
}

export function sealText(sha256: string): string {
  return `${sha256}  ${MANIFEST}\n`;
}

/**
 * @throws BackupUnusable there is none, it is not finished, was altered, or is of a later release
 */
export async function readManifest(
  directory: string,
): Promise<{ readonly manifest: Manifest; readonly sha256: string }> {
  const sealed = await textIn(directory, SEAL_OF_MANIFEST);
  if (sealed === undefined) {
    throw new BackupUnusable(directory, `it was not finished, or is none: there is no ${SEAL_OF_MANIFEST}`);
  }
  const text = await textIn(directory, MANIFEST);
  if (text === undefined) throw new BackupUnusable(directory, `there is no ${MANIFEST}`);
  const sha256 = hash('sha256', text, 'hex');
  if (sealed !== sealText(sha256)) {
    throw new BackupUnusable(directory, `${MANIFEST} is not what was written, as ${SEAL_OF_MANIFEST} shows`);
  }
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.format !== FORMAT) throw new BackupUnusable(directory, 'it is of another program');
  if (manifest.version > VERSION) {
    const { release, version } = manifest;
    throw new BackupUnusable(
      directory,
      `release ${release} has made it, in version ${version} of its format`,
    );
  }
  return { manifest, sha256 };
}

async function textIn(directory: string, file: string): Promise<string | undefined> {
  try {
    return await readFile(join(directory, file), 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new BackupUnusable(directory, message);
  }
}
