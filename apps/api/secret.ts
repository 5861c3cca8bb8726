import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BYTES = 32;

/** The deployment's own secret, made at the first start and kept beside the data, for its owner only. */
export class Secret {
  private readonly bytes: Buffer;

  constructor(directory: string) {
    const file = join(directory, 'secret.key');
    if (!existsSync(file)) {
      mkdirSync(directory, { recursive: true });
      writeFileSync(file, randomBytes(BYTES), { mode: 0o600, flag: 'wx' });
    }
    this.bytes = readFileSync(file);
    if (this.bytes.length !== BYTES) throw new Error(`${file} must hold ${BYTES} bytes.`);
  }

  /** A key for one purpose; those for different purposes tell nothing of each other. */
  keyFor(purpose: string): Uint8Array {
    return createHmac('sha256', this.bytes).update(purpose).digest();
  }
}
