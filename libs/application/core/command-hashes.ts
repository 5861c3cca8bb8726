import { hash } from 'node:crypto';
import type { Envelope } from '../command-executor.ts';
import { canonicalJson } from './canonical-json.ts';

/** By these a repeated command is recognised, and distinguished from another one with the same id. */
type Hashes = Pick<Envelope, 'hash' | 'formerHashes'>;

/**
 * Hashes of commands, which are stored in the log. With a key, so that nobody who has the log alone can guess the
 * contents of a command that have been erased since.
 */
export class CommandHashes {
  /** @param key `undefined` where nothing is ever erased */
  constructor(private readonly key?: () => Promise<Uint8Array>) {}

  async of({ type, data }: { readonly type: string; readonly data: unknown }): Promise<Hashes> {
    const contents = canonicalJson([type, data]);
    const former = () => [
      hash('sha256', contents, 'base64url'),
      hash('sha256', JSON.stringify([type, data]), 'base64url'),
    ];
    if (this.key === undefined) return { hash: hash('sha256', contents, 'base64url'), formerHashes: former };
    const keyed = Buffer.concat([await this.key(), Buffer.from(contents)]);
    // SHA-512/256 is not open to length extension.
    return { hash: hash('sha512-256', keyed, 'base64url'), formerHashes: former };
  }
}
