import { queryOptions } from '@tanstack/react-query';
import type { components } from '#client';
import { tessera } from '../../api/client.ts';

export type Revocation = components['schemas']['RevocationView'];

/** What is revoked: these installations, or everything that still can be. */
export type Asked = readonly string[] | 'everything';

/** The service takes no more ids in one revocation; everything is one request, however many there are. */
export const MOST_NAMED = 5_000;

export function bodyOf(asked: Asked): { readonly installations?: string[] } {
  return asked === 'everything' ? {} : { installations: [...asked] };
}

/** What revoking would come to, as the service foretells it. */
export const revocation = (shareId: string, asked: Asked) =>
  queryOptions({
    queryKey: ['shares', 'revocation', shareId, asked],
    queryFn: ({ signal }): Promise<Revocation> =>
      tessera.post('/v1/shares/{id}/revocation-preview', {
        params: { path: { id: shareId } },
        body: bodyOf(asked),
        signal,
      }),
  });
