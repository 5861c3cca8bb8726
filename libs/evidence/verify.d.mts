/** The pack is not what it says. */
export declare class Refused extends Error {}

/** What was verified. */
export interface Verified {
  readonly statement: { readonly words: string };
  /** How many the pack has. */
  readonly events: number;
  readonly checkpoint: { readonly origin: string; readonly size: number };
}

/**
 * Checks an evidence pack.
 * @param bytes the file
 * @param trusted the key that must have signed, as it was got by another way than the pack
 * @throws Refused
 */
export declare function verify(bytes: Uint8Array, trusted?: string): Verified;
