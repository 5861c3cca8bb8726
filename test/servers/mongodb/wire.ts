import { Buffer } from 'node:buffer';
import { BSON, Long } from 'mongodb';

/** A BSON document as this server works with it; see `fromWire`. */
export type Bson = { [field: string]: unknown };

export interface Request {
  readonly id: number;
  readonly command: Bson;
  /** An OP_QUERY message, with which a connection begins. */
  readonly legacy: boolean;
  /** The client expects no answer. */
  readonly unanswered: boolean;
}

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER_BYTES = 16;
const MORE_TO_COME = 2;
/** Flags that this server may ignore. */
const OPTIONAL_FLAGS = 0xffff0000;

/** Assembles whole messages from chunks. */
export class Messages {
  #pieces: Buffer[] = [];
  #bytes = 0;
  /** The bytes needed before a message can be taken. */
  #wanted = HEADER_BYTES;

  *take(piece: Buffer): Generator<Buffer> {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    while (this.#bytes >= this.#wanted) {
      const received = Buffer.concat(this.#pieces);
      const length = received.readInt32LE(0);
      const isWhole = received.length >= length;
      if (isWhole) yield received.subarray(0, length);
      const rest = isWhole ? received.subarray(length) : received;
      this.#pieces = [rest];
      this.#bytes = rest.length;
      this.#wanted = isWhole ? HEADER_BYTES : length;
    }
  }
}

/** @throws Error the message is of an unsupported kind */
export function readRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const operation = message.readInt32LE(12);
  if (operation === OP_QUERY) {
    const name = message.indexOf(0, 20);
    const command = documentAt(message, name + 1 + 8);
    return { id, command, legacy: true, unanswered: false };
  }
  if (operation !== OP_MSG) throw new Error(`The operation ${operation} is not supported.`);
  const flags = message.readUInt32LE(HEADER_BYTES);
  if ((flags & ~OPTIONAL_FLAGS & ~MORE_TO_COME) !== 0)
    throw new Error(`The flags ${flags} are not supported.`);
  const command = readSections(message.subarray(HEADER_BYTES + 4));
  return { id, command, legacy: false, unanswered: (flags & MORE_TO_COME) !== 0 };
}

/** The command, with the lists of its document sequence sections as fields. */
function readSections(bytes: Buffer): Bson {
  const command: Bson = {};
  for (let at = 0; at < bytes.length; ) {
    const kind = bytes.readUInt8(at);
    const length = bytes.readInt32LE(at + 1);
    const section = bytes.subarray(at + 1, at + 1 + length);
    if (kind === 0) Object.assign(command, documentAt(section, 0));
    else if (kind === 1) Object.assign(command, readList(section));
    else throw new Error(`A section of kind ${kind} is not supported.`);
    at += 1 + length;
  }
  return command;
}

function readList(section: Buffer): Bson {
  const nameEnd = section.indexOf(0, 4);
  const documents: Bson[] = [];
  for (let at = nameEnd + 1; at < section.length; at += section.readInt32LE(at)) {
    documents.push(documentAt(section, at));
  }
  return { [section.toString('utf8', 4, nameEnd)]: documents };
}

function documentAt(bytes: Buffer, at: number): Bson {
  const document = bytes.subarray(at, at + bytes.readInt32LE(at));
  return fromWire(BSON.deserialize(document, { promoteLongs: false })) as Bson;
}

export function writeReply({ id, legacy }: Request, reply: Bson): Buffer {
  const document = BSON.serialize(toWire(reply) as Bson);
  const head = Buffer.alloc(HEADER_BYTES + (legacy ? 20 : 5));
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(id, 8);
  head.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12);
  if (legacy) head.writeInt32LE(1, HEADER_BYTES + 16);
  return Buffer.concat([head, document]);
}

/** Text as one character for each of its UTF-8 bytes, so that JavaScript compares it as the real server does. */
export function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function textOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString();
}

/** Maps every text within a value. */
function fromWire(value: unknown): unknown {
  return mapTexts(value, bytesOf);
}

function toWire(value: unknown): unknown {
  return mapTexts(value, textOf);
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII, which is the same either way
  if (typeof value === 'string') return /^[\u0000-\u007f]*$/.test(value) ? value : map(value);
  const isList = Array.isArray(value);
  if (!isList && !isPlain(value)) return value;
  // Seldom is there anything to map: what stays the same is not copied.
  let mapped: Bson | undefined;
  for (const field of Object.keys(value)) {
    const item = (value as Bson)[field];
    const now = mapTexts(item, map);
    if (now === item) continue;
    mapped ??= (isList ? [...value] : { ...value }) as Bson;
    mapped[field] = now;
  }
  return mapped ?? value;
}

/** An object of fields, rather than a value of one of BSON's own types; of any realm, since Jest has several. */
export function isPlain(value: unknown): value is Bson {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && Object.getPrototypeOf(prototype) === null;
}

/** A cursor's id must be 64 bits wide, even 0. */
export function cursorId(id: number): Long {
  return Long.fromNumber(id);
}
