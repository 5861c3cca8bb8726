import { hash, randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/**
 * A UUID that follows from another one and a path of names: always the same for the same input, and as early in
 * time as the one it is made from (both of version 7), so that indexes stay cheap.
 * Event ids follow from their command's, created things' ids too, and a process's commands from their cause.
 */
export function derivedId(from: string, ...path: readonly (string | number)[]): string {
  const digest = hash('sha256', `${from}/${path.join('/')}`, 'hex');
  const variant = ((Number.parseInt(digest[15] as string, 16) & 0x3) | 0x8).toString(16);
  return (
    `${from.slice(0, 13)}-7${digest.slice(12, 15)}-` +
    `${variant}${digest.slice(16, 19)}-${digest.slice(20, 32)}`
  );
}

/**
 * Likewise, for things of which many are created together: in the order of their numbers. What is next to each other in
 * the file they come from is then next to each other in every index by their ids.
 * @param number a whole number, not negative; the order begins again after 2^26
 */
export function numberedId(from: string, number: number, ...path: readonly (string | number)[]): string {
  const digits = (number % 2 ** 26).toString(2).padStart(26, '0');
  const high = Number.parseInt(digits.slice(0, 12), 2).toString(16).padStart(3, '0');
  const low = Number.parseInt(`10${digits.slice(12)}`, 2).toString(16);
  return `${from.slice(0, 13)}-7${high}-${low}-${derivedId(from, number, ...path).slice(-12)}`;
}

/** A token that is printed on the machine and read aloud on the telephone: short, without look-alike letters. */
export function installationToken(installationId: string): string {
  const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const digest = derivedId(installationId, 'token').replaceAll('-', '').slice(-16);
  let rest = BigInt(`0x${digest}`);
  let token = '';
  for (let letter = 0; letter < 12; letter++) {
    token += alphabet[Number(rest % 32n)];
    rest /= 32n;
  }
  return `${token.slice(0, 4)}-${token.slice(4, 8)}-${token.slice(8)}`;
}

const POOL_BYTES = 4096;
const BYTES = 16;
const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;

/** A new UUID of version 7. Its random bytes come from a pool: sixteen at a time would cost more than an append. */
export function newId(): string {
  if (used === POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  used += BYTES;
  return v7({ random: pool.subarray(used - BYTES, used) });
}
