import { join } from 'node:path';
import { corpusOf } from '../../recognition/corpus.ts';
import { planIn, storing } from '../../recognition/storing.ts';
import { type Figure, rate } from '../figures.ts';
import { timed, withDirectory } from '../measuring.ts';

export interface PlanSize {
  /** The number of companies on offer, and in the account's own catalogue; each has four installations. */
  readonly offered: number;
  readonly kept: number;
}

/** The page size that clients use. */
const PAGE = 200;

/** A processing plan, page by page: each item on offer is matched against a large catalogue (R-P5). */
export async function measurePlan({ offered, kept }: PlanSize): Promise<Figure[]> {
  const others = Math.floor(offered / 5);
  const corpus = corpusOf(1, { shared: offered - others, others, own: kept - offered });
  return withDirectory(async (directory) => {
    const { views, close } = await storing(corpus, join(directory, 'views.db'));
    try {
      const { items } = corpus;
      const measured = await timed(items.length, async () => {
        for (let first = 0; first < items.length; first += PAGE) {
          const plan = planIn(views);
          for (const item of items.slice(first, first + PAGE)) await plan.add(item);
        }
      });
      return [rate('plan.items', [measured], 'items/s')];
    } finally {
      await close();
    }
  });
}
