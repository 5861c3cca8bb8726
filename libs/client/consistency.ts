/**
 * The latest write, or change received, of all that share this. Reads send it, so that they reflect it,
 * whichever server answers them.
 */
export class Consistency {
  #token = '';

  /**
   * The headers with which a read reflects it; none before the first write.
   * @param waitSeconds how long the read may wait for that; at most 10
   */
  headers(waitSeconds = 10): Readonly<Record<string, string>> {
    return this.#token === '' ? {} : { 'consistency-token': this.#token, prefer: `wait=${waitSeconds}` };
  }

  /** Records the token in the answer to a write. Answers to concurrent requests may arrive in any order. */
  recordWrite(headers: Headers): void {
    this.record(headers.get('consistency-token') ?? '');
  }

  /** Records a token, or the cursor of a change: later reads reflect it. */
  record(token: string): void {
    if (isNewer(token, this.#token)) this.#token = token;
  }

  /** Whether reads already reflect that token, or the change of that cursor. */
  reflects(token: string): boolean {
    return !isNewer(token, this.#token);
  }
}

/**
 * Of two tokens of one service the longer is the newer, and of equally long ones the one that sorts last. The first
 * character only says whether it is the token of a write or the cursor of a change.
 */
function isNewer(token: string, other: string): boolean {
  return token.length === other.length ? token.slice(1) > other.slice(1) : token.length > other.length;
}
