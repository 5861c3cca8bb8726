/** Of a stream without events: one whose first append was refused has a key and no revision yet. */
export const NO_REVISION = -1;

const KNOWN_STREAMS = 4_000;

/** A stream's number in the file, and its last revision. */
export interface End {
  readonly key: number;
  readonly revision: number;
}

/**
 * Where the streams in use end, by name: what was just read or written need not be looked up to be written again.
 * Starts afresh when it is full, which costs less than to know of each which was used last.
 */
export class StreamEnds extends Map<string, End> {
  override set(stream: string, end: End): this {
    if (this.size >= KNOWN_STREAMS) this.clear();
    return super.set(stream, end);
  }
}
