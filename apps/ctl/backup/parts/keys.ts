// The keys of data subjects, wrapped with a key that is not in a backup. Destroyed keys stay destroyed.
import type { KeyRecord } from '#personal-data';
import type { Part } from './part.ts';

const PAGE = 500;

export const keys: Part = {
  name: 'keys',
  // Each was made before the event that needs it.
  read: 'after',
  async *save({ keys: store }): AsyncGenerator<KeyRecord> {
    let after = '';
    for (;;) {
      const page = await store.page(after, PAGE);
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.id;
    }
  },
  async restore(records, { keys: store }) {
    let page: KeyRecord[] = [];
    for await (const record of records as AsyncIterable<KeyRecord>) {
      page.push(record);
      if (page.length < PAGE) continue;
      await store.restore(page);
      page = [];
    }
    if (page.length > 0) await store.restore(page);
  },
};
