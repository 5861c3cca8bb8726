// Reads what is published of the sealed log.
import { parseVerifierKey } from '#evidence';
import type { ViewReader } from '#view-store';
import { type SealKey, type SignedCheckpoint, sealKeys, signedCheckpoints } from './documents.ts';

/** Keys are changed manually and rarely. */
const MAX_KEYS = 1_000;

/** Every key that checkpoints are, or were, signed with, the oldest first. */
export async function knownKeys(views: ViewReader): Promise<readonly SealKey[]> {
  return (await views.find(sealKeys, { index: 'by-time', prefix: [], limit: MAX_KEYS })).items;
}

/** The last checkpoint of the log that is sealed now; `undefined` where there is none yet. */
export async function lastSigned(views: ViewReader): Promise<SignedCheckpoint | undefined> {
  const current = (await knownKeys(views)).findLast(({ until }) => until === undefined);
  return current && lastOf(views, parseVerifierKey(current.id).name);
}

/** The last checkpoint of a log. */
export async function lastOf(views: ViewReader, origin: string): Promise<SignedCheckpoint | undefined> {
  const query = { index: 'by-size', prefix: [origin], direction: 'descending', limit: 1 } as const;
  const [last] = (await views.find(signedCheckpoints, query)).items;
  return last;
}
