import { createHash, timingSafeEqual } from 'node:crypto';
import type { Environment } from '../environment.ts';

const LEAST_LENGTH = 16;

/** Who may read the metrics: callers with the token; where none is set, everybody or nobody. */
export class MetricsAccess {
  readonly #hash: Buffer | undefined;

  constructor(
    token: string | undefined,
    private readonly isOpen: boolean,
  ) {
    this.#hash = token === undefined ? undefined : hashOf(`Bearer ${token}`);
  }

  /** @param authorization the header of that name */
  allows(authorization: string | undefined): boolean {
    if (this.#hash === undefined) return this.isOpen;
    return authorization !== undefined && timingSafeEqual(hashOf(authorization), this.#hash);
  }
}

/** The token that monitors must send, if any. */
export function readMetricsToken(env: Environment): string | undefined {
  const token = env.optional('METRICS_TOKEN');
  if (token !== undefined && (token.length < LEAST_LENGTH || /\s/.test(token))) {
    env.fault(`METRICS_TOKEN must be at least ${LEAST_LENGTH} characters without spaces.`);
  }
  return token;
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
