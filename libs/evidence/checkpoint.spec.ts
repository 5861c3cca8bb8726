import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { samples } from '../../test/compatibility/samples.ts';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  leafOf,
  NotAuthentic,
  newSignerKey,
  openCheckpoint,
  openNote,
  parseSignerKey,
  parseVerifierKey,
  rootAt,
  signCheckpoint,
  signNote,
} from './index.ts';
import { Tree } from './testing/tree.ts';

const ORIGIN = 'tessera.example/log';
const key = parseSignerKey(newSignerKey(ORIGIN, Buffer.alloc(32, 7)));
const later = parseSignerKey(newSignerKey(ORIGIN, Buffer.alloc(32, 8)));
const stranger = parseSignerKey(newSignerKey('elsewhere', Buffer.alloc(32, 9)));

const requested = samples.stored('ShareRequested', 1);
const LEAF = leafOf(requested);

/** What others keep of this log: it is never written anew. */
const frozen = (name: string) => readFileSync(join(import.meta.dirname, 'testing/frozen', name), 'utf8');

describe('the formats that others keep', () => {
  it('have the leaf of an event', () => {
    expect(LEAF).toBe(frozen('leaf'));
    expect(`${leafHash(LEAF).toString('hex')}\n`).toBe(frozen('leaf.sha256'));
  });

  it('have the key and the checkpoint', () => {
    expect(`${key.verifier.text}\n`).toBe(frozen('key'));
    const note = signCheckpoint({ origin: ORIGIN, size: 1, root: leafHash(LEAF) }, [key]);
    expect(note).toBe(frozen('checkpoint'));
  });

  it('have canonical JSON of any event, whatever the order of its members', () => {
    const reordered = { ...requested, data: Object.fromEntries(Object.entries(requested.data).reverse()) };
    expect(leafOf(reordered)).toBe(LEAF);
    expect(() => leafOf({ ...requested, data: { text: '\ud800' } })).toThrow('surrogate');
  });
});

describe('a checkpoint', () => {
  const root = leafHash(LEAF);
  const note = signCheckpoint({ origin: ORIGIN, size: 1, root }, [key]);
  const keys = [key.verifier];

  it('is verified with its key', () => {
    const known = parseVerifierKey(key.verifier.text);
    expect(openCheckpoint(note, [known])).toEqual({ origin: ORIGIN, size: 1, root });
    expect(() => openCheckpoint(note, [later.verifier, stranger.verifier])).toThrow(NotAuthentic);
  });

  it('is read with the old key and with the new one while both sign', () => {
    const rotated = signCheckpoint({ origin: ORIGIN, size: 1, root }, [later, key]);
    for (const each of [key, later]) expect(openCheckpoint(rotated, [each.verifier]).size).toBe(1);
    expect(openNote(rotated, [key.verifier, later.verifier]).signedBy).toHaveLength(2);
  });

  it('is refused when a key of another log has signed it, or a signature of a known key is wrong', () => {
    const foreign = signCheckpoint({ origin: ORIGIN, size: 1, root }, [stranger]);
    expect(() => openCheckpoint(foreign, [stranger.verifier])).toThrow(NotAuthentic);
    const [text, good] = [note.slice(0, note.lastIndexOf('\n\n') + 1), signNote('other\n', [later])];
    const mixed = `${note}${good.slice(good.lastIndexOf('\n\n') + 2)}`;
    expect(openNote(mixed, keys).text).toBe(text);
    expect(() => openNote(mixed, [key.verifier, later.verifier])).toThrow(NotAuthentic);
  });

  it('is refused when any byte of it is altered', () => {
    const bytes = Buffer.from(note);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const altered = Buffer.from(bytes);
        altered[at] = (altered[at] as number) ^ difference;
        expect(() => openCheckpoint(altered.toString(), keys)).toThrow(NotAuthentic);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    '',
    'no note',
    'a\n1\nAA==\n',
    `${ORIGIN}\n01\n${root.toString('base64')}\n`,
    `${ORIGIN}\n1\nAA==\n`,
  ])('is not what says %j', (text) => {
    expect(() => openCheckpoint(text, keys)).toThrow(NotAuthentic);
    expect(() => openCheckpoint(signNote(text, [key]), keys)).toThrow(NotAuthentic);
  });
});

describe('a key', () => {
  it('is refused when it is invalid, without being repeated', () => {
    const secret = newSignerKey(ORIGIN);
    const broken = secret.replace(/.{4}$/, 'AAA=');
    expect(() => parseSignerKey(broken)).toThrow(NotAuthentic);
    expect(() => parseSignerKey(broken)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(broken) }),
    );
    for (const text of ['', 'PRIVATE+KEY+', key.verifier.text])
      expect(() => parseSignerKey(text)).toThrow(NotAuthentic);
    for (const text of ['', secret, 'a+00000000+AAAA'])
      expect(() => parseVerifierKey(text)).toThrow(NotAuthentic);
    expect(() => newSignerKey('with space')).toThrow(RangeError);
  });
});

/** Debian's golang-golang-x-mod-dev puts it there. */
const GO_PATH = '/usr/share/gocode';
const hasGo =
  existsSync(join(GO_PATH, 'src/golang.org/x/mod/sumdb')) && spawnSync('go', ['version']).status === 0;

describe("Go's reference implementation", () => {
  const program = join(import.meta.dirname, 'testing/reference.go');
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: GO_PATH };
  const judge = (document: object) =>
    spawnSync('go', ['run', program], { env, input: JSON.stringify(document), encoding: 'utf8' });

  if (!hasGo) {
    it.skip('is not on this machine: apt-get install golang-go golang-golang-x-mod-dev', () => undefined);
    return;
  }

  it('takes our key, checkpoint and proofs, and refuses others', async () => {
    const leaves = Array.from({ length: 100 }, (_, index) => leafOf({ ...requested, data: { index } }));
    const tree = new Tree(leaves.map((leaf) => leafHash(leaf)));
    const encoded = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('base64'));
    const inclusions = await Promise.all(
      [0, 63, 64, 99].map(async (index) => ({
        index,
        leaf: leaves[index],
        hashes: encoded(await inclusionProof(index, leaves.length, tree.read)),
      })),
    );
    const root = await rootAt(37, tree.read);
    const document = {
      key: key.verifier.text,
      checkpoint: signCheckpoint({ origin: ORIGIN, size: leaves.length, root: tree.root() }, [later, key]),
      inclusions,
      older: {
        size: 37,
        root: root.toString('base64'),
        hashes: encoded(await consistencyProof(37, leaves.length, tree.read)),
      },
    };
    expect(judge(document)).toMatchObject({ status: 0, stderr: '' });
    const moved = inclusions.map((each) => ({ ...each, index: each.index + 1 }));
    expect(judge({ ...document, inclusions: moved }).status).not.toBe(0);
    expect(judge({ ...document, key: stranger.verifier.text }).status).not.toBe(0);
  });
});
