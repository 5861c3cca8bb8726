import type { DomainEvent, Instant } from '#domain/kernel';

/** Why a person is erased; no text of one's own, which might name the person again. */
export type ErasureReason = 'requested' | 'no-longer-needed' | 'recorded-in-error';

/** The person is not named: what was recorded of it is that which the key opens. */
export type DataSubjectErasureRequested = DomainEvent<
  'DataSubjectErasureRequested',
  { erasureId: string; account: string; key: string; reason?: ErasureReason; requestedAt: Instant }
>;

/** The key is destroyed. A store of keys that has it again, as from a backup, has to destroy it again. */
export type DataSubjectErased = DomainEvent<
  'DataSubjectErased',
  { erasureId: string; account: string; key: string; erasedAt: Instant }
>;

export type ErasureEvent = DataSubjectErasureRequested | DataSubjectErased;
