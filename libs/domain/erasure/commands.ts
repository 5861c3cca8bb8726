import type { Command } from '#domain/kernel';
import type { ErasureReason } from './events.ts';

/** By an administrator: makes everything that its account recorded of a person unreadable. */
export type EraseDataSubject = Command<
  'EraseDataSubject',
  {
    erasureId: string;
    /** The key that it was recorded with; absent where there is none. */
    key?: string;
    reason?: ErasureReason;
  }
>;

/** Once the key is destroyed. */
export type CompleteErasure = Command<'CompleteErasure', { erasureId: string }>;

export type ErasureCommand = EraseDataSubject | CompleteErasure;
