import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyEncryption, newKeyEncryptionKey, WrongKeyEncryptionKey } from './key-encryption.ts';
import { type KeyStore, KeyStoreUnavailable } from './key-store.ts';
import { DESTROYED, PersonalKeys } from './keys.ts';
import { SqliteKeyStore } from './sqlite/index.ts';

let store: SqliteKeyStore;
let now = 0;
const text = newKeyEncryptionKey();

beforeEach(() => {
  store = new SqliteKeyStore(':memory:');
  now = 0;
});
afterEach(() => store.close());

const keys = (of: KeyStore = store, encryption = text) =>
  new PersonalKeys({
    store: of,
    encryption: KeyEncryption.parse(encryption),
    now: () => now,
    wait: async (milliseconds) => {
      now += milliseconds;
    },
  });

async function opened(by: PersonalKeys, id: string) {
  return (await by.openingKeys(new Set([id]))).get(id);
}

/** The store, failing while `state.fails` is set. */
function failing() {
  const state = { fails: false };
  const of = new Proxy<KeyStore>(store, {
    get:
      (target, name: keyof KeyStore) =>
      (...args: never[]) => {
        if (state.fails) return Promise.reject(new KeyStoreUnavailable('away'));
        return (target[name] as (...given: never[]) => unknown).apply(target, args);
      },
  });
  return { of, state };
}

describe('the keys of data subjects', () => {
  it('are one for each person as an account names it, in every process', async () => {
    const [one, other] = [keys(), keys()];
    const ann = await one.sealingKey('frost', 'Ann Janssens');
    expect(await other.sealingKey('frost', 'ann JANSSENS')).toEqual(ann);
    expect(await one.sealingKey('frost', 'Bob')).not.toEqual(ann);
    expect(await one.sealingKey('dairies', 'Ann Janssens')).not.toEqual(ann);
    expect(await opened(other, ann.id)).toEqual(ann);
    expect(await opened(other, 'unheard-of')).toBeUndefined();
    expect(await other.find('frost', 'Ann  Janssens')).toBe(ann.id);
    expect(await other.find('frost', 'Cat')).toBeUndefined();
  });

  it('are kept wrapped, and say of nobody who it is', async () => {
    const ann = await keys().sealingKey('frost', 'Ann Janssens');
    const stored = JSON.stringify(await store.page('', 10));
    expect(stored).toContain(ann.id);
    expect(stored).not.toMatch(/ann|janssens|frost/i);
    for (const form of ['base64', 'base64url', 'hex'] as const) {
      expect(stored).not.toContain(Buffer.from(ann.bytes).toString(form));
    }
  });

  it('are gone once they are destroyed: at once here, within a second elsewhere', async () => {
    const [one, other] = [keys(), keys()];
    const ann = await one.sealingKey('frost', 'Ann');
    expect(await opened(other, ann.id)).toEqual(ann);
    let notified = 0;
    other.onDestruction(() => {
      notified += 1;
    });
    await one.destroy(ann.id);
    expect(await opened(one, ann.id)).toBe(DESTROYED);
    now += 1_001;
    expect(await opened(other, ann.id)).toBe(DESTROYED);
    expect(notified).toBe(1);
    const next = await other.sealingKey('frost', 'Ann');
    expect(next.id).not.toBe(ann.id);
    expect(await opened(one, ann.id)).toBe(DESTROYED);
    expect(await opened(one, next.id)).toEqual(next);
  });

  it('are used by nobody any more once it is waited for: nothing is sealed with one after that', async () => {
    const [one, other] = [keys(), keys()];
    const ann = await other.sealingKey('frost', 'Ann');
    await one.destroy(ann.id);
    expect(await other.sealingKey('frost', 'Ann')).toEqual(ann);
    await one.droppedEverywhere();
    expect((await other.sealingKey('frost', 'Ann')).id).not.toBe(ann.id);
  });

  it('are not kept where they were destroyed while they were read', async () => {
    const reading = Promise.withResolvers<void>();
    const read = Promise.withResolvers<void>();
    const slow = new Proxy<KeyStore>(store, {
      get:
        (target, name: keyof KeyStore) =>
        async (...args: never[]) => {
          const answer = await (target[name] as (...given: never[]) => unknown).apply(target, args);
          if (name === 'getMany') {
            reading.resolve();
            await read.promise;
          }
          return answer;
        },
    });
    const one = keys(slow);
    const ann = await keys().sealingKey('frost', 'Ann');
    const early = opened(one, ann.id);
    await reading.promise;
    await one.destroy(ann.id);
    read.resolve();
    expect(await early).toEqual(ann);
    expect(await opened(one, ann.id)).toBe(DESTROYED);
  });

  it('serve on while their store is away, for those who were known: to seal as long as it takes, to open half a minute', async () => {
    const { of, state } = failing();
    const known = keys(of);
    const ann = await known.sealingKey('frost', 'Ann');
    expect(await opened(known, ann.id)).toEqual(ann);
    state.fails = true;
    now += 20_000;
    expect(await known.sealingKey('frost', 'Ann')).toEqual(ann);
    expect(await opened(known, ann.id)).toEqual(ann);
    await expect(known.sealingKey('frost', 'Bob')).rejects.toThrow(KeyStoreUnavailable);
    now += 20_000;
    expect(await known.sealingKey('frost', 'Ann')).toEqual(ann);
    await expect(opened(known, ann.id)).rejects.toThrow(KeyStoreUnavailable);
    state.fails = false;
    expect(await opened(known, ann.id)).toEqual(ann);
    expect((await known.sealingKey('frost', 'Bob')).id).not.toBe(ann.id);
  });

  it('are asked for again after a failure with the very first one', async () => {
    const { of, state } = failing();
    state.fails = true;
    const first = keys(of);
    await expect(first.hashKey()).rejects.toThrow(KeyStoreUnavailable);
    state.fails = false;
    expect(await first.hashKey()).toEqual(await keys().hashKey());
  });

  it('are wrapped anew when the key-encryption key is replaced, after which the former one is of no use', async () => {
    const ann = await keys().sealingKey('frost', 'Ann');
    const present = newKeyEncryptionKey();
    await expect(keys(store, present).prepare()).rejects.toThrow(WrongKeyEncryptionKey);
    await keys(store, `${present} ${text}`).prepare();
    expect(await opened(keys(store, present), ann.id)).toEqual(ann);
    await expect(keys(store, text).prepare()).rejects.toThrow(WrongKeyEncryptionKey);
  });
});
