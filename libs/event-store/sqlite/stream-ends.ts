/** Of a stream without events: one whose first append was refused has a key and no revision yet. */
export const NO_REVISION = -1;

const KNOWN_STREAMS = 4_000;

/** A stream's number in the file, and its last revision. */
export interface End {
  readonly key: number;
  readonly revision: number;
}

/**
 * The ends of the streams in use, by name: a stream that was just read or written need not be looked up again.
 * Cleared when it is full, which costs less than tracking which was used last.
 */
export class StreamEnds extends Map<string, End> {
  override set(stream: string, end: End): this {
    if (this.size >= KNOWN_STREAMS) this.clear();
    return super.set(stream, end);
  }
}
