import {
  isSignerKey,
  NotAuthentic,
  parseSignerKey,
  parseVerifierKey,
  type SignerKey,
  type VerifierKey,
} from '#evidence';

/** The keys of one log: their name is its origin, for ever. */
export interface SealingKeys {
  readonly origin: string;
  /** Each signs every checkpoint: while keys are changed, the new one and the old one do. */
  readonly signers: readonly SignerKey[];
  /** Signed earlier checkpoints. */
  readonly retired: readonly VerifierKey[];
}

/**
 * The keys of a text: one a line, or separated by spaces; private ones sign, public ones have been retired.
 * @throws NotAuthentic there is none that signs, one is no key, or they are of several logs; it repeats none of them
 */
export function parseSealingKeys(text: string): SealingKeys {
  const keys = text.split(/\s+/).filter(Boolean);
  const signers = keys.filter(isSignerKey).map(parseSignerKey);
  const retired = keys.filter((key) => !isSignerKey(key)).map(parseVerifierKey);
  const [first] = signers;
  if (first === undefined) throw new NotAuthentic('There is no private key among the keys.');
  if ([...signers, ...retired].some(({ name }) => name !== first.name)) {
    throw new NotAuthentic('The keys have different names: those of one log all have its name.');
  }
  return { origin: first.name, signers, retired };
}
