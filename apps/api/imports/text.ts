// Decodes UTF-8 as it is read; for another encoding, its name and the first line that shows it.
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';

/** The bytes are no text in UTF-8; everything before the line that shows it has been given. */
export class NotUtf8 extends Error {
  override readonly name = 'NotUtf8';
  constructor(readonly encoding: 'UTF-16' | 'Windows-1252') {
    super(`The text is not in UTF-8; it looks like ${encoding}.`);
  }
}

const BYTE_ORDER_MARK = '\ufeff';
const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d];

/**
 * Pieces of a file's text, without its byte order mark.
 * @throws NotUtf8
 */
export async function* textOf(path: string): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (isFirst && isUtf16(chunk)) throw new NotUtf8('UTF-16');
    const bytes = Buffer.concat([rest, chunk]);
    const whole = bytes.length - brokenOff(bytes);
    rest = bytes.subarray(whole);
    for (const text of piecesOf(bytes.subarray(0, whole))) {
      yield isFirst && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
      isFirst = false;
    }
  }
  if (rest.length > 0) throw new NotUtf8('Windows-1252');
}

/** Either has a mark of its own, or every other byte of its first letters is nought. */
function isUtf16(start: Buffer): boolean {
  const mark = start.length >= 2 ? start.readUInt16BE() : 0;
  return mark === 0xfeff || mark === 0xfffe || start.subarray(0, 4).includes(0);
}

/** How many bytes at the end begin a letter that goes on in the next chunk. */
function brokenOff(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** All of it, or its lines up to the first that is something else. */
function* piecesOf(bytes: Buffer): Generator<string> {
  if (isUtf8(bytes)) {
    yield bytes.toString('utf8');
    return;
  }
  let start = 0;
  for (let end = 0; end <= bytes.length; end++) {
    const endsLine = bytes[end] === LINE_FEED || bytes[end] === CARRIAGE_RETURN;
    if (!endsLine && end < bytes.length) continue;
    if (!isUtf8(bytes.subarray(start, end))) break;
    start = end + 1;
  }
  yield bytes.subarray(0, start).toString('utf8');
  throw new NotUtf8('Windows-1252');
}
