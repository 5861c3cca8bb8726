// Signed checkpoints, and the public keys to check them with. The tree itself is rebuilt from the log.
import { START } from '#event-store';
import { type SealKey, SIGNER, type SignedCheckpoint, sealKeys, signedCheckpoints } from '#seal';
import type { Write } from '#view-store';
import { documentsOf, inPages, saving } from './documents.ts';
import type { Part } from './part.ts';

type Saved = { readonly key: SealKey } | { readonly checkpoint: SignedCheckpoint };

export const checkpoints: Part = {
  name: 'checkpoints',
  read: 'before',
  async *save({ views }): AsyncGenerator<Saved> {
    if (views === undefined) return;
    for await (const key of documentsOf(views, sealKeys, 'by-time')) yield { key };
    for await (const checkpoint of documentsOf(views, signedCheckpoints, 'by-size')) yield { checkpoint };
  },
  async restore(records, { views }) {
    await inPages(writesOf(records as AsyncIterable<Saved>), (writes) =>
      views.commit({ follower: SIGNER, from: START, to: START, writes }),
    );
  },
};

async function* writesOf(records: AsyncIterable<Saved>): AsyncGenerator<Write> {
  for await (const saved of records) {
    yield 'key' in saved ? saving(sealKeys, saved.key) : saving(signedCheckpoints, saved.checkpoint);
  }
}
