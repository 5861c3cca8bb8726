import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Actor, conflict, type Instant, impossible, notFound } from '#domain/kernel';
import type { EventReader, RecordedEvent } from '#event-store';
import {
  type Checkpoint,
  consistencyProof,
  eventHash,
  type Hash,
  inclusionProof,
  leafOf,
  readCheckpoint,
} from '#evidence';
import { knownKeys, lastSigned, nodesIn, SEAL, type SignedCheckpoint, sealedPlaces } from '#seal';
import type { ViewReader } from '#view-store';
import { STORED_EVENTS, VIEWS } from '../ports.ts';
import { mayReadEvent } from './audit-readers.ts';
import { ViewQuery } from './view-query.ts';

/** A public key of the log. */
export interface SealKeyView {
  /** `name+hash+base64`, as verifiers of signed notes take it. */
  readonly key: string;
  readonly since: Instant;
  /** Since when nothing is signed with it any more. */
  readonly until?: Instant;
}

export interface SealKeyList {
  readonly items: readonly SealKeyView[];
}

/** Hashes in base64, from below. */
type Proof = readonly string[];

/** The proof that an event is in the sealed log. */
export interface InclusionProof {
  readonly event: string;
  readonly stream: string;
  readonly revision: number;
  readonly index: number;
  /** The event as it is hashed; to auditors. */
  readonly leaf?: string;
  readonly leafHash: string;
  readonly hashes: Proof;
}

/** The proof that the log only grew. */
export interface GrowthProof {
  /** The size of the earlier checkpoint. */
  readonly from: number;
  readonly hashes: Proof;
}

/** The requested proofs, for the last checkpoint. */
export interface SealProof {
  /** The signed checkpoint of the proofs. */
  readonly checkpoint: string;
  readonly size: number;
  readonly inclusion?: InclusionProof;
  readonly growth?: GrowthProof;
}

/** The last checkpoint, as a signed note. */
export class GetCheckpoint extends ViewQuery<string> {
  readonly reads = [SEAL];
}

/** The keys that checkpoints are, or were, signed with. */
export class GetSealKeys extends ViewQuery<SealKeyList> {
  readonly reads = [SEAL];
}

export class GetProof extends ViewQuery<SealProof> {
  readonly reads = [SEAL];

  constructor(
    caller: Actor,
    /** The event to prove. */
    readonly eventId: string | undefined,
    /** The size of an earlier checkpoint, since which the log is proven to have only grown. */
    readonly since: number | undefined,
  ) {
    super(caller);
  }
}

@QueryHandler(GetCheckpoint)
export class GetCheckpointHandler implements IQueryHandler<GetCheckpoint, string> {
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  /** @throws Refusal `not-yet-sealed`: nothing is */
  async execute(): Promise<string> {
    return (await lastCheckpoint(this.views)).note;
  }
}

@QueryHandler(GetSealKeys)
export class GetSealKeysHandler implements IQueryHandler<GetSealKeys, SealKeyList> {
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  async execute(): Promise<SealKeyList> {
    const keys = await knownKeys(this.views);
    return { items: keys.map(({ id, since, until }) => ({ key: id, since, until })) };
  }
}

@QueryHandler(GetProof)
export class GetProofHandler implements IQueryHandler<GetProof, SealProof> {
  constructor(
    @Inject(STORED_EVENTS) readonly log: EventReader,
    @Inject(VIEWS) readonly views: ViewReader,
  ) {}

  /**
   * @throws Refusal `not-found`: there is no such event, or the caller may not read it
   * @throws Refusal `not-yet-sealed`: the event is newer than the last checkpoint
   * @throws Refusal `beyond-the-checkpoint`: the log has never been sealed at that size
   */
  async execute({ caller, eventId, since }: GetProof): Promise<SealProof> {
    const event = eventId === undefined ? undefined : await this.event(eventId, caller);
    const { note } = await lastCheckpoint(this.views);
    const checkpoint = readCheckpoint(note);
    return {
      checkpoint: note,
      size: checkpoint.size,
      inclusion: event && (await this.inclusion(event, checkpoint, caller)),
      growth: since === undefined ? undefined : await this.growth(since, checkpoint),
    };
  }

  /** @throws Refusal `not-found` */
  private async event(id: string, caller: Actor): Promise<SealedAt> {
    const place = await this.views.get(sealedPlaces, id);
    const [event] = place
      ? await this.log.readStream(place.stream, {
          from: place.revision as RecordedEvent['revision'],
          limit: 1,
        })
      : [];
    if (place === undefined || event === undefined || !(await mayReadEvent(this, event, caller))) {
      throw notFound('event');
    }
    return { event, index: place.index };
  }

  private async inclusion(
    { event, index }: SealedAt,
    { size }: Checkpoint,
    caller: Actor,
  ): Promise<InclusionProof> {
    if (index >= size) throw conflict('not-yet-sealed', 'The event is newer than the last checkpoint.');
    const { id, stream, revision } = event;
    return {
      event: id,
      stream,
      revision,
      index,
      leaf: caller.roles.includes('auditor') ? leafOf(event) : undefined,
      leafHash: eventHash(event).toString('base64'),
      hashes: encoded(await inclusionProof(index, size, nodesIn(this.views))),
    };
  }

  private async growth(from: number, { size }: Checkpoint): Promise<GrowthProof> {
    if (from > size) {
      throw impossible(
        'beyond-the-checkpoint',
        `The last checkpoint is of ${size} events, fewer than ${from}.`,
      );
    }
    return { from, hashes: encoded(await consistencyProof(from, size, nodesIn(this.views))) };
  }
}

interface SealedAt {
  readonly event: RecordedEvent;
  readonly index: number;
}

/** @throws Refusal `not-yet-sealed` */
export async function lastCheckpoint(views: ViewReader): Promise<SignedCheckpoint> {
  const last = await lastSigned(views);
  if (last === undefined) throw conflict('not-yet-sealed', 'Nothing is sealed yet.');
  return last;
}

function encoded(hashes: readonly Hash[]): Proof {
  return hashes.map((hash) => hash.toString('base64'));
}
