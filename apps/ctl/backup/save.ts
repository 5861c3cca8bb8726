import { constants } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type EventReader, type Position, type RecordedEvent, START } from '#event-store';
import { readCheckpoint } from '#evidence';
import { knownKeys, lastSigned } from '#seal';
import { CannotBeDone } from '../command-line.ts';
import { LogTree } from './log-tree.ts';
import {
  LOG,
  MANIFEST,
  type Manifest,
  type ManifestFile,
  newManifest,
  type SavedLog,
  SEAL_OF_MANIFEST,
  sealText,
  textsOf,
} from './manifest.ts';
import { type Beside, type Part, parts } from './parts/index.ts';
import { eventsOf } from './reading.ts';
import { RecordWriter } from './record-file.ts';

export interface BackupOptions extends Beside {
  /** With personal data sealed. */
  readonly log: EventReader;
  /** The last checkpoint that was signed, where the views have lost it. */
  readonly checkpointCopy?: string;
  /** Created here: nothing of that name may exist. */
  readonly directory: string;
  readonly stores: Manifest['stores'];
  readonly release: string;
  readonly madeAt: string;
  /** Called often; the total where it is known. */
  readonly report: (events: number, total: number | undefined) => void;
}

export interface Saved {
  readonly manifest: Manifest;
  /** The hash of the manifest, which has those of all other files. */
  readonly sha256: string;
}

/** The size of one file of a part, in characters. */
const FILE_LENGTH = 64 * 1024 * 1024;

/**
 * Saves the log as it is now, while it may grow, and everything that cannot be rebuilt from it. The directory gets its
 * name when it is complete and on the disk.
 * @throws CannotBeDone there is something of that name, or the log is not the one that was sealed
 */
export async function saveBackup(options: BackupOptions): Promise<Saved> {
  const { directory } = options;
  const unfinished = `${resolve(directory)}.unfinished`;
  await makeDirectory(directory, unfinished);
  try {
    const saved = await save(options, unfinished);
    await flushDirectory(unfinished);
    await rename(unfinished, directory);
    await flushDirectory(dirname(resolve(directory)));
    return saved;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function save(options: BackupOptions, directory: string): Promise<Saved> {
  const { stores, release, madeAt } = options;
  const files: ManifestFile[] = [];
  const writeParts = async (when: Part['read']) => {
    for (const { name, read, save } of parts) {
      if (read === when) files.push(...(await writePart(directory, name, save(options))));
    }
  };
  await writeParts('before');
  const checkpoint = await lastCheckpoint(options);
  const log = new SavedEvents(options, checkpoint);
  files.unshift(...(await writePart(directory, LOG, log.read())));
  await writeParts('after');
  const manifest = newManifest({ release, madeAt, stores, log: log.whole(), checkpoint, files });
  const { text, sha256 } = textsOf(manifest);
  await writeFile(join(directory, MANIFEST), text, { mode: 0o600, flush: true });
  await writeFile(join(directory, SEAL_OF_MANIFEST), sealText(sha256), { mode: 0o600, flush: true });
  return { manifest, sha256 };
}

async function lastCheckpoint({ views, checkpointCopy }: BackupOptions) {
  const known = views === undefined ? [] : await knownKeys(views);
  if (views === undefined || known.length === 0) return checkpointCopy;
  return (await lastSigned(views))?.note;
}

async function makeDirectory(directory: string, unfinished: string): Promise<void> {
  if (await stat(directory).catch(() => undefined)) {
    throw new CannotBeDone(`There is something at ${directory} already: give each backup a name of its own.`);
  }
  await mkdir(dirname(unfinished), { recursive: true });
  try {
    await mkdir(unfinished, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CannotBeDone(
      `There is ${unfinished}: another backup of that name is being made, or one was cut short. Remove it if none is.`,
    );
  }
}

/** The events up to the end of the log at the start of reading. */
class SavedEvents {
  readonly #options: BackupOptions;
  readonly #tree: LogTree;
  #head: Position = START;

  constructor(options: BackupOptions, note: string | undefined) {
    this.#options = options;
    this.#tree = new LogTree(note === undefined ? undefined : readCheckpoint(note));
  }

  async *read(): AsyncGenerator<RecordedEvent> {
    const { log, stores, report } = this.#options;
    this.#head = await log.head();
    // There positions are dense.
    const total = stores === 'embedded' ? this.#head + 1 : undefined;
    for await (const event of eventsOf(log)) {
      if (event.position > this.#head) return;
      this.#tree.append(event);
      yield recordOf(event);
      report(this.#tree.size, total);
    }
  }

  /**
   * Once all were read.
   * @throws CannotBeDone they are not those that were sealed
   */
  whole(): SavedLog {
    const { size: events, root, isAsSealed } = this.#tree;
    if (isAsSealed) return { events, head: this.#head, root };
    throw new CannotBeDone(
      'The log is not the one that was sealed: it does not begin with the events of the last checkpoint. ' +
        'tessera-ctl audit verify names the first that differs.',
    );
  }
}

/** Writes the records into as many files as they take. */
async function writePart(
  directory: string,
  part: string,
  records: AsyncIterable<unknown>,
): Promise<readonly ManifestFile[]> {
  const files: ManifestFile[] = [];
  let current: { readonly name: string; readonly file: RecordWriter } | undefined;
  const close = async () => {
    if (current) files.push({ name: current.name, part, ...(await current.file.close()) });
    current = undefined;
  };
  try {
    for await (const record of records) {
      const name = `${part}-${String(files.length + 1).padStart(5, '0')}.ndjson.gz`;
      current ??= { name, file: new RecordWriter(join(directory, name)) };
      await current.file.write(record);
      if (current.file.length >= FILE_LENGTH) await close();
    }
    await close();
    return files;
  } catch (error) {
    current?.file.abandon();
    throw error;
  }
}

/** As it is written: its parts always in this order. */
function recordOf({ position, stream, revision, id, type, data, metadata }: RecordedEvent): RecordedEvent {
  return { position, stream, revision, id, type, data, metadata };
}

async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
