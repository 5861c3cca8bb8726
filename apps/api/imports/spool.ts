import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HttpProblem } from '../http/problem.ts';

/** A file that has arrived in full. */
export interface Spooled extends AsyncDisposable {
  readonly path: string;
  /** Of its contents, in hexadecimal. */
  readonly sha256: string;
}

/**
 * Stores an upload on disk, named by its hash; an interrupted one leaves nothing behind.
 * @throws HttpProblem 413 it is larger than `maxBytes`, 400 it broke off
 */
export async function spool(upload: Readable, maxBytes: number): Promise<Spooled> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-upload-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'file');
  const hash = createHash('sha256');
  try {
    await pipeline(upload, measured(hash, maxBytes), createWriteStream(path));
  } catch (error) {
    await remove();
    if (error instanceof HttpProblem) throw error;
    throw new HttpProblem(400, 'upload-broken-off', 'The upload was interrupted; nothing of it was kept.');
  }
  return { path, sha256: hash.digest('hex'), [Symbol.asyncDispose]: remove };
}

function measured(hash: ReturnType<typeof createHash>, maxBytes: number) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > maxBytes)
        throw new HttpProblem(413, 'too-large', `A file may have at most ${maxBytes} bytes.`);
      hash.update(chunk);
      yield chunk;
    }
  };
}
