// Files of records: one JSON text a line, compressed.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip, createGzip } from 'node:zlib';
import type { ManifestFile } from './manifest.ts';

/** The size of a chunk for the compressor. */
const CHUNK = 64 * 1024;

/** Writes a new file of records; it is on the disk when it is closed. */
export class RecordWriter {
  readonly #gzip = createGzip();
  readonly #hash = createHash('sha256');
  readonly #written: Promise<void>;
  #bytes = 0;
  #waiting = '';
  #records = 0;
  /** Characters of the records written so far. */
  #length = 0;

  constructor(path: string) {
    const counted = async function* (this: RecordWriter, chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        this.#hash.update(chunk);
        this.#bytes += chunk.length;
        yield chunk;
      }
    }.bind(this);
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
    this.#written = pipeline(this.#gzip, counted, file);
    // The error is thrown by the next write or close.
    this.#written.catch(() => undefined);
  }

  get length(): number {
    return this.#length;
  }

  async write(record: unknown): Promise<void> {
    const line = `${JSON.stringify(record)}\n`;
    this.#waiting += line;
    this.#length += line.length;
    this.#records += 1;
    if (this.#waiting.length >= CHUNK) await this.#pass();
  }

  async close(): Promise<Pick<ManifestFile, 'records' | 'bytes' | 'sha256'>> {
    await this.#pass();
    this.#gzip.end();
    await this.#written;
    return { records: this.#records, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  /** Closes a file that is not finished. */
  abandon(): void {
    this.#gzip.destroy();
  }

  async #pass(): Promise<void> {
    const text = this.#waiting;
    this.#waiting = '';
    if (this.#gzip.destroyed) await this.#written;
    if (text === '' || this.#gzip.write(text)) return;
    await Promise.race([once(this.#gzip, 'drain'), this.#written]);
  }
}

/** The records of a file, in order. */
export async function* recordsIn(path: string): AsyncGenerator<unknown> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const file = createReadStream(path);
  const text = createGunzip();
  const read = pipeline(file, text);
  read.catch(() => undefined);
  try {
    for await (const chunk of text) {
      const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line);
    }
  } finally {
    file.destroy();
    text.destroy();
  }
}

/** The size and hash of a file; `undefined` where there is none. */
export async function fileAt(path: string): Promise<Pick<ManifestFile, 'bytes' | 'sha256'> | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return { bytes: found.size, sha256: hash.digest('hex') };
}
