import {
  isSignerKey,
  NotAuthentic,
  parseSignerKey,
  parseVerifierKey,
  type SignerKey,
  type VerifierKey,
} from '#evidence';

/** The keys of one log; their name is its permanent origin. */
export interface SealingKeys {
  readonly origin: string;
  /** Each signs every checkpoint: while keys are changed, the new one and the old one do. */
  readonly signers: readonly SignerKey[];
  /** Signed earlier checkpoints. */
  readonly retired: readonly VerifierKey[];
}

/**
 * Reads keys, separated by line breaks or spaces: private ones sign, public ones are retired.
 * @throws NotAuthentic without a private key, with an invalid one, or with keys of several logs; the message holds no key
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
