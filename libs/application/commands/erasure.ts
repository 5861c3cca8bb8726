import { type ErasureCommand, erasure } from '#domain/erasure';
import type { Envelope } from '../command-executor.ts';
import type { Aggregates } from '../core/aggregates.ts';
import type { CommandOutcome } from '../core/command-port.ts';
import type { DataSubjects } from '../ports.ts';
import { followingFrom } from './following.ts';

/**
 * Destroys the key before an erasure is answered, and records that when no process uses it any more: nothing
 * that is recorded after the answer is sealed with it. The process `complete-erasure` repeats it
 * where that is interrupted, or where the keys may be those of a backup.
 */
export function completeErasure(
  aggregates: Aggregates,
  subjects: Pick<DataSubjects, 'destroy' | 'droppedEverywhere'>,
) {
  return async (
    command: Envelope<ErasureCommand>,
    outcome: CommandOutcome,
    execute: (following: Envelope) => Promise<CommandOutcome>,
  ): Promise<CommandOutcome> => {
    if (command.type !== 'EraseDataSubject') return outcome;
    const { erasureId } = command.data;
    const found = await aggregates.state(erasure, erasureId);
    if (found.status === 'none') return outcome;
    await subjects.destroy(found.key);
    if (found.status === 'erased') return outcome;
    await subjects.droppedEverywhere();
    const erased = await execute(followingFrom(command, 'CompleteErasure', { erasureId }));
    return { ...erased, replayed: outcome.replayed };
  };
}
