import type { Stage } from '../stage.ts';

type Api = Awaited<ReturnType<Stage['api']>>;
type Level = 'customer' | 'location' | 'installation';

/** Asks a company for installations. @returns the share */
export async function askFor(
  asking: Api,
  provider: string,
  name = 'One of many',
  suggestedLevel: Level = 'customer',
): Promise<string> {
  const { items } = await asking.get('/v1/connections', { params: { query: { status: 'active' } } });
  const connection = items.find(({ counterparty }) => counterparty?.name.includes(provider));
  const body = { connectionId: connection?.id ?? '', name, suggestedLevel } as const;
  return (await asking.post('/v1/shares', { body })).id;
}

/** The first installations that a company keeps at one of its customers. */
export async function installationsOf(
  giving: Api,
  customer: string,
  count: number,
): Promise<readonly string[]> {
  const found = await giving.get('/v1/customers', { params: { query: { q: customer } } });
  const query = { customerId: found.items[0]?.id ?? '', pageSize: count };
  const { items } = await giving.get('/v1/installations', { params: { query } });
  return items.map(({ id }) => id);
}

/** Asked for and given on loan. @returns the share */
export async function lend(
  giving: Api,
  asking: Api,
  provider: string,
  selection: readonly string[],
): Promise<string> {
  const id = await askFor(asking, provider, 'Lent for a while', 'installation');
  const body = { level: 'installation', selection, accessType: 'on-loan' } as const;
  await giving.post('/v1/shares/{id}/approve', { params: { path: { id } }, body });
  return id;
}
