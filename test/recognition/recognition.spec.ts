// How well a plan recognises what the account has already, on labelled catalogues. Recall and precision of today are
// the floor: whoever makes recognition worse sees which of them is missed, or linked wrongly.
import { describe, expect, it } from '@jest/globals';
import { type Corpus, corpusOf } from './corpus.ts';
import { planIn, storing } from './storing.ts';

const SIZE = { shared: 150, own: 100, others: 100 };
const RECALL = { customers: 0.98, locations: 0.98, installations: 0.98 };

interface Planned {
  readonly action: string;
  readonly match?: { readonly id: string };
}

function judge(planned: ReadonlyMap<string, Planned>, truth: ReadonlyMap<string, string | undefined>) {
  const wrong: string[] = [];
  let [right, missed] = [0, 0];
  for (const [id, own] of truth) {
    const { action, match } = planned.get(id) as Planned;
    const linked = action === 'link' ? match?.id : undefined;
    if (linked !== undefined && linked !== own) wrong.push(`${id} is ${own ?? 'new'}, not ${linked}`);
    else if (own !== undefined && linked === undefined) missed++;
    else if (own !== undefined) right++;
  }
  return { wrong, recall: right / (right + missed) };
}

async function planOf({ items, ...corpus }: Corpus) {
  const { views, close } = await storing(corpus);
  try {
    const plan = planIn(views);
    for (const item of items) await plan.add(item);
    const { customers, locations, installations } = plan.result;
    return {
      customers: new Map(customers.map((planned) => [planned.source, planned])),
      locations: new Map(locations.map((planned) => [planned.source, planned])),
      installations: new Map(installations.map((planned) => [planned.installationId, planned])),
    };
  } finally {
    await close();
  }
}

describe('recognising what is there already (R-P5)', () => {
  it.each([1, 2, 3])('links nothing wrongly, and hardly misses anything, in catalogue %i', async (seed) => {
    const corpus = corpusOf(seed, SIZE);
    const planned = await planOf(corpus);
    for (const kind of ['customers', 'locations', 'installations'] as const) {
      const { wrong, recall } = judge(planned[kind], corpus.truth[kind]);
      expect({ kind, wrong }).toStrictEqual({ kind, wrong: [] });
      expect(recall).toBeGreaterThanOrEqual(RECALL[kind]);
    }
  });
});
