import { hash } from 'node:crypto';
import type { Envelope } from '../command-executor.ts';
import { canonicalJson } from './canonical-json.ts';

/** What a repeated command is recognised by, and another one under its id told from it. */
type Hashes = Pick<Envelope, 'hash' | 'formerHashes'>;

/**
 * Hashes of commands, which are stored in the log. With a key, so that nobody who has the log alone can try out what a
 * command may have said that has been erased since.
 */
export class CommandHashes {
  /** @param key `undefined` where nothing is ever erased */
  constructor(private readonly key?: () => Promise<Uint8Array>) {}

  async of({ type, data }: { readonly type: string; readonly data: unknown }): Promise<Hashes> {
    const asked = canonicalJson([type, data]);
    const former = () => [
      hash('sha256', asked, 'base64url'),
      hash('sha256', JSON.stringify([type, data]), 'base64url'),
    ];
    if (this.key === undefined) return { hash: hash('sha256', asked, 'base64url'), formerHashes: former };
    const keyed = Buffer.concat([await this.key(), Buffer.from(asked)]);
    // SHA-512/256: a hash of it cannot be continued by those who do not have the key.
    return { hash: hash('sha512-256', keyed, 'base64url'), formerHashes: former };
  }
}
