import { deserialise, type Recorded, type TesseraEvent } from '#contracts';
import type { FlowResumed } from '#domain/flow';
import { ITEMS_PER_EVENT } from '#domain/kernel';
import { type Revision, START } from '#event-store';
import {
  backOff,
  type Delivery,
  Follower,
  type Log,
  type Outcome,
  type Pauses,
  realPauses,
  type Skipped,
} from '#subscriptions';
import { type SpanOptions, within } from '#tracing';
import { OwnershipLost, type ViewStore, type Write } from '#view-store';
import { describe, isTransient, StepTimedOut } from './failures.ts';
import type { ProcessDependencies, ProcessManager, Works } from './process-manager.ts';
import { type OpenWork, PROCESSES, type ProcessesStatus, type StepEnd, type WorkState } from './status.ts';
import { Timers } from './timers.ts';
import {
  postponeWork,
  processTimers,
  processWork,
  removeWork,
  saveWork,
  type WorkDocument,
  workDocument,
  workId,
} from './work.ts';

/** Writes the progress of open work under this name; that follower's checkpoint covers only opening it. */
const RUNNER = `${PROCESSES}-runner`;

export interface ProcessRunnerOptions extends ProcessDependencies {
  readonly processes: readonly ProcessManager[];
  /** Stores the open work. */
  readonly store: ViewStore;
  readonly log: Log;
  readonly pauses?: Pauses;
  /** The most steps that run at once. */
  readonly concurrency?: number;
  /** While more tasks than this are ready, reading the log pauses, so that memory stays bounded. */
  readonly maxReady?: number;
  /** The term of the lease under which the processes run; absent where there can be only one owner. */
  readonly term?: number;
  /** Called when another owner has taken over the processes; this runner stops by itself. */
  readonly lost?: () => void;
}

const CONCURRENCY = 4;
const MAX_READY = 2_000;
/** A step that takes longer is assumed to hang, and is retried. */
const STEP_TIMEOUT_MS = 120_000;
/** After this many failures that are not known to be transient, work is marked as stuck. */
const ATTEMPTS = 5;
/** Stuck work is retried after this long. */
const REDRIVE_MS = 5 * 60_000;
/** How long stopping waits for running steps; a step that is cut off is run again at the next start. */
const STOP_PATIENCE_MS = 2_000;
const LISTED = 100;
const LOAD_PAGE = 1_000;

/** Work that is stepped together, with its state. */
interface Task {
  readonly id: string;
  readonly process: ProcessManager;
  /** By id, the oldest first. */
  readonly works: Map<string, WorkDocument>;
  state: WorkState;
  /** Failures in a row, and how many of them are not known to be transient. */
  failures: number;
  unexpected: number;
  reason?: string;
  /** Ends its wait early. */
  wake?: AbortController;
}

/**
 * Turns events into open work, stored together with the checkpoint, and runs the steps of all open work: one step
 * of each in turn, a few at once. A failed step is retried with growing pauses; work that keeps failing is marked as
 * stuck with its reason, and retried after a while, at the next start, or on request.
 */
export class ProcessRunner {
  readonly #options: ProcessRunnerOptions;
  readonly #pauses: Pauses;
  readonly #starters: ReadonlyMap<string, readonly ProcessManager[]>;
  readonly #follower: Follower;
  readonly #timers: Timers;
  readonly #tasks = new Map<string, Task>();
  readonly #ready: Task[] = [];
  readonly #steps: Readonly<Record<string, Record<StepEnd, number>>>;
  readonly #running = new Set<Promise<void>>();
  /** Resumes reading the log, while that waits for fewer ready tasks. */
  #roomAvailable: (() => void) | undefined;
  /** More work may be stored than is in memory: a commit whose answer was lost may have succeeded. */
  #mayBeStale = false;
  #stopping = true;
  #stopped: Promise<void> | undefined;

  /** @throws TypeError two processes share a name */
  constructor(options: ProcessRunnerOptions) {
    const { processes, clock, log, reader, store, term, pauses = realPauses } = options;
    this.#options = options;
    this.#pauses = pauses;
    const names = processes.map(({ name }) => name);
    if (new Set(names).size < names.length)
      throw new TypeError(`The names of processes must be unique: ${names}.`);
    this.#steps = Object.fromEntries(names.map((name) => [name, { done: 0, continue: 0, failed: 0 }]));
    const started = new Set(processes.flatMap(({ startedBy }) => startedBy));
    this.#starters = new Map(
      [...started].map((type) => [type, processes.filter(({ startedBy }) => startedBy.includes(type))]),
    );
    this.#follower = new Follower({
      name: PROCESSES,
      reader,
      views: store,
      deserialise,
      handler: {
        handle: (delivery) => this.#open(delivery),
        discard: () => {
          this.#mayBeStale = true;
        },
      },
      handles: [...started, 'FlowResumed'] as TesseraEvent['type'][],
      collections: [processWork, processTimers],
      clock,
      log,
      term,
      lost: () => this.#onOwnershipLost(),
      pauses,
    });
    this.#timers = new Timers({
      store,
      clock,
      pauses,
      due: (works) => this.#addDue(works),
      failed: (error) => log.warn({ err: error }, 'Could not look for work that is due'),
    });
  }

  /**
   * Loads the open work, stuck or not, then follows the log, unless it is stopped meanwhile.
   * @throws OwnershipLost the processes have an owner of a later term
   */
  async start(): Promise<void> {
    if (!this.#stopping) return;
    this.#stopping = false;
    const { store, term } = this.#options;
    if (term !== undefined) {
      // Open work is read only once no earlier owner can change it any more.
      await store.fence(PROCESSES, term);
      await store.fence(RUNNER, term);
    }
    await this.#loadOpenWork();
    if (this.#stopping) return;
    this.#follower.start();
    this.#timers.start();
  }

  /** Loads all stored open work. */
  async #loadOpenWork(): Promise<void> {
    let after: string | undefined;
    do {
      const query = { index: 'by-cause', prefix: [], after, limit: LOAD_PAGE };
      const page = await this.#options.store.find(processWork, query);
      if (this.#stopping) return;
      this.#add(page.items);
      after = page.next;
    } while (after !== undefined);
  }

  /** Resolves when the running steps have ended, or are abandoned after a while; open work stays open. */
  async stop(): Promise<void> {
    if (!this.#stopping) {
      this.#stopping = true;
      this.#stopped = this.#end();
    }
    await this.#stopped;
  }

  async #end(): Promise<void> {
    this.#timers.stop();
    this.#ready.length = 0;
    this.#roomAvailable?.();
    await this.#follower.stop();
    for (const { wake } of this.#tasks.values()) wake?.abort();
    const patience = new AbortController();
    await Promise.race([this.#stepsEnded(), this.#pauses.sleep(STOP_PATIENCE_MS, patience.signal)]);
    patience.abort();
    this.#tasks.clear();
  }

  async #stepsEnded(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /** The open work, and which of it fails. */
  async status(): Promise<ProcessesStatus> {
    const open: Record<WorkState, number> = { ready: 0, running: 0, waiting: 0, stuck: 0 };
    const troubled: OpenWork[] = [];
    for (const { process, works, state, failures, reason } of this.#tasks.values()) {
      open[state] += works.size;
      if (failures === 0) continue;
      for (const { key, since } of works.values()) {
        troubled.push({ process: process.name, key, state, since, failures, reason });
      }
    }
    troubled.sort((a, b) => (a.since < b.since ? -1 : 1));
    const follower = await this.#follower.status();
    return { follower, open, steps: this.#steps, troubled: troubled.slice(0, LISTED) };
  }

  /** Retries waiting or stuck work at once. False when no such work is open. */
  redrive(process: string, key: string): boolean {
    const id = workId(process, key);
    const task = [...this.#tasks.values()].find(({ works }) => works.has(id));
    task?.wake?.abort();
    return task !== undefined;
  }

  /** Checks at once whether its follower's stored state still exists, and restarts where it does not. */
  reopen(): void {
    this.#follower.reopen();
  }

  /** Tries the events of a parked stream again; true when none of it is parked any longer. */
  retryParked(stream: string): Promise<boolean> {
    return this.#follower.retryParked(stream);
  }

  /** Skips the event that a stream was parked on: it never causes any work. */
  skipParked(stream: string, eventId: string): Promise<Skipped> {
    return this.#follower.skipParked(stream, eventId);
  }

  async #open({ events }: Delivery): Promise<Outcome> {
    if (this.#mayBeStale) {
      await this.#loadOpenWork();
      this.#mayBeStale = false;
    }
    const works: WorkDocument[] = [];
    for (const event of events) {
      works.push(...(event.type === 'FlowResumed' ? await this.#workOfResumed(event) : this.#workOf(event)));
    }
    if (works.length > 0) await this.#waitForRoom();
    return { writes: works.map(saveWork), committed: () => this.#add(works) };
  }

  get #hasRoom(): boolean {
    return this.#ready.length <= (this.#options.maxReady ?? MAX_READY);
  }

  async #waitForRoom(): Promise<void> {
    if (this.#hasRoom) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#roomAvailable = resolve;
    await promise;
    this.#roomAvailable = undefined;
  }

  /** Work that is due stays stored as it is until its step is done. */
  async #addDue(works: readonly WorkDocument[]): Promise<void> {
    await this.#waitForRoom();
    if (!this.#stopping) this.#add(works.filter((work) => !this.#isOpen(work)));
  }

  #isOpen(work: WorkDocument): boolean {
    const process = this.#options.processes.find(({ name }) => name === work.process);
    return process !== undefined && this.#tasks.get(taskId(process, work))?.works.has(work.id) === true;
  }

  #workOf(event: Recorded): WorkDocument[] {
    return (this.#starters.get(event.type) ?? []).flatMap((process) => {
      const work = process.workFor(event);
      return work === undefined ? [] : workDocument(process, work, event);
    });
  }

  /**
   * Work that an operator resumed is retried at once where it is open, and otherwise opened again from the event that
   * caused it. Its commands have the same ids as before: those that took effect change nothing.
   */
  async #workOfResumed({ data, metadata }: Recorded<FlowResumed>): Promise<WorkDocument[]> {
    const { process, key, begun } = data;
    const { log, reader } = this.#options;
    log.info({ process, key, by: metadata.commandId }, 'Work of a process is resumed by an operator');
    if (this.redrive(process, key) || begun === undefined) return [];
    const from = begun.revision as Revision;
    const [recorded] = await reader.readStream(begun.stream, { from, limit: 1 });
    if (recorded === undefined) return [];
    const works = this.#workOf(deserialise(recorded));
    return works.filter((work) => work.process === process && work.key === key);
  }

  #add(works: readonly WorkDocument[]): void {
    for (const work of works) {
      const process = this.#options.processes.find(({ name }) => name === work.process);
      // Stored by an earlier release for a process that no longer exists.
      if (process === undefined) continue;
      const id = taskId(process, work);
      const known = this.#tasks.get(id);
      if (known) {
        known.works.set(work.id, work);
        continue;
      }
      const works = new Map([[work.id, work]]);
      const task: Task = { id, process, works, state: 'ready', failures: 0, unexpected: 0 };
      this.#tasks.set(id, task);
      this.#ready.push(task);
    }
    this.#startSteps();
  }

  /** Starts steps up to the limit, for the tasks that have waited longest. */
  #startSteps(): void {
    const { concurrency = CONCURRENCY } = this.#options;
    while (!this.#stopping && this.#running.size < concurrency) {
      const task = this.#ready.shift();
      if (this.#hasRoom) this.#roomAvailable?.();
      if (task === undefined) return;
      const running = this.#step(task).finally(() => {
        this.#running.delete(running);
        this.#startSteps();
      });
      this.#running.add(running);
    }
  }

  async #step(task: Task): Promise<void> {
    const works = [...task.works.values()].slice(0, ITEMS_PER_EVENT);
    task.state = 'running';
    try {
      const result = await this.#runWithTimeout(task, works as unknown as Works<WorkDocument['data']>);
      if (result !== 'continue') {
        await this.#store(
          works.flatMap((work) => (result === 'done' ? removeWork(work) : postponeWork(work, result.at))),
        );
        for (const { id } of works) task.works.delete(id);
        if (result !== 'done') this.#timers.schedule(result.at);
      }
      await this.#markRecovered(task);
      // Postponed work is done for now.
      this.#count(task, typeof result === 'string' ? result : 'done');
    } catch (error) {
      this.#count(task, 'failed');
      await this.#handleFailure(task, error);
      return;
    }
    if (task.works.size === 0) this.#tasks.delete(task.id);
    else this.#requeue(task);
  }

  #count({ process }: Task, end: StepEnd): void {
    const counts = this.#steps[process.name];
    if (counts !== undefined) counts[end] += 1;
  }

  async #runWithTimeout(task: Task, works: Works<WorkDocument['data']>) {
    const ended = new AbortController();
    const tooLong = this.#pauses.sleep(STEP_TIMEOUT_MS, ended.signal).then(() => {
      if (!ended.signal.aborted) throw new StepTimedOut(`A step took more than ${STEP_TIMEOUT_MS} ms.`);
      return 'continue' as const;
    });
    try {
      return await within(spanOf(task.process, works), (span) =>
        Promise.race([task.process.step(works, this.#options), tooLong]).then((result) => {
          span.describe({ 'tessera.step.result': typeof result === 'string' ? result : 'wait' });
          return result;
        }),
      );
    } finally {
      ended.abort();
    }
  }

  async #markRecovered(task: Task): Promise<void> {
    task.failures = 0;
    task.unexpected = 0;
    task.reason = undefined;
    const marked = [...task.works.values()].filter(({ stuck }) => stuck !== undefined);
    if (marked.length === 0) return;
    const open = marked.map(({ stuck: _, ...work }): WorkDocument => work);
    await this.#store(open.map(saveWork));
    for (const work of open) task.works.set(work.id, work);
  }

  async #handleFailure(task: Task, error: unknown): Promise<void> {
    const { log } = this.#options;
    task.failures += 1;
    if (!isTransient(error)) task.unexpected += 1;
    task.reason = describe(error);
    const details = { process: task.process.name, work: task.id, failures: task.failures, err: error };
    if (task.unexpected >= ATTEMPTS) {
      task.state = 'stuck';
      task.unexpected = 0;
      log.error(details, 'A process step keeps failing; its work was marked as stuck');
      await this.#markStuck(task, task.reason);
      this.#wait(task, REDRIVE_MS);
    } else {
      task.state = 'waiting';
      const retryInMs = backOff(task.failures, this.#pauses.random);
      log.warn({ ...details, retryInMs }, 'A process step failed and will be retried');
      this.#wait(task, retryInMs);
    }
  }

  async #markStuck(task: Task, reason: string): Promise<void> {
    const { clock, log } = this.#options;
    const stuck = { reason, at: clock.now() };
    const marked = [...task.works.values()].map((work) => ({ ...work, stuck }));
    try {
      await this.#store(marked.map(saveWork));
      for (const work of marked) task.works.set(work.id, work);
    } catch (error) {
      log.warn({ work: task.id, err: error }, 'Could not mark work as stuck');
    }
  }

  #wait(task: Task, ms: number): void {
    if (this.#stopping) return;
    const wake = new AbortController();
    task.wake = wake;
    void this.#pauses.sleep(ms, wake.signal).then(() => {
      task.wake = undefined;
      this.#requeue(task);
    });
  }

  #requeue(task: Task): void {
    if (this.#stopping) return;
    task.state = 'ready';
    this.#ready.push(task);
    this.#startSteps();
  }

  async #store(writes: readonly Write[]): Promise<void> {
    const { store, term } = this.#options;
    try {
      await store.commit({ follower: RUNNER, from: START, to: START, writes, term });
    } catch (error) {
      if (error instanceof OwnershipLost) this.#onOwnershipLost();
      throw error;
    }
  }

  #onOwnershipLost(): void {
    if (this.#stopping) return;
    void this.stop();
    this.#options.lost?.();
  }
}

/** Linked to the traces of the events that caused its work. */
function spanOf({ name }: ProcessManager, works: Works<WorkDocument['data']>): SpanOptions {
  return {
    name: `step ${name}`,
    kind: 'consumer',
    attributes: { 'tessera.process': name, 'tessera.work.count': works.length },
    follows: () => works.map(({ cause }) => cause.traceparent),
  };
}

/** Work that is done together is one task. */
function taskId(process: ProcessManager, work: WorkDocument): string {
  return workId(process.name, process.groupKey?.(work) ?? work.key);
}
