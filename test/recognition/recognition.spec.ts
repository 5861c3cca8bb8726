// How well a plan recognises what the account has already, on labelled catalogues. Recall and precision of today are
// the floor: whoever makes recognition worse sees which of them is missed, or linked wrongly.
import { describe, expect, it } from '@jest/globals';
import { ACCOUNT, type Corpus, corpusOf } from './corpus.ts';
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

async function planOf(corpus: Corpus) {
  const { views, close } = await storing(corpus);
  try {
    const plan = planIn(views);
    for (const item of corpus.items) await plan.add(item);
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

describe('recognising existing entries (R-P5)', () => {
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

describe('what looks the same, and is not (R-P5)', () => {
  const quay = { street: 'Kaai 1', postalCode: '9000', city: 'Gent', country: 'BE' };
  const site = { name: 'Site', address: quay };

  interface Entry {
    readonly name?: string;
    readonly vatNumber?: string;
    readonly brand?: string;
    readonly serialNumber?: string;
  }

  /**
   * What becomes of each thing on offer, with its customer and location, where the account has another such. Each is
   * on a page of its own.
   */
  async function planned(ours: Entry, ...theirs: readonly Entry[]) {
    const { name: ownName = 'Frost', vatNumber: ownVatNumber, ...ownProperties } = ours;
    const placement = { customerId: 'k', locationId: 'l', reference: 'AC-01' };
    const own = { account: ACCOUNT, revision: 0 };
    const items = theirs.map(({ name = 'Frost', vatNumber, ...properties }, index) => {
      const id = `theirs-${index}`;
      const customer = { id, name, vatNumber, address: quay };
      const location = { id, ...site };
      return { installationId: id, token: id, reference: 'AC-01', properties, customer, location };
    });
    const { views, close } = await storing({
      items,
      customers: [{ ...own, id: 'k', details: { name: ownName, vatNumber: ownVatNumber, address: quay } }],
      locations: [{ ...own, id: 'l', customerId: 'k', details: site }],
      installations: [
        {
          ...{
            id: `i:${ACCOUNT}`,
            installationId: 'i',
            account: ACCOUNT,
            token: 'i',
            placement,
            archived: false,
          },
          access: { kind: 'root', since: '2026-01-01T00:00:00.000Z' },
          properties: ownProperties,
        },
      ],
    });
    try {
      const pages = items.map(async (item) => {
        const plan = planIn(views);
        await plan.add(item);
        const { customers, locations, installations } = plan.result;
        return [customers, locations, installations].map(([one]) => one?.action).join(', ');
      });
      return await Promise.all(pages);
    } finally {
      await close();
    }
  }

  it.each([
    [
      'VAT numbers that are none, of two customers',
      { name: 'Thaw', vatNumber: '-' },
      { vatNumber: '/' },
      'create, create, create',
    ],
    [
      'a site of a customer with another VAT number',
      { vatNumber: 'BE0111222333' },
      { vatNumber: 'BE0111222334' },
      'create, create, create',
    ],
    [
      'a VAT number without its country, in Belgium',
      { vatNumber: '0111222333' },
      { vatNumber: 'BE 0111.222.333' },
      'link, link, create',
    ],
    [
      'a serial number of two brands',
      { brand: 'Daikin', serialNumber: '1001' },
      { brand: 'Carrier', serialNumber: '1001' },
      'link, link, create',
    ],
    ['a serial number that is none', { serialNumber: 'n/a' }, { serialNumber: 'n/a' }, 'link, link, create'],
    [
      'a serial number of one machine',
      { serialNumber: '1001' },
      { serialNumber: '1001' },
      'link, link, link',
    ],
  ])('%s: customer, location and installation are %4$s', async (_, theirs, ours, actions) => {
    expect(await planned(ours, theirs)).toEqual([actions]);
  });

  const [first, second] = ['BE0111222333', 'BE0444555666'];

  it.each([
    [
      'neither of two customers, by VAT number, that may as well be the same own one',
      {},
      [{ vatNumber: first }, { vatNumber: second }],
      ['create, create, create', 'create, create, create'],
    ],
    [
      'the likelier of two customers',
      { name: 'Frigotechniek Maes' },
      [
        { name: 'Frigotechniek Maas', vatNumber: first },
        { name: 'Frigotechniek Maes', vatNumber: second },
      ],
      ['create, create, create', 'link, link, create'],
    ],
    [
      'the only one that is matched to it: the other has an own customer by its VAT number',
      { vatNumber: first },
      [{ vatNumber: first }, { vatNumber: second }],
      ['link, link, create', 'create, create, create'],
    ],
    [
      'both records of one customer',
      {},
      [{ vatNumber: first }, { vatNumber: '0111.222.333' }, {}],
      ['link, link, create', 'link, link, create', 'link, link, create'],
    ],
    [
      'neither of two machines, by brand, that may as well be the same own one',
      { serialNumber: '1001' },
      [
        { brand: 'Daikin', serialNumber: '1001' },
        { brand: 'Carrier', serialNumber: '1001' },
        { serialNumber: '1001' },
      ],
      ['link, link, create', 'link, link, create', 'link, link, link'],
    ],
  ])('links %s', async (_, ours, theirs, actions) => {
    expect(await planned(ours, ...theirs)).toEqual(actions);
  });
});
