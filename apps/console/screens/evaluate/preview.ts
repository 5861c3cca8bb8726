import { queryOptions } from '@tanstack/react-query';
import type { components } from '#client';
import { tessera } from '../../api/client.ts';
import type { AccessType, Level } from '../../parts/words.ts';

export type Preview = components['schemas']['ApprovalPreview'];

export interface AskedApproval {
  readonly level: Level;
  readonly selection: readonly string[];
  /** When access ends by itself. */
  readonly until?: string;
}

/** What approving would come to, as the service foretells it. */
export const preview = (shareId: string, asked: AskedApproval & { readonly accessType: AccessType }) =>
  queryOptions({
    queryKey: ['shares', 'approval', shareId, asked],
    queryFn: ({ signal }): Promise<Preview> => {
      const params = { path: { id: shareId }, query: { pageSize: 200 } };
      return tessera.post('/v1/shares/{id}/preview', {
        params,
        body: { ...asked, selection: [...asked.selection] },
        signal,
      });
    },
  });
