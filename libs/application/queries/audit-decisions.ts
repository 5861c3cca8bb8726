// Who decided that access began and ended. Read from the log, because views name no persons.
import { actorFor, deserialise, type Recorded } from '#contracts';
import { catalogueImport } from '#domain/import';
import { endedAsAgreed, installation, type RecordedGrant } from '#domain/installation';
import type { Instant, Role } from '#domain/kernel';
import { type ShareEvent, share } from '#domain/share';
import type { EventReader, Revision } from '#event-store';
import { type AccessInterval, type AccessTree, accessDecisions } from '#projections/access';
import { type Counterparty, known } from '#projections/accounts';
import type { ViewReader } from '#view-store';
import { streamName } from '../core/aggregates.ts';
import type { Auditing } from './audit-subjects.ts';
import { readHistory } from './history.ts';

/** A share's events up to its approval; later ones may be large. */
const UP_TO_APPROVAL = 2;

/** The person that decided: registered the installation, approved a share of it, or ended access to it. */
export interface Authorisation {
  readonly account: Counterparty;
  /** For members of that account, and for auditors. */
  readonly user?: string;
  readonly role: Role;
  /** The internal service that acted for them; only together with the person. */
  readonly service?: string;
  readonly at: Instant;
  readonly command: string;
}

export function authorisation(
  event: Recorded,
  names: ReadonlyMap<string, Counterparty>,
  viewer: Auditing,
): Authorisation {
  const { account, ...actor } = actorFor(event, viewer);
  const { at, commandId } = event.metadata;
  return { account: known(names, account), ...actor, at, command: commandId };
}

/** The events by which intervals began and ended; each is read once. */
export class Decisions {
  readonly #read = new Map<string, Promise<Recorded | undefined>>();

  constructor(
    private readonly log: EventReader,
    private readonly views: ViewReader,
  ) {}

  /** The registration itself; or the start of the import, where a process registered it from a file. */
  registration(installationId: string): Promise<Recorded | undefined> {
    return this.#once(`registration of ${installationId}`, async () => {
      const registered = await this.#at(streamName(installation, installationId), 0);
      if (registered?.metadata.actor.role !== 'system') return registered;
      const stream = streamName(catalogueImport, registered.metadata.$correlationId);
      return (await this.#at(stream, 0)) ?? registered;
    });
  }

  /** The approval of the share that a grant came from. */
  approval({ shareId }: Pick<RecordedGrant, 'shareId'>): Promise<Recorded | undefined> {
    return this.#once(`approval of ${shareId}`, async () => {
      for await (const event of readHistory<ShareEvent>(
        this.log,
        streamName(share, shareId),
        UP_TO_APPROVAL,
      )) {
        if (event.type === 'ShareApproved') return event as Recorded;
      }
      return undefined;
    });
  }

  /** The event by which an interval ended; for an agreed end, the approval (R-E1). */
  end({ id, ends, tree }: AccessTree, { grant }: AccessInterval): Promise<Recorded | undefined> {
    if (grant?.withdrawal !== undefined && endedAsAgreed(tree, grant)) {
      return this.approval(grant.withdrawal.cause);
    }
    const decision = grant && ends[grant.grantId];
    if (decision === undefined) return Promise.resolve(undefined);
    if ('revision' in decision) {
      const stream = streamName(installation, id);
      return this.#once(`${decision.revision} of ${stream}`, () => this.#at(stream, decision.revision));
    }
    return this.#once(`end by ${decision.correlation}`, async () => {
      const found = await this.views.get(accessDecisions, decision.correlation);
      return found && this.#at(found.stream, found.revision);
    });
  }

  async #at(stream: string, revision: number): Promise<Recorded | undefined> {
    const [event] = await this.log.readStream(stream, { from: revision as Revision, limit: 1 });
    return event && (deserialise(event) as Recorded);
  }

  #once(name: string, read: () => Promise<Recorded | undefined>): Promise<Recorded | undefined> {
    const reading = this.#read.get(name) ?? read();
    this.#read.set(name, reading);
    return reading;
  }
}
