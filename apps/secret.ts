import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environment.ts';
import { readStoreUrls, type StoreUrls } from './store-urls.ts';

const BYTES = 32;

/** The deployment's secret: keys for signing and deriving follow from it. */
export class Secret {
  /** @param bytes at least 32, as random as can be */
  constructor(private readonly bytes: Uint8Array) {}

  /** The one kept beside the data, for its owner only; made at the first start. */
  static in(directory: string): Secret {
    const file = join(directory, 'secret.key');
    if (!existsSync(file)) {
      mkdirSync(directory, { recursive: true });
      writeFileSync(file, randomBytes(BYTES), { mode: 0o600, flag: 'wx' });
    }
    const bytes = readFileSync(file);
    if (bytes.length !== BYTES) throw new Error(`${file} must hold ${BYTES} bytes.`);
    return new Secret(bytes);
  }

  /** A key for one purpose; keys for different purposes are independent. */
  keyFor(purpose: string): Uint8Array {
    return createHmac('sha256', this.bytes).update(purpose).digest();
  }
}

/** The distributed mode: every process is given the same. */
export interface SharedStoresConfig extends StoreUrls {
  readonly secret: Secret;
}

/** Where the stores are that processes share, and their secret; `undefined` for the embedded stores. */
export function readSharedStores(env: Environment): SharedStoresConfig | undefined {
  const urls = readStoreUrls(env);
  if (urls === undefined) return undefined;
  return { ...urls, secret: readSecret(env) };
}

/** The same for all processes on shared stores. */
export function readSecret(env: Environment): Secret {
  const bytes = Buffer.from(env.optional('SECRET') ?? '', 'base64');
  if (bytes.length < BYTES) {
    env.fault(`SECRET must be at least ${BYTES} random bytes in base64 when the stores are shared.`);
  }
  return new Secret(bytes);
}
