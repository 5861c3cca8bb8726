import type { LogRecord, Proposed } from './log.ts';

/** An event for one of the server's own streams. */
export interface SystemEvent {
  readonly stream: string;
  readonly event: Proposed;
}

const LINK = '$>';

/** What the standard system projections write for an event, followed by their checkpoint. */
export function linksOf({ stream, revision, type }: LogRecord): SystemEvent[] {
  const category = /^([^-]+)-/.exec(stream)?.[1];
  const to = (target: string): SystemEvent => ({
    stream: target,
    event: systemEvent(LINK, 'application/octet-stream', `${revision}@${stream}`),
  });
  const ofStreams = [to('$streams'), ...(category === undefined ? [] : [to(`$category-${category}`)])];
  return [
    ...(revision === 0n ? ofStreams : []),
    ...(category === undefined ? [] : [to(`$ce-${category}`)]),
    to(`$et-${type}`),
    {
      stream: '$projections-$by_event_type-checkpoint',
      event: systemEvent('$ProjectionCheckpoint', 'application/json', `{"$s":{"$all":${revision}}}`),
    },
  ];
}

/** A node's statistics, as it writes them to the log. */
export function statistics(): SystemEvent {
  const event = systemEvent('$statsCollected', 'application/json', '{"proc-mem":1}');
  return { stream: '$stats-127.0.0.1:2113', event };
}

export function systemEvent(type: string, contentType: string, data: string): Proposed {
  return { id: crypto.randomUUID(), type, contentType, data: Buffer.from(data), metadata: Buffer.alloc(0) };
}
