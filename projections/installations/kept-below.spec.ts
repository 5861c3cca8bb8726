import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Position, START } from '#event-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { recorder, Views } from '../testing.ts';
import { accountInstallations, installationsProjection, KeptBelowView } from './index.ts';

/** How many installations each customer has: none, few, more than one page, and more customers than are asked at once. */
const COUNTS = [3, 0, 320, 1, ...Array.from({ length: 25 }, () => 2)];
const customers = COUNTS.map((_, number) => `customer-${number}`);

const idOf = (customer: number, number: number) =>
  `i-${String(customer).padStart(2, '0')}-${String(number).padStart(3, '0')}`;
const kept = COUNTS.flatMap((count, customer) =>
  Array.from({ length: count }, (_, number) => ({
    selected: `customer-${customer}`,
    installationId: idOf(customer, number),
  })),
);

describe('what an account keeps below many customers', () => {
  let store: SqliteViewStore;
  let view: KeptBelowView;

  beforeEach(async () => {
    const [record, views] = [recorder(), new Views(installationsProjection)];
    for (const { selected: customerId, installationId } of kept) {
      const placement = { customerId, locationId: 'location', reference: installationId };
      const data = { installationId, account: 'a', token: installationId, properties: {}, placement };
      views.apply(record(`installation-${installationId}`, { type: 'InstallationRegistered', data }));
    }
    store = new SqliteViewStore({
      path: ':memory:',
      collections: [accountInstallations],
      discarded: () => undefined,
    });
    const writes = views
      .all(accountInstallations)
      .map((document) => ({ collection: accountInstallations, id: document.id, document }));
    await store.commit({ follower: 'installations', from: START, to: 1 as Position, writes });
    view = new KeptBelowView(store);
  });
  afterEach(() => store.close());

  const listed = async (selected: readonly string[], after?: string) => {
    const found: { readonly selected: string; readonly installationId: string }[] = [];
    for await (const page of view.list('a', 'customer', selected, after)) found.push(...page);
    return found;
  };

  it('is listed whole, under one after the other and in the order of ids', async () => {
    expect(await listed(customers)).toStrictEqual(kept);
    expect(await listed([])).toStrictEqual([]);
  });

  it('goes on after one of the first customer', async () => {
    const from = kept.findIndex(({ installationId }) => installationId === idOf(2, 9));
    expect(await listed(customers.slice(2), idOf(2, 9))).toStrictEqual(kept.slice(from + 1));
    expect(await listed(customers.slice(2), idOf(2, 319))).toStrictEqual(
      kept.filter(({ selected }) => customers.slice(3).includes(selected)),
    );
  });
});
