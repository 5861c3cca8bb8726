import type { ErasureReason } from '#domain/erasure';
import type { Instant } from '#domain/kernel';
import type { CollectionDefinition } from '#view-store';
import type { Reflecting } from '../reflecting.ts';

export interface ErasureDocument extends Reflecting {
  /** The erasure's id. */
  readonly id: string;
  readonly account: string;
  readonly reason?: ErasureReason;
  readonly requestedAt: Instant;
  /** When the key was destroyed; absent until then. */
  readonly erasedAt?: Instant;
}

export const erasures: CollectionDefinition<ErasureDocument> = {
  name: 'erasures',
  indexes: {
    'by-account': ({ account, requestedAt, id }) => [account, requestedAt, id],
    /** Those of which the key is not destroyed yet. */
    'under-way': ({ requestedAt, erasedAt, id }) => (erasedAt === undefined ? [requestedAt, id] : undefined),
  },
};
