import { queryOptions } from '@tanstack/react-query';
import { tessera } from '../../api/client.ts';

/** What ending a connection would come to. */
export interface EndingEffect {
  /** Requests that are open, and would be cancelled. */
  readonly open: number;
  /** Shares that the account gave and may still revoke. */
  readonly shares: number;
  /** Installations of those that would be withdrawn, and that would be retained. */
  readonly withdrawn: number;
  readonly retained: number;
  /** Companies further down that would lose access. */
  readonly others: number;
}

const OPEN = ['to-evaluate', 'requested'];

/** As the service foretells it, share by share. */
export const endingEffect = (connectionId: string) =>
  queryOptions({
    queryKey: ['shares', 'ending', connectionId],
    queryFn: async ({ signal }): Promise<EndingEffect> => {
      let [open, shares, withdrawn, retained] = [0, 0, 0, 0];
      const others = new Set<string>();
      const query = { connectionId, pageSize: 200 };
      for await (const share of tessera.items('/v1/shares', { params: { query }, signal })) {
        if (OPEN.includes(share.status)) open += 1;
        if (!share.allowedActions.includes('revoke')) continue;
        const path = { id: share.id };
        const effect = await tessera.post('/v1/shares/{id}/revocation-preview', {
          params: { path },
          body: {},
          signal,
        });
        shares += 1;
        withdrawn += effect.withdrawn.length;
        retained += effect.retained.length;
        for (const { account } of effect.downstream) others.add(account);
      }
      return { open, shares, withdrawn, retained, others: others.size };
    },
  });
