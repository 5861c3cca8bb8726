import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newSignerKey } from '#evidence';
import { parseSealingKeys } from '#seal';
import { Environment, InvalidConfig } from './environment.ts';
import { UnsafeKey } from './key-file.ts';
import { checkpointIn, readSealing, settingsIn } from './sealing.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealing-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const read = (variables: Record<string, string>, shared = false) => {
  const env = new Environment(variables);
  return env.checked(readSealing(env, shared));
};

describe('the key that the log is sealed with', () => {
  const path = () => join(folder, 'data', 'seal.key');
  const settings = () => settingsIn(join(folder, 'data'), { intervalMs: 1_000 });

  it('is made at the first start, for its owner only, and kept', () => {
    const { keys } = settings();
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(readFileSync(path(), 'utf8')).toBe(keys);
    expect(parseSealingKeys(keys).signers).toHaveLength(1);
    expect(settings().keys).toBe(keys);
  });

  it('that others may read prevents the start', () => {
    settings();
    chmodSync(path(), 0o640);
    expect(settings).toThrow(UnsafeKey);
  });

  it('that is invalid prevents the start, and is not repeated', () => {
    const { keys } = settings();
    const broken = keys.replace(/.{6}\n$/, '\n');
    writeFileSync(path(), broken);
    expect(settings).toThrow(UnsafeKey);
    expect(settings).not.toThrow(broken.trim());
  });

  it('is taken from the environment where it names one', () => {
    const keys = newSignerKey('tessera.example');
    expect(read({ SEAL_KEYS: keys, SEAL_INTERVAL: 'PT5S' }, true)).toEqual({ keys, intervalMs: 5_000 });
    expect(settingsIn(folder, { keys, intervalMs: 1_000 }).keys).toBe(keys);
  });

  it.each([
    [{}, /SEAL_KEYS must/],
    [{ SEAL_KEYS: 'a key' }, /SEAL_KEYS: /],
    [{ SEAL_KEYS: parseSealingKeys(newSignerKey('a')).signers[0]?.verifier.text ?? '' }, /no private key/],
    [{ SEAL_KEYS: `${newSignerKey('a')} ${newSignerKey('b')}` }, /different names/],
    [{ SEAL_KEYS: newSignerKey('a'), SEAL_INTERVAL: 'PT0.5S' }, /SEAL_INTERVAL must/],
    [{ SEAL_KEYS: newSignerKey('a'), SEAL_INTERVAL: 'P2D' }, /SEAL_INTERVAL must/],
  ])('is asked for where stores are shared, and named when it is wrong: %#', (variables, fault) => {
    expect(() => read(variables, true)).toThrow(InvalidConfig);
    expect(() => read(variables, true)).toThrow(fault);
  });
});

describe('the copy of the last checkpoint', () => {
  it('is what was written last', async () => {
    const copy = checkpointIn(folder);
    expect(await copy.read()).toBeUndefined();
    await copy.write('one');
    await copy.write('two');
    expect(await checkpointIn(folder).read()).toBe('two');
  });
});
