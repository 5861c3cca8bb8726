import {
  EventIdInUse,
  type EventReader,
  type EventStore,
  type RecordedEvent,
  type Revision,
  START,
  WrongExpectedRevision,
} from '#event-store';
import type { KeyStore } from '#personal-data';
import { PROCESSES } from '#processes';
import { projections } from '#projections';
import { SEAL } from '#seal';
import { followerOf } from '#subscriptions';
import type { ViewStore } from '#view-store';
import type { Backup } from './backup.ts';
import { LogTree } from './log-tree.ts';
import { parts } from './parts/index.ts';
import { eventsOf } from './reading.ts';
import { relocate } from './relocation.ts';

export type Phase = 'comparing' | 'restoring' | 'verifying';

export interface RestoreOptions {
  /** Checked. */
  readonly backup: Backup;
  /** Not written to by others meanwhile. */
  readonly log: EventStore;
  readonly views: ViewStore;
  readonly keys: KeyStore;
  /** Called often with the progress of a phase. */
  readonly report: (phase: Phase, events: number, total: number) => void;
}

export interface Restored {
  readonly events: number;
  /** How many of them an earlier attempt had restored. */
  readonly before: number;
}

/** The target has data that is not of this backup. Nothing was changed there. */
export class TargetNotEmpty extends Error {
  override readonly name = 'TargetNotEmpty';
}

/** Restored data reads differently: others write to the target, or its settings hide some of it. */
export class TargetDiffers extends Error {
  override readonly name = 'TargetDiffers';
}

/** The size limit of one append: some server releases accept 1 MiB at most. */
const RUN_EVENTS = 500;
const RUN_BYTES = 512 * 1024;
/** The size of a shared commit where there is no other writer. */
const TURN_EVENTS = 1_000;
const TURN_BYTES = 8 * 1024 * 1024;
const LOOKS_AT_ONCE = 16;

/**
 * Appends the log of a backup to an empty one: ids, streams, revisions, types, data and metadata as they are, and in
 * the same order over all streams. Continues an interrupted attempt, whose events are compared first. In the end
 * everything is read again, and the other parts are stored.
 * @throws TargetNotEmpty it has other events, or views of another log
 * @throws TargetDiffers
 * @throws EventStoreUnavailable, ViewStoreUnavailable, EventStoreUnusable one of the stores fails; a next attempt continues
 */
export async function restoreBackup({ backup, log, views, keys, report }: RestoreOptions): Promise<Restored> {
  const total = backup.manifest.log.events;
  await refuseOldViews(views);
  const events = backup.events();
  const before = await compare(events, log, (done) => report('comparing', done, total));
  await append(events, log, (done) => report('restoring', before + done, total));
  await verify(backup, log, (done) => report('verifying', done, total));
  // No worker has started on it in the meantime.
  await refuseOldViews(views);
  const places = await relocate(backup, log);
  for (const { name, restore } of parts) {
    await restore(backup.records(name), { views, keys }, places);
  }
  return { events: total, before };
}

/** A view of another log would continue in this one from its own position. */
async function refuseOldViews(views: ViewStore): Promise<void> {
  for (const follower of [...projections.map(followerOf), PROCESSES, SEAL]) {
    if ((await views.checkpoint(follower)) === START) continue;
    throw new TargetNotEmpty(
      `The view store is not empty: it has ${follower}, of another log or of services that run. Stop them and give it ` +
        'an empty one, as by removing views.db or dropping the database: the workers build the views from the log.',
    );
  }
}

/** Skips the events that the target has already. */
async function compare(
  events: AsyncGenerator<RecordedEvent>,
  target: EventReader,
  onProgress: (events: number) => void,
): Promise<number> {
  let done = 0;
  for await (const found of eventsOf(target)) {
    const { value: saved } = await events.next();
    if (!saved) {
      throw new TargetNotEmpty(
        `The log is not empty: it goes on after the end of the backup, with ${named(found)}.`,
      );
    }
    if (textOf(saved) !== textOf(found)) {
      throw new TargetNotEmpty(
        `The log is not empty: it has ${named(found)} where the backup has ${named(saved)}.`,
      );
    }
    done += 1;
    onProgress(done);
  }
  return done;
}

async function append(
  events: AsyncIterable<RecordedEvent>,
  target: EventStore,
  onProgress: (events: number) => void,
): Promise<void> {
  let done = 0;
  let turn: Run[] = [];
  let size = { events: 0, bytes: 0 };
  const finish = async () => {
    // In the order in which they are given, where there is one writer; nothing of the next turn before all of this one.
    const outcomes = await Promise.allSettled(turn.map((run) => appendRun(target, run)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    done += size.events;
    onProgress(done);
    turn = [];
    size = { events: 0, bytes: 0 };
  };
  for await (const run of runsOf(events)) {
    turn.push(run);
    size = { events: size.events + run.events.length, bytes: size.bytes + run.bytes };
    const full = size.events + RUN_EVENTS > TURN_EVENTS || size.bytes + RUN_BYTES > TURN_BYTES;
    // Elsewhere the order over all streams is kept by waiting for each: causes come before their effects.
    if (full || !target.exclusive) await finish();
  }
  if (turn.length > 0) await finish();
}

/** Events that follow each other in one stream; where a run ends depends only on where it begins. */
interface Run {
  readonly events: RecordedEvent[];
  bytes: number;
}

async function* runsOf(events: AsyncIterable<RecordedEvent>): AsyncGenerator<Run> {
  let run: Run = { events: [], bytes: 0 };
  for await (const event of events) {
    const bytes = Buffer.byteLength(textOf(event));
    const [first] = run.events;
    const isFull = run.events.length === RUN_EVENTS || run.bytes + bytes > RUN_BYTES;
    if (first && (first.stream !== event.stream || isFull)) {
      yield run;
      run = { events: [], bytes: 0 };
    }
    run.events.push(event);
    run.bytes += bytes;
  }
  if (run.events.length > 0) yield run;
}

async function appendRun(target: EventStore, { events }: Run): Promise<void> {
  const [{ stream, revision }] = events as [RecordedEvent, ...RecordedEvent[]];
  try {
    await target.append(stream, events, revision === 0 ? 'none' : ((revision - 1) as Revision));
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision || error instanceof EventIdInUse)) throw error;
    throw new TargetDiffers(`Stream ${stream} has other events: somebody else writes to the log.`, {
      cause: error,
    });
  }
}

/** Reads all of it there, in the log's order, and each stream's beginning: settings of a store may hide that. */
async function verify(
  { manifest, checkpoint }: Backup,
  target: EventReader,
  onProgress: (events: number) => void,
): Promise<void> {
  const tree = new LogTree(checkpoint);
  let beginnings: RecordedEvent[] = [];
  const look = async () => {
    await Promise.all(beginnings.map((event) => verifyBeginning(target, event)));
    beginnings = [];
  };
  for await (const event of eventsOf(target)) {
    tree.append(event);
    if (event.revision === 0) beginnings.push(event);
    if (beginnings.length === LOOKS_AT_ONCE) await look();
    onProgress(tree.size);
  }
  await look();
  if (tree.root !== manifest.log.root || !tree.isAsSealed) {
    throw new TargetDiffers(
      `The ${tree.size} events that are read from the log are not the ${manifest.log.events} of the backup.`,
    );
  }
}

async function verifyBeginning(target: EventReader, { stream, id }: RecordedEvent): Promise<void> {
  const [first] = await target.readStream(stream, { limit: 1 });
  if (first?.revision === 0 && first.id === id) return;
  const begins = first === undefined ? 'cannot be read' : `begins with event ${first.revision}`;
  throw new TargetDiffers(`Stream ${stream} ${begins}: a setting of the store hides what is before.`);
}

/** An event without its position. */
function textOf({ stream, revision, id, type, data, metadata }: RecordedEvent): string {
  return JSON.stringify([stream, revision, id, type, data, metadata]);
}

function named({ stream, revision, type, id }: RecordedEvent): string {
  return `event ${revision} of ${stream} (${type} ${id})`;
}
