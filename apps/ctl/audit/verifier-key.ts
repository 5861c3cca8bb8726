import { NotAuthentic, parseVerifierKey, type VerifierKey } from '#evidence';
import { WrongUsage } from '../command-line.ts';

/**
 * The key that `--key` gives.
 * @throws WrongUsage it is none
 */
export function verifierKey(text: string): VerifierKey {
  try {
    return parseVerifierKey(text);
  } catch (error) {
    if (error instanceof NotAuthentic) throw new WrongUsage(`--key: ${error.message}`);
    throw error;
  }
}
