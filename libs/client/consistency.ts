/**
 * The newest that whoever shares this has written, or was told of as a change. Reads carry it, so that they reflect it,
 * whichever server answers them.
 */
export class Consistency {
  #token = '';

  /**
   * What a read asks for to reflect it; nothing before the first write.
   * @param waitSeconds how long the read may wait for that; at most 10
   */
  headers(waitSeconds = 10): Readonly<Record<string, string>> {
    return this.#token === '' ? {} : { 'consistency-token': this.#token, prefer: `wait=${waitSeconds}` };
  }

  /** Remembers what the answer to a write says it reflects. Answers to requests made at once may arrive in any order. */
  recordWrite(headers: Headers): void {
    this.record(headers.get('consistency-token') ?? '');
  }

  /** Remembers a token, or the cursor of a change: what is read from now on reflects it. */
  record(token: string): void {
    if (isNewer(token, this.#token)) this.#token = token;
  }

  /** Whether reads reflect that token, or the change of that cursor, already. */
  reflects(token: string): boolean {
    return !isNewer(token, this.#token);
  }
}

/**
 * Of two tokens of one service the longer is the newer, and of equally long ones the one that sorts last. The first
 * sign only says whether it is that of a write or the cursor of a change.
 */
function isNewer(token: string, other: string): boolean {
  return token.length === other.length ? token.slice(1) > other.slice(1) : token.length > other.length;
}
