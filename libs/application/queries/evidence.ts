// Files that an auditor can hand out and others can verify without us: docs/auditors.md. The verifier derives the same
// statement by code of its own (libs/evidence/verify.mjs), so that an error of the one is found by the other.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { changesState, deserialise, isSealed, type TesseraEvent } from '#contracts';
import { account } from '#domain/account';
import { catalogueImport } from '#domain/import';
import { type InstallationEvent, installation, pathTo, type RecordedGrant } from '#domain/installation';
import { type Actor, conflict, fold, type Instant, impossible, notFound, requireRole } from '#domain/kernel';
import { share } from '#domain/share';
import type { EventReader, RecordedEvent } from '#event-store';
import {
  type Hash,
  inclusionProof,
  leafOf,
  openCheckpoint,
  openNote,
  parseVerifierKey,
  type ReadNodes,
} from '#evidence';
import { knownKeys, nodesIn, SEAL, sealedPlaces } from '#seal';
import type { ViewReader } from '#view-store';
import { streamName } from '../core/aggregates.ts';
import { pagesOf } from '../core/stream-pages.ts';
import { STORED_EVENTS, VIEWS } from '../ports.ts';
import {
  type StatedAccess,
  type StatedAuthorisation,
  type StatedGrant,
  type StatedName,
  wordsOf,
} from './evidence-words.ts';
import { lastCheckpoint } from './seal.ts';
import { ViewQuery } from './view-query.ts';

/** The limits of the events in one answer: their number, and the length of their leaves. */
const MAX_EVENTS = 5_000;
const MAX_CHARACTERS = 8 * 1024 * 1024;

/** How many events are proven before other work gets its turn. */
const PROOF_BATCH = 50;

const FORMAT = 'tessera-evidence/1';

/** Whether, when and by whose decision an account had access to an installation. */
export interface EvidenceStatement {
  /** The same in words. */
  readonly words: string;
  readonly account: StatedName;
  readonly installation: string;
  /** Of the last event of the installation that it rests on; later events are not covered. */
  readonly revision: number;
  /** When that happened. */
  readonly at: Instant;
  /** Every period of access, one along each path; none where the account never had access. */
  readonly access: readonly StatedAccess[];
}

/** An event, with the proof that it is in the sealed log. */
export interface ProvenEvent {
  readonly index: number;
  /** The event as it is hashed. */
  readonly leaf: string;
  /** Hashes in base64, from below. */
  readonly proof: readonly string[];
}

/** A statement with everything that is needed to verify it. */
export interface EvidencePack {
  readonly format: typeof FORMAT;
  readonly statement: EvidenceStatement;
  /** Every event of the installation; then what authorised its grants, and who is named, in the order of the statement. */
  readonly events: readonly ProvenEvent[];
  /** The signed checkpoint of the proofs. */
  readonly checkpoint: string;
  /** The keys that it is signed with. */
  readonly keys: readonly string[];
}

/** Whether an account had access to an installation, as a file that proves it. For auditors. */
export class GetEvidence extends ViewQuery<EvidencePack> {
  readonly reads = [SEAL];

  constructor(
    caller: Actor,
    readonly installationId: string,
    readonly account: string,
  ) {
    super(caller);
  }
}

@QueryHandler(GetEvidence)
export class GetEvidenceHandler implements IQueryHandler<GetEvidence, EvidencePack> {
  constructor(
    @Inject(STORED_EVENTS) private readonly log: EventReader,
    @Inject(VIEWS) private readonly views: ViewReader,
  ) {}

  /**
   * @throws Refusal `role-not-allowed`: the caller is no auditor
   * @throws Refusal `not-found`: there is no such installation, or no such account
   * @throws Refusal `not-yet-sealed`: an event that it rests on is newer than the last checkpoint
   * @throws Refusal `too-much-evidence`: it rests on too many events for one answer
   */
  async execute({ caller, installationId, account }: GetEvidence): Promise<EvidencePack> {
    requireRole(caller, ['auditor']);
    const collected = new EvidenceEvents(this.log);
    const statement = await stated(collected, installationId, account);
    const { note } = await lastCheckpoint(this.views);
    const known = (await knownKeys(this.views)).map(({ id }) => parseVerifierKey(id));
    const { size } = openCheckpoint(note, known);
    return {
      format: FORMAT,
      statement,
      events: await this.proven(collected.leaves, size),
      checkpoint: note,
      keys: openNote(note, known).signedBy.map(({ text }) => text),
    };
  }

  private async proven(leaves: ReadonlyMap<string, string>, size: number): Promise<readonly ProvenEvent[]> {
    const read = withCache(nodesIn(this.views));
    const proven: ProvenEvent[] = [];
    const all = [...leaves];
    for (let from = 0; from < all.length; from += PROOF_BATCH) {
      const some = all.slice(from, from + PROOF_BATCH);
      const places = await this.views.getMany(
        sealedPlaces,
        some.map(([id]) => id),
      );
      for (const [at, [, leaf]] of some.entries()) {
        const index = places[at]?.index ?? size;
        if (index >= size) {
          throw conflict('not-yet-sealed', 'Some of what it rests on is newer than the last checkpoint.');
        }
        const hashes = await inclusionProof(index, size, read);
        proven.push({ index, leaf, proof: hashes.map((hash) => hash.toString('base64')) });
      }
      await nextTurn();
    }
    return proven;
  }
}

/** The events that a statement rests on, as they are sealed. */
class EvidenceEvents {
  /** By the ids of the events, in the order in which they were added. */
  readonly leaves = new Map<string, string>();
  #characters = 0;

  constructor(private readonly log: EventReader) {}

  /**
   * All events of a stream.
   * @throws Refusal `too-much-evidence`
   */
  async whole(stream: string): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const page of pagesOf(this.log, stream)) {
      for (const event of page) {
        this.add(event);
        events.push(event);
      }
    }
    return events;
  }

  /**
   * The first event of the type in the stream, where there is one.
   * @throws Refusal `too-much-evidence`
   */
  async first<Type extends TesseraEvent['type']>(
    type: Type,
    stream: string,
  ): Promise<RecordedEvent | undefined> {
    for await (const page of pagesOf(this.log, stream, 0, FIRST_EVENTS)) {
      const event = page.find((each) => changesState(each) && deserialise(each).type === type);
      if (event === undefined) continue;
      this.add(event);
      return event;
    }
    return undefined;
  }

  private add(event: RecordedEvent): void {
    if (this.leaves.has(event.id)) return;
    const leaf = leafOf(event);
    this.leaves.set(event.id, leaf);
    this.#characters += leaf.length;
    if (this.leaves.size > MAX_EVENTS || this.#characters > MAX_CHARACTERS) {
      throw impossible(
        'too-much-evidence',
        `It rests on more than ${MAX_EVENTS} events, or on more than 8 MiB of them.`,
      );
    }
  }
}

/** Registrations, approvals and starts of imports are among the first events; later ones may be large. */
const FIRST_EVENTS = 2;

/** @throws Refusal `not-found`, `too-much-evidence` */
async function stated(
  collected: EvidenceEvents,
  installationId: string,
  accountId: string,
): Promise<EvidenceStatement> {
  const history = await collected.whole(streamName(installation, installationId));
  const [registered] = history;
  const last = history.at(-1);
  const events = history
    .filter(changesState)
    .map((event) => deserialise(event) as unknown as InstallationEvent);
  const state = fold(installation, installation.initial, events);
  if (state.status === 'none' || registered === undefined || last === undefined)
    throw notFound('installation');

  const { tree } = state;
  const authorised = async (event: RecordedEvent): Promise<StatedAuthorisation> => {
    const { at, commandId, actor } = deserialise(event).metadata;
    const { account: of, user, role, service } = actor;
    return {
      account: await named(collected, of),
      ...(!isSealed(user) && { user }),
      role,
      ...(service && { service }),
      at,
      command: commandId,
    };
  };
  const step = async (grant: RecordedGrant): Promise<StatedGrant> => ({
    grantId: grant.grantId,
    shareId: grant.shareId,
    type: grant.accessType,
    giver: await named(collected, grant.giver),
    holder: await named(collected, grant.holder),
    from: grant.grantedAt,
    ...ending(grant),
    authorisedBy: await authorised(
      await needed(collected, 'ShareApproved', streamName(share, grant.shareId)),
    ),
  });

  const who = await named(collected, accountId);
  const access: StatedAccess[] = [];
  if (tree.root === accountId) {
    const { at, actor, $correlationId } = deserialise(registered).metadata;
    // Where a process registered it from a file, the person who started that import decided.
    const decided =
      actor.role === 'system'
        ? await needed(collected, 'CatalogueImportStarted', streamName(catalogueImport, $correlationId))
        : registered;
    access.push({ type: 'root', from: at, grants: [], authorisedBy: await authorised(decided) });
  }
  for (const grant of tree.grants.filter(({ holder }) => holder === accountId)) {
    const grants: StatedGrant[] = [];
    for (const each of pathTo(tree, grant)) grants.push(await step(each));
    access.push({ type: grant.accessType, from: grant.grantedAt, ...ending(grant), grants });
  }
  if (who.name === undefined && access.length === 0) throw notFound('account');

  const { at } = deserialise(last).metadata;
  const facts = { account: who, installation: installationId, revision: last.revision, at, access };
  return { words: wordsOf(facts), ...facts };
}

/** The account with the name that it was registered with. An empty id is an operator, who acts for no account. */
async function named(collected: EvidenceEvents, id: string): Promise<StatedName> {
  if (id === '') return { id };
  const registered = await collected.first('AccountRegistered', streamName(account, id));
  if (registered === undefined) return { id };
  return { id, name: (deserialise(registered).data as { name: string }).name };
}

/** @throws Error there is none: the log is not consistent */
async function needed(
  collected: EvidenceEvents,
  type: TesseraEvent['type'],
  stream: string,
): Promise<RecordedEvent> {
  const event = await collected.first(type, stream);
  if (event === undefined) throw new Error(`${stream} has no ${type}.`);
  return event;
}

function ending({ withdrawal }: RecordedGrant): { readonly until?: Instant } {
  return withdrawal === undefined ? {} : { until: withdrawal.withdrawnAt };
}

/** Proofs of events that are near each other have most of their hashes in common. */
function withCache(read: ReadNodes): ReadNodes {
  const kept = new Map<string, Hash>();
  const nameOf = ({ level, index }: Parameters<ReadNodes>[0][number]) => `${level}/${index}`;
  return async (wanted) => {
    const missing = wanted.filter((node) => !kept.has(nameOf(node)));
    for (const [at, hash] of (await read(missing)).entries()) kept.set(nameOf(missing[at]!), hash);
    return wanted.map((node) => kept.get(nameOf(node)) as Hash);
  };
}
