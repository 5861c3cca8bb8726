import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KeyRecord, KeyStore, LiveKey } from '#personal-data';

export interface OpenedKeyStore {
  readonly store: KeyStore;
  /** The same keys, as another process or thread has them open. */
  another(): Promise<KeyStore>;
  close(): Promise<void>;
}

const keyOf = (subject: string): LiveKey => ({
  id: randomBytes(16).toString('base64url'),
  subject,
  wrapped: randomBytes(60).toString('base64url'),
});

async function all(store: KeyStore): Promise<readonly KeyRecord[]> {
  const found: KeyRecord[] = [];
  for (;;) {
    const page = await store.page(found.at(-1)?.id ?? '', 2);
    if (page.length === 0) return found;
    found.push(...page);
  }
}

/** What every store of the keys of data subjects does. */
export function keyStoreContract(name: string, open: () => Promise<OpenedKeyStore>): void {
  describe(`the keys of data subjects in ${name}`, () => {
    let opened: OpenedKeyStore;
    let store: KeyStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.close());

    it('are stored unchanged', async () => {
      const key = keyOf('ann');
      expect(await store.claim(key)).toEqual(key);
      expect(await store.current('ann')).toEqual(key);
      expect(await store.getMany(['none', key.id])).toEqual([
        undefined,
        { id: key.id, wrapped: key.wrapped },
      ]);
      expect(await store.current('bob')).toBeUndefined();
    });

    it('are unique for each subject', async () => {
      const first = await store.claim(keyOf('ann'));
      expect(await (await opened.another()).claim(keyOf('ann'))).toEqual(first);
      const bob = keyOf('bob');
      expect(await store.claim(bob)).toEqual(bob);
    });

    it('are unique for each subject when many are claimed at once', async () => {
      const others = [store, await opened.another(), await opened.another()];
      const claimed = await Promise.all(
        [...Array(12).keys()].map((nth) => (others[nth % 3] as KeyStore).claim(keyOf('ann'))),
      );
      const [first] = claimed;
      expect(new Set(claimed.map(({ id }) => id))).toEqual(new Set([first?.id]));
      expect(await store.current('ann')).toEqual(first);
    });

    it('are reduced to an id once they are destroyed, in every process', async () => {
      const key = await store.claim(keyOf('ann'));
      const other = await opened.another();
      expect(await other.getMany([key.id])).toEqual([{ id: key.id, wrapped: key.wrapped }]);
      await store.destroy(key.id);
      for (const each of [store, other]) {
        expect(await each.getMany([key.id])).toEqual([{ id: key.id, wrapped: undefined }]);
        expect(await each.current('ann')).toBeUndefined();
        expect(await all(each)).toEqual([{ id: key.id, subject: undefined, wrapped: undefined }]);
      }
    });

    it('are new ones for the same subject afterwards', async () => {
      const former = await store.claim(keyOf('ann'));
      await store.destroy(former.id);
      const next = keyOf('ann');
      expect(await store.claim(next)).toEqual(next);
      await store.destroy(former.id);
      expect(await store.current('ann')).toEqual(next);
    });

    it('signal a destroyed one to every process, also when it is destroyed again', async () => {
      const other = await opened.another();
      const key = await store.claim(keyOf('ann'));
      const seen = new Set([await other.destructions()]);
      for (let times = 1; times <= 2; times++) {
        await store.destroy(key.id);
        seen.add(await other.destructions());
      }
      expect(seen.size).toBe(3);
      await store.claim(keyOf('ann'));
      expect(seen).toContain(await other.destructions());
    });

    it('can be marked as destroyed before they exist, so that a restore does not bring them back', async () => {
      const key = keyOf('ann');
      await store.destroy(key.id);
      await store.restore([key]);
      expect(await store.getMany([key.id])).toEqual([{ id: key.id, wrapped: undefined }]);
      expect(await store.current('ann')).toBeUndefined();
    });

    it('are rewrapped, unless they are destroyed', async () => {
      const [ann, bob] = [await store.claim(keyOf('ann')), await store.claim(keyOf('bob'))];
      await store.destroy(bob.id);
      await store.rewrap(ann.id, 'anew');
      await store.rewrap(bob.id, 'anew');
      await store.rewrap('none', 'anew');
      expect(await store.getMany([ann.id, bob.id, 'none'])).toEqual([
        { id: ann.id, wrapped: 'anew' },
        { id: bob.id, wrapped: undefined },
        undefined,
      ]);
      expect(await store.current('ann')).toEqual({ ...ann, wrapped: 'anew' });
    });

    it('are read page by page, in the order of their ids', async () => {
      const keys = ['ann', 'bob', 'cat', 'dan', 'eve'].map(keyOf);
      for (const key of keys) await store.claim(key);
      expect(await all(store)).toEqual(keys.toSorted((one, other) => (one.id < other.id ? -1 : 1)));
    });

    it('are restored, except those destroyed here or there', async () => {
      const [ann, bob, cat] = ['ann', 'bob', 'cat'].map(keyOf) as [LiveKey, LiveKey, LiveKey];
      await store.claim(ann);
      await store.claim(bob);
      await store.destroy(bob.id);
      const newer = await store.claim(keyOf('cat'));
      await store.restore([{ id: ann.id, subject: undefined, wrapped: undefined }, bob, cat]);
      expect(await store.getMany([ann.id, bob.id, cat.id])).toEqual([
        { id: ann.id, wrapped: undefined },
        { id: bob.id, wrapped: undefined },
        { id: cat.id, wrapped: cat.wrapped },
      ]);
      expect(await store.current('cat')).toEqual(newer);
    });

    it('can be restored again', async () => {
      const [former, dan] = ['cat', 'dan'].map(keyOf) as [LiveKey, LiveKey];
      await store.claim(keyOf('cat'));
      await store.restore([former, keyOf('cat'), dan]);
      const records = await all(store);
      expect(records).toHaveLength(4);
      await store.restore(records);
      expect(await all(store)).toEqual(records);
      expect(await store.current('dan')).toEqual(dan);
    });
  });
}
