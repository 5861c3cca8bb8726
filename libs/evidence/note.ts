// Signed notes as C2SP defines them (signed-note), with Ed25519 keys in the encoding of Go's sumdb/note.
import {
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { decodeBase64 } from './base64.ts';

/** Checks signatures of one key. */
export interface VerifierKey {
  readonly name: string;
  /** 4 bytes that distinguish the keys of one name. */
  readonly id: Buffer;
  /** `name+hash+base64`: the form given to verifiers. */
  readonly text: string;
  verify(text: string, signature: Uint8Array): boolean;
}

/** Signs with one key. */
export interface SignerKey {
  readonly name: string;
  readonly verifier: VerifierKey;
  sign(text: string): Buffer;
}

/** A note whose signatures were checked. */
export interface OpenedNote {
  /** The signed text, with its last line break. */
  readonly text: string;
  /** Those of the given keys that it is signed with. */
  readonly signedBy: readonly VerifierKey[];
}

/** Not a key, not a note, or not signed with a known key. */
export class NotAuthentic extends Error {
  override readonly name = 'NotAuthentic';
}

const ED25519 = Buffer.of(1);
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const ID_BYTES = 4;
/** As Go's implementation limits them. */
const MAX_NOTE_BYTES = 1_000_000;
const MAX_SIGNATURES = 100;

/** What comes before the 32 bytes of a key in its DER encodings. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

const PRIVATE = 'PRIVATE+KEY+';

/** Names of keys: printable, without space and plus. */
const NAME = /^[!-*,-~]{1,200}$/;

/**
 * A new private key in its encoding.
 * @throws RangeError it cannot be a key's name
 */
export function newSignerKey(name: string, seed: Uint8Array = randomBytes(KEY_BYTES)): string {
  if (!NAME.test(name)) throw new RangeError('The name of a key is printable ASCII without space and plus.');
  const { id } = verifierOf(name, publicOf(privateKeyOf(seed)));
  return `${PRIVATE}${name}+${id.toString('hex')}+${Buffer.concat([ED25519, seed]).toString('base64')}`;
}

/**
 * @throws NotAuthentic it is no private key; the message does not repeat it
 */
export function parseSignerKey(text: string): SignerKey {
  if (!text.startsWith(PRIVATE)) throw new NotAuthentic(`A private key begins with ${PRIVATE}.`);
  const { name, id, bytes } = parsed(text.slice(PRIVATE.length));
  const key = privateKeyOf(bytes);
  const verifier = verifierOf(name, publicOf(key));
  if (!verifier.id.equals(id)) throw new NotAuthentic('The private key does not belong to its hash.');
  return { name, verifier, sign: (signed) => sign(null, Buffer.from(signed), key) };
}

/** @throws NotAuthentic it is no public key */
export function parseVerifierKey(text: string): VerifierKey {
  const { name, id, bytes } = parsed(text);
  const verifier = verifierOf(name, bytes);
  if (!verifier.id.equals(id)) throw new NotAuthentic('The public key does not belong to its hash.');
  return verifier;
}

export function isSignerKey(text: string): boolean {
  return text.startsWith(PRIVATE);
}

/**
 * @param text ends with a line break
 */
export function signNote(text: string, keys: readonly SignerKey[]): string {
  const lines = keys.map(({ name, verifier, sign }) => {
    const signature = Buffer.concat([verifier.id, sign(text)]).toString('base64');
    return `— ${name} ${signature}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/**
 * The text, if at least one of the keys has signed it. Signatures of other keys are ignored, such as those of
 * witnesses.
 * @throws NotAuthentic it is no note, none of the keys has signed it, or a signature of one of them is wrong
 */
export function openNote(note: string, keys: readonly VerifierKey[]): OpenedNote {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n') || Buffer.byteLength(note) > MAX_NOTE_BYTES || hasControls(note)) {
    throw new NotAuthentic('It is not a signed note.');
  }
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw new NotAuthentic('The note has too many signatures.');
  const signedBy = new Set<VerifierKey>();
  for (const line of lines) {
    const { name, id, signature } = signatureIn(line);
    const key = keys.find((each) => each.name === name && each.id.equals(id));
    if (key === undefined) continue;
    if (!key.verify(text, signature)) throw new NotAuthentic(`The note's signature of ${name} is wrong.`);
    signedBy.add(key);
  }
  if (signedBy.size === 0) throw new NotAuthentic('The note is not signed with a key that is known.');
  return { text, signedBy: [...signedBy] };
}

function signatureIn(line: string) {
  const [, name, encoded] = /^— ([!-*,-~]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (name === undefined || bytes === undefined || bytes.length <= ID_BYTES) {
    throw new NotAuthentic('It is not a signed note.');
  }
  return { name, id: bytes.subarray(0, ID_BYTES), signature: bytes.subarray(ID_BYTES) };
}

function parsed(text: string) {
  const [, name, id, encoded] = /^([!-*,-~]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (name === undefined || id === undefined || bytes?.length !== 1 + KEY_BYTES || bytes[0] !== ED25519[0]) {
    throw new NotAuthentic('A key is name+hash+base64 of an Ed25519 key.');
  }
  return { name, id: Buffer.from(id, 'hex'), bytes: bytes.subarray(1) };
}

function verifierOf(name: string, raw: Uint8Array): VerifierKey {
  const tagged = Buffer.concat([ED25519, raw]);
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), tagged]), 'buffer').subarray(
    0,
    ID_BYTES,
  );
  const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
  return {
    name,
    id,
    text: `${name}+${id.toString('hex')}+${tagged.toString('base64')}`,
    verify: (text, signature) =>
      signature.length === SIGNATURE_BYTES && verify(null, Buffer.from(text), key, signature),
  };
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

function publicOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
}

function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 && code !== 0x0a) return true;
  }
  return false;
}
