import type { DomainEvent, Instant } from '#domain/kernel';

/** Why a person is erased; no free text, which might name the person again. */
export type ErasureReason = 'requested' | 'no-longer-needed' | 'recorded-in-error';

/** The person is not named: the key identifies the sealed values. */
export type DataSubjectErasureRequested = DomainEvent<
  'DataSubjectErasureRequested',
  { erasureId: string; account: string; key: string; reason?: ErasureReason; requestedAt: Instant }
>;

/** The key is destroyed. A store of keys that was restored from a backup has to destroy it again. */
export type DataSubjectErased = DomainEvent<
  'DataSubjectErased',
  { erasureId: string; account: string; key: string; erasedAt: Instant }
>;

export type ErasureEvent = DataSubjectErasureRequested | DataSubjectErased;
