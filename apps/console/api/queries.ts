import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query';
import { type components, type ItemOf, type ListPath, ProblemError } from '#client';
import { tessera } from './client.ts';

/**
 * What is read of the API, by the kind of thing it is about: the first part of each query's key. What changes in one
 * is asked for again (`live.ts`).
 */
export type Kind =
  | 'account'
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
      // That there is no connection is told like any other problem.
      networkMode: 'always',
      // Whatever changes is told, and asked for again then.
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

export const ownAccount = () =>
  queryOptions({
    queryKey: ['account'],
    queryFn: ({ signal }) => tessera.get('/v1/accounts/me', { signal }),
  });

export const dashboard = (days = 84) =>
  queryOptions({
    queryKey: ['dashboard', days],
    queryFn: ({ signal }) => tessera.get('/v1/dashboard', { params: { query: { days } }, signal }),
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
