import type { CommandAnswer, CommandRequest, CommandSender } from '#application';
import { newId } from '#application/core';
import type { FlowBeginning } from '#domain/flow';
import type { Skipped, Swapped } from '#subscriptions';
import type { WorkerStatus, WorkerThread } from '../worker/index.ts';

/** The operations of operators on the process that runs followers and executes commands. Each is idempotent. */
export interface AdminOperations {
  /** The status of its worker. */
  status(): Promise<WorkerStatus>;
  /** Removes a projection's documents, and has them built anew. */
  rebuild(projection: string): Promise<void>;
  /** Lets readers switch to this release's version of a projection before it has come to the log's end. */
  swap(projection: string): Promise<Swapped>;
  /** Tries a parked stream again; true when none of it is parked any longer. */
  retryParked(parked: ParkedAt): Promise<boolean>;
  /** Skips the event a stream is parked on. */
  skipParked(parked: ParkedAt & { readonly event: string }): Promise<Skipped>;
  /** Retries waiting or stuck work at once; false when no such work is open. */
  redrive(work: { readonly process: string; readonly key: string }): Promise<boolean>;
  /** Records that a stuck flow is resumed, which makes its process try it again. */
  resume(flow: ResumedFlow): Promise<void>;
  /** A command as a caller of the API would send it. */
  send(request: CommandRequest): Promise<CommandAnswer>;
}

/** A stuck flow, and who resumes it. */
export interface ResumedFlow {
  readonly process: string;
  readonly key: string;
  readonly begun?: FlowBeginning;
  /** The operator, as the log names it. */
  readonly user: string;
}

/** A stream that a follower has parked. */
export interface ParkedAt {
  readonly follower: string;
  readonly stream: string;
}

/** Their names, as used in requests over the socket. */
export const OPERATIONS = [
  'status',
  'rebuild',
  'swap',
  'retryParked',
  'skipParked',
  'redrive',
  'resume',
  'send',
] as const satisfies readonly (keyof AdminOperations)[];

type OperatedWorker = Pick<
  WorkerThread,
  'status' | 'rebuild' | 'swap' | 'retryParked' | 'skipParked' | 'redrive'
>;

/** The operations on a worker, in this thread or in another one, and on the command gateway beside it. */
export function operationsOf(worker: OperatedWorker, gateway: CommandSender): AdminOperations {
  return {
    status: () => worker.status(),
    rebuild: (projection) => worker.rebuild(projection),
    swap: (projection) => worker.swap(projection),
    retryParked: ({ follower, stream }) => worker.retryParked(follower, stream),
    skipParked: ({ follower, stream, event }) => worker.skipParked(follower, stream, event),
    redrive: ({ process, key }) => worker.redrive(process, key),
    resume: (flow) => resume(flow, gateway),
    send: (request) => gateway.send(request),
  };
}

/** Sends the command with the operator as its actor. */
export async function resume({ user, ...flow }: ResumedFlow, gateway: CommandSender): Promise<void> {
  const id = newId();
  await gateway.sendCaused({
    id,
    type: 'ResumeFlow',
    data: { resumptionId: id, ...flow },
    actor: { account: '', user, roles: ['operator'] },
    correlationId: id,
    causationId: id,
  });
}
