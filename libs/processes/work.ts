import type { Recorded } from '#contracts';
import type { Instant } from '#domain/kernel';
import type { CollectionDefinition, Document, Write } from '#view-store';
import type { Cause, NewWork, ProcessManager, Work } from './process-manager.ts';

/** Work that is not done yet, as it is stored; removed when it is done. */
export interface WorkDocument extends Document, Work {
  readonly process: string;
  readonly since: Instant;
  /** Why it failed repeatedly; it is retried later. */
  readonly stuck?: { readonly reason: string; readonly at: Instant };
}

export const processWork: CollectionDefinition<WorkDocument> = {
  name: 'process-work',
  indexes: { 'by-cause': ({ cause, id }) => [cause.position, id] },
};

/** Postponed work. It stays stored until it is done or postponed again. */
export interface TimerDocument extends WorkDocument {
  readonly at: Instant;
}

export const processTimers: CollectionDefinition<TimerDocument> = {
  name: 'process-timers',
  indexes: { 'by-moment': ({ at, id }) => [at, id] },
};

export function workId(process: string, key: string): string {
  return `${process}/${key}`;
}

/** The event as the cause of the commands that follow from it. */
export function causeOf({ id, position, metadata }: Recorded): Cause {
  const { $correlationId: correlationId, traceparent } = metadata;
  return { eventId: id, position, correlationId, ...(traceparent !== undefined && { traceparent }) };
}

/** The work that an event causes for a process, as it is stored. */
export function workDocument(
  process: ProcessManager,
  { key, data }: NewWork<Work['data']>,
  event: Recorded,
): WorkDocument {
  return {
    id: workId(process.name, key),
    process: process.name,
    key,
    cause: causeOf(event),
    data,
    since: event.metadata.at,
  };
}

export function saveWork(work: WorkDocument): Write {
  return { collection: processWork, id: work.id, document: work };
}

/** The work is done. */
export function removeWork({ id }: WorkDocument): Write[] {
  return [processWork, processTimers].map((collection) => ({ collection, id, document: undefined }));
}

/** The work is not due before that moment, and not in memory until then. */
export function postponeWork({ stuck: _, ...work }: WorkDocument, at: Instant): Write[] {
  return [
    { collection: processWork, id: work.id, document: undefined },
    { collection: processTimers, id: work.id, document: { ...work, at } as TimerDocument },
  ];
}
