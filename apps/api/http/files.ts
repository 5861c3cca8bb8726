import { finished, type Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { Exchange } from './exchange.ts';
import { HttpProblem } from './problem.ts';

/** How many files may be sent at once. */
export interface FileLimits {
  readonly perAccount: number;
  readonly inAll: number;
}

/** Headers of a file. */
export interface FileKind {
  /** The media type. */
  readonly type: string;
  readonly disposition?: string;
}

const FILE_LIMITS: FileLimits = { perAccount: 10, inAll: 100 };

const RETRY_AFTER_SECONDS = 5;

/** The files that are being sent while they are read, bounded for each account: each takes memory until it is sent. */
export class Files {
  readonly #limits: FileLimits;
  readonly #ofAccounts = new Map<string, number>();
  #inAll = 0;

  constructor(limits: FileLimits = FILE_LIMITS) {
    this.#limits = limits;
  }

  /**
   * The answer that sends the content. It counts until it is sent, or its client has gone.
   * @throws HttpProblem 429 too many files are being sent
   */
  send({ reply, caller }: Exchange, content: Readable, kind: FileKind): StreamableFile {
    const { account } = caller;
    const ofAccount = this.#ofAccounts.get(account) ?? 0;
    if (ofAccount >= this.#limits.perAccount || this.#inAll >= this.#limits.inAll) {
      content.destroy();
      const detail = 'Too many files are being sent; read those to their end, then try again.';
      throw new HttpProblem(429, 'too-many-files', detail, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    this.#ofAccounts.set(account, ofAccount + 1);
    this.#inAll += 1;
    finished(reply.raw, () => this.#end(account));
    return new StreamableFile(content, kind);
  }

  #end(account: string): void {
    this.#inAll -= 1;
    const left = (this.#ofAccounts.get(account) ?? 0) - 1;
    if (left > 0) this.#ofAccounts.set(account, left);
    else this.#ofAccounts.delete(account);
  }
}
