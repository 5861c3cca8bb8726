import { infiniteQueryOptions, keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
import { type components, type ItemOf, type ListPath, ProblemError } from '#client';
import { tessera } from './client.ts';
import { now, observe } from './clock.ts';

/**
 * What is read of the API, by the kind of thing it is about: the first part of each query's key. What changes in one
 * is asked for again (`live.ts`).
 */
export type Kind =
  | 'account'
  | 'companies'
  | 'dashboard'
  | 'inbox'
  | 'connections'
  | 'shares'
  | 'customers'
  | 'locations'
  | 'buildings'
  | 'installations'
  | 'activities'
  | 'imports'
  | 'access'
  | 'audit'
  | 'webhooks';

const TRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A missing connection is reported like any other problem.
      networkMode: 'always',
      // Changes are streamed, and queries refetched then.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (failures, error) => !(error instanceof ProblemError) && failures < TRIES,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

type Schemas = components['schemas'];
type Query = Readonly<Record<string, string | number | boolean | undefined>>;

const PAGE_SIZE = 100;
/** Of what is put in order here. */
const MOST_AT_ONCE = 200;

/** A list of the API, page by page. */
export function pages<Path extends ListPath>(kind: Kind, path: Path, query: Query, id?: string) {
  return infiniteQueryOptions({
    queryKey: [kind, path, id ?? '', query],
    queryFn: ({ pageParam, signal }): Promise<PageOf<Path>> =>
      tessera.get(path, {
        params: { query: { pageSize: PAGE_SIZE, ...query, pageToken: pageParam }, path: { id } },
        signal,
      } as never) as never,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextPageToken }) => nextPageToken,
  });
}

export interface PageOf<Path extends ListPath> {
  readonly items: readonly ItemOf<Path>[];
  readonly nextPageToken?: string;
  readonly total?: number;
}

const FEW = 5;

/** The first of a list that words find. */
export function few<Path extends ListPath>(kind: Kind, path: Path, q: string) {
  return queryOptions({
    queryKey: [kind, 'few', path, q],
    queryFn: async ({ signal }): Promise<readonly ItemOf<Path>[]> => {
      const params = { query: { q, pageSize: FEW } };
      const page: PageOf<Path> = await (tessera.get(path, { params, signal } as never) as never);
      return page.items;
    },
  });
}

export type OwnAccount = Schemas['OwnAccountView'];

export const ownAccount = () =>
  queryOptions({
    queryKey: ['account'],
    queryFn: ({ signal }) => tessera.get('/v1/accounts/me', { signal }),
  });

export type ListedAccount = Schemas['ListedAccount'];

/** The companies of the platform, for those who look at all of them. */
export const companies = ({ q }: { readonly q?: string }) => pages('companies', '/v1/accounts', { q });

export const dashboard = (days = 84) =>
  queryOptions({
    queryKey: ['dashboard', days],
    queryFn: async ({ signal }) => {
      const figures = await tessera.get('/v1/dashboard', { params: { query: { days } }, signal });
      observe(figures.asOf);
      return figures;
    },
  });

export type Notification = Schemas['NotificationView'];

export const notifications = (filter: { readonly read?: boolean }) =>
  pages('inbox', '/v1/inbox', { ...filter });

export type Share = Schemas['ShareView'];

export interface ShareFilter {
  readonly role?: Share['role'];
  readonly status?: Share['status'];
  readonly connectionId?: string;
  readonly q?: string;
}

export const shares = (filter: ShareFilter) => pages('shares', '/v1/shares', { ...filter });

export const share = (id: string) =>
  queryOptions({
    queryKey: ['shares', 'one', id],
    queryFn: ({ signal }) => tessera.get('/v1/shares/{id}', { params: { path: { id } }, signal }),
  });

export const connection = (id: string) =>
  queryOptions({
    queryKey: ['connections', 'one', id],
    queryFn: ({ signal }) => tessera.get('/v1/connections/{id}', { params: { path: { id } }, signal }),
  });

export type Connection = Schemas['ConnectionView'];

export const connections = (filter: { readonly status?: Connection['status']; readonly q?: string }) =>
  pages('connections', '/v1/connections', { ...filter });

export type PackageItem = Schemas['PackageItemView'];

export const packageOf = (shareId: string, filter: { readonly state?: PackageItem['state'] }) =>
  pages('shares', '/v1/shares/{id}/package', { ...filter }, shareId);

export type HistoryEntry = Schemas['AuditEntry'];

/** What happened to a share, as far as the reader may know it; the oldest first. */
export const historyOf = (shareId: string) =>
  queryOptions({
    queryKey: ['audit', 'shares', shareId],
    queryFn: async ({ signal }) => {
      const entries: HistoryEntry[] = [];
      let pageToken: string | undefined;
      do {
        const query = { pageSize: 200, pageToken };
        const page = await tessera.get('/v1/audit/shares/{id}', {
          params: { path: { id: shareId }, query },
          signal,
        });
        entries.push(...page.items);
        pageToken = page.nextPageToken;
      } while (pageToken !== undefined);
      return entries;
    },
  });

export type AuditedKind = 'shares' | 'connections' | 'installations' | 'accounts';

/** What happened to something, page by page. */
export const audited = (kind: AuditedKind, id: string) =>
  pages('audit', `/v1/audit/${kind}/{id}` as const, {}, id);

/** What something was at a moment, as far as the reader may know it. */
export const stateAt = (kind: AuditedKind, id: string, asOf: string) =>
  queryOptions({
    queryKey: ['audit', kind, id, 'state', asOf],
    queryFn: async ({ signal }): Promise<Readonly<Record<string, unknown>>> => {
      const params = { path: { id }, query: { asOf, pageSize: 1 } };
      const { state } = await tessera.get(`/v1/audit/${kind}/{id}` as const, { params, signal });
      return { ...state };
    },
    placeholderData: keepPreviousData,
  });

/** What something was called first, as its history has it. */
export function nameIn(
  kind: AuditedKind,
  entries: readonly Pick<HistoryEntry, 'data' | 'actor'>[],
): string | undefined {
  // Each party has a label of its own, which is not for others: it is between the two.
  if (kind === 'connections') {
    const names = new Set(entries.map(({ actor }) => actor.account.name));
    return names.size === 0 ? undefined : [...names].join(' – ');
  }
  for (const { data } of entries) {
    const { name, placement } = (data ?? {}) as { readonly name?: unknown; readonly placement?: unknown };
    const found = name ?? (placement as { readonly reference?: unknown } | undefined)?.reference;
    if (typeof found === 'string') return found;
  }
  return undefined;
}

/** What something was and is called, for auditors: by its history, which is all that they read of it. */
export const auditedName = (kind: AuditedKind, id: string) =>
  queryOptions({
    queryKey: ['audit', kind, id, 'name'],
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: { asOf: new Date(now()).toISOString(), pageSize: 5 } };
      const { state, items } = await tessera.get(`/v1/audit/${kind}/{id}` as const, { params, signal });
      const { name } = (state ?? {}) as { readonly name?: unknown };
      return typeof name === 'string' ? name : (nameIn(kind, items) ?? null);
    },
  });

export type Differences = Schemas['AuditDifferences'];

/** What is different now from what it was at a moment. */
export const differencesSince = (kind: AuditedKind, id: string, from: string) =>
  queryOptions({
    queryKey: ['audit', kind, id, 'differences', from],
    queryFn: async ({ signal }): Promise<Differences | null> => {
      const params = { path: { id }, query: { from, pageSize: 1 } };
      const { differences } = await tessera.get(`/v1/audit/${kind}/{id}` as const, { params, signal });
      return differences ?? null;
    },
  });

export type AccessInterval = Schemas['AccessIntervalView'];

/** Who had access to what: ever, or at a moment. */
export const accessIntervals = (filter: {
  readonly installation?: string;
  readonly account?: string;
  readonly at?: string;
}) => pages('access', '/v1/audit/access', { ...filter });

/** The access of others that the account gave, directly or through others: now, or at a moment. */
export const givenAccess = (filter: {
  readonly at?: string;
  readonly account?: string;
  readonly customer?: string;
}) => pages('access', '/v1/access/given', { ...filter });

/** The companies that have such access now, or had it at the end of a day. */
export const givenToAccounts = (filter: { readonly on?: string }) =>
  pages('access', '/v1/access/given/accounts', { ...filter, pageSize: MOST_AT_ONCE });

/** The customers to whose installations it is. */
export const givenOfCustomers = (filter: { readonly on?: string }) =>
  pages('access', '/v1/access/given/customers', { ...filter, pageSize: MOST_AT_ONCE });

/** That an event is in the sealed log. */
export const proofOf = (event: string) =>
  queryOptions({
    queryKey: ['audit', 'proof', event],
    queryFn: ({ signal }) => tessera.get('/v1/audit/proof', { params: { query: { event } }, signal }),
  });

/** How many shares there are of that kind. */
export const shareCount = (filter: ShareFilter & { readonly revocable?: boolean }) =>
  queryOptions({
    queryKey: ['shares', 'count', filter],
    queryFn: async ({ signal }) => {
      const page = await tessera.get('/v1/shares', { params: { query: { ...filter, pageSize: 1 } }, signal });
      return page.total ?? page.items.length;
    },
  });

/** Every active connection, by which something can be asked for. */
export const activeConnections = () =>
  queryOptions({
    queryKey: ['connections', 'active'],
    queryFn: async ({ signal }) => {
      const found: Connection[] = [];
      const query = { status: 'active' as const, pageSize: 200 };
      for await (const one of tessera.items('/v1/connections', { params: { query }, signal }))
        found.push(one);
      return found;
    },
  });

export type Customer = Schemas['CustomerView'];
export type Location = Schemas['LocationView'];
export type Building = Schemas['BuildingView'];
export type ListedInstallation = Schemas['ListedInstallation'];
export type Installation = Schemas['InstallationView'];

/** Which entries of the catalogue are listed: found by words, or within one of it. */
export interface CatalogueFilter {
  readonly q?: string;
  readonly customerId?: string;
  readonly locationId?: string;
}

export interface InstallationFilter extends CatalogueFilter {
  readonly archived?: boolean;
  readonly access?: Schemas['AccessView']['type'] | 'former';
}

export const customers = ({ q }: Pick<CatalogueFilter, 'q'>) => pages('customers', '/v1/customers', { q });

export const locations = (filter: Omit<CatalogueFilter, 'locationId'>) =>
  pages('locations', '/v1/locations', { ...filter });

export const buildings = (filter: CatalogueFilter) => pages('buildings', '/v1/buildings', { ...filter });

export const installations = (filter: InstallationFilter) =>
  pages('installations', '/v1/installations', { ...filter });

export const customer = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'one', id],
    queryFn: ({ signal }) => tessera.get('/v1/customers/{id}', { params: { path: { id } }, signal }),
  });

export const location = (id: string) =>
  queryOptions({
    queryKey: ['locations', 'one', id],
    queryFn: ({ signal }) => tessera.get('/v1/locations/{id}', { params: { path: { id } }, signal }),
  });

export const building = (id: string) =>
  queryOptions({
    queryKey: ['buildings', 'one', id],
    queryFn: ({ signal }) => tessera.get('/v1/buildings/{id}', { params: { path: { id } }, signal }),
  });

export const installation = (id: string) =>
  queryOptions({
    queryKey: ['installations', 'one', id],
    queryFn: ({ signal }) => tessera.get('/v1/installations/{id}', { params: { path: { id } }, signal }),
  });

export type Activity = Schemas['ActivityView'];
export type Grant = Schemas['GrantView'];

export const activities = (id: string) => pages('activities', '/v1/installations/{id}/activities', {}, id);
/** The work orders and files in the logbook of an installation. */
export const documentsOf = (id: string) =>
  pages('activities', '/v1/installations/{id}/activities', { documents: true }, id);

export type ShareDocument = Schemas['ShareDocumentView'];

/** The work orders and files that came of a share. */
export const documentsOfShare = (id: string) => pages('activities', '/v1/shares/{id}/documents', {}, id);

export const grants = (id: string) => pages('installations', '/v1/installations/{id}/grants', {}, id);

export type ListedImport = Schemas['ListedImport'];

/** The imports of the account, the newest first. */
export const catalogueImports = () => pages('imports', '/v1/catalogue/imports', {});

export const catalogueImport = (id: string) =>
  queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) => tessera.get('/v1/catalogue/imports/{id}', { params: { path: { id } }, signal }),
  });

export type Webhook = Schemas['WebhookView'];
export type Delivery = Schemas['DeliveryView'];

export const webhooks = () => pages('webhooks', '/v1/webhooks', {});

export const webhook = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', 'one', id],
    queryFn: ({ signal }) => tessera.get('/v1/webhooks/{id}', { params: { path: { id } }, signal }),
  });

export const deliveries = (id: string, filter: { readonly status?: Delivery['status'] }) =>
  pages('webhooks', '/v1/webhooks/{id}/deliveries', { ...filter }, id);
