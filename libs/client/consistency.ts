/**
 * The newest write whoever shares this has made. Reads carry its token, so that they reflect it, whichever server
 * answers them.
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
    const token = headers.get('consistency-token') ?? '';
    if (isNewer(token, this.#token)) this.#token = token;
  }
}

/** Of two tokens of one service the longer is the newer, and of equally long ones the one that sorts last. */
function isNewer(token: string, other: string): boolean {
  return token.length === other.length ? token > other : token.length > other.length;
}
