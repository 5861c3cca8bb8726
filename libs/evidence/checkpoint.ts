// The state of the log at a moment, as C2SP writes it (tlog-checkpoint).
import { decodeBase64 } from './base64.ts';
import { HASH_BYTES, type Hash } from './merkle.ts';
import { NotAuthentic, openNote, type SignerKey, signNote, type VerifierKey } from './note.ts';

/** A tree of events; its root commits to all of them and to their order. */
export interface Checkpoint {
  /** The permanent name of the log, which is also the name of its keys. */
  readonly origin: string;
  /** How many events. */
  readonly size: number;
  readonly root: Hash;
}

/** The checkpoint as a note signed with each of the keys. */
export function signCheckpoint({ origin, size, root }: Checkpoint, keys: readonly SignerKey[]): string {
  return signNote(`${origin}\n${size}\n${root.toString('base64')}\n`, keys);
}

/**
 * The checkpoint, if it is signed with one of the keys.
 * @throws NotAuthentic
 */
export function openCheckpoint(note: string, keys: readonly VerifierKey[]): Checkpoint {
  const { text, signedBy } = openNote(note, keys);
  const checkpoint = parsed(text);
  if (!signedBy.some(({ name }) => name === checkpoint.origin)) {
    throw new NotAuthentic(`The checkpoint of ${checkpoint.origin} is not signed with a key of that name.`);
  }
  return checkpoint;
}

/**
 * The checkpoint in the note; its signatures are not verified.
 * @throws NotAuthentic it is no checkpoint
 */
export function readCheckpoint(note: string): Checkpoint {
  return parsed(note.slice(0, note.lastIndexOf('\n\n') + 1));
}

function parsed(text: string): Checkpoint {
  const [origin, size = '', encoded = ''] = text.split('\n');
  const root = decodeBase64(encoded);
  const count = /^(0|[1-9]\d{0,15})$/.test(size) ? Number(size) : Number.NaN;
  if (!origin || !Number.isSafeInteger(count) || root?.length !== HASH_BYTES) {
    throw new NotAuthentic('It is not a checkpoint.');
  }
  return { origin, size: count, root };
}
