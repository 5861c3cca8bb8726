import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Recorded } from '#contracts';
import { catalogueImport } from '#domain/import';
import {
  type AccessType,
  accessOf,
  type InstallationEvent,
  type InstallationState,
  installation,
  isLive,
  knownTo,
  visibleTo,
} from '#domain/installation';
import { type Actor, fold, type Instant, notFound, type Role } from '#domain/kernel';
import { type ShareEvent, share } from '#domain/share';
import type { EventReader } from '#event-store';
import type { ViewReader } from '#view-store';
import { streamName } from '../core/aggregates.ts';
import type { Clock } from '../core/clock.ts';
import { CLOCK, EVENT_STORE, VIEWS } from '../ports.ts';
import { upTo } from './audit.ts';
import { type Counterparty, counterparties, known } from './directory.ts';
import { readHistory, wholeHistory } from './history.ts';
import { ViewQuery } from './view-query.ts';

/** The person that gave access, by registering the installation or by approving a share of it. */
export interface Authorisation {
  readonly account: Counterparty;
  /** For members of that account, and for auditors. */
  readonly user?: string;
  readonly role: Role;
  readonly at: Instant;
  readonly command: string;
}

/** That an account had access, since when, from whom and by whose decision. */
export interface AccessThen {
  readonly account: Counterparty;
  readonly type: 'root' | AccessType;
  readonly since: Instant;
  readonly via?: Counterparty;
  readonly shareId?: string;
  readonly grantId?: string;
  readonly authorisedBy?: Authorisation;
}

export interface AccessAudit {
  readonly installation: string;
  readonly at: Instant;
  readonly items: readonly AccessThen[];
}

/** Who had access to an installation at a moment, now by default, as far as the caller may know. */
export class AuditAccess extends ViewQuery<AccessAudit> {
  readonly reads = [];

  constructor(
    caller: Actor,
    readonly installationId: string,
    readonly at: Instant | undefined,
  ) {
    super(caller);
  }
}

@QueryHandler(AuditAccess)
export class AuditAccessHandler implements IQueryHandler<AuditAccess, AccessAudit> {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventReader,
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`: there is none, or the caller never had access to it and is no auditor */
  async execute({ caller, installationId, at = this.clock.now() }: AuditAccess): Promise<AccessAudit> {
    const stream = streamName(installation, installationId);
    const whole = await wholeHistory<InstallationEvent>(this.log, stream);
    const auditor = caller.roles.includes('auditor');
    const readable = auditor ? whole : visibleTo(whole, caller.account);
    if (readable.length === 0) throw notFound('installation');

    const held = heldThen(upTo(readable, at), auditor ? undefined : caller.account);
    const authorised = await this.authorisations(held);
    const registration = await this.registration(readable[0] as Recorded);
    const names = await counterparties(
      this.views,
      held.flatMap(({ account, via }) => [account, via ?? account]),
    );
    return {
      installation: installationId,
      at,
      items: held.map(({ account, via, ...access }) => {
        const event = access.shareId === undefined ? registration : authorised.get(access.shareId);
        return {
          account: known(names, account),
          ...access,
          via: via === undefined ? undefined : known(names, via),
          authorisedBy:
            event && authorisation(event, names, auditor || event.metadata.actor.account === caller.account),
        };
      }),
    };
  }

  /** The registration itself, or where a process registered it from a file, the start of that import. */
  private async registration(registered: Recorded): Promise<Recorded> {
    const { actor, $correlationId } = registered.metadata;
    if (actor.role !== 'system') return registered;
    const imported = readHistory(this.log, streamName(catalogueImport, $correlationId));
    for await (const started of imported) return started;
    return registered;
  }

  /** The approval of each share that access came from. */
  private async authorisations(held: readonly HeldThen[]): Promise<ReadonlyMap<string, Recorded>> {
    const approvals = new Map<string, Recorded>();
    for (const shareId of new Set(held.flatMap((access) => access.shareId ?? []))) {
      for await (const event of readHistory<ShareEvent>(this.log, streamName(share, shareId))) {
        if (event.type !== 'ShareApproved') continue;
        approvals.set(shareId, event);
        break;
      }
    }
    return approvals;
  }
}

interface HeldThen {
  readonly account: string;
  readonly type: 'root' | AccessType;
  readonly since: Instant;
  readonly via?: string;
  readonly shareId?: string;
  readonly grantId?: string;
}

/** Every access that was live, one along each path, as far as `reader` may know; auditors know all. */
function heldThen(history: readonly Recorded<InstallationEvent>[], reader: string | undefined): HeldThen[] {
  const state: InstallationState = fold(installation, installation.initial, history);
  const [registered] = history;
  if (state.status === 'none' || registered === undefined) return [];
  const tree = reader === undefined ? state.tree : knownTo(state.tree, reader);
  const hadAccess = reader === undefined || accessOf(state.tree, reader).kind !== 'none';
  const root: HeldThen = { account: tree.root, type: 'root', since: registered.metadata.at };
  const given = tree.grants.filter(isLive).map(
    ({ holder, giver, accessType, shareId, grantId, grantedAt }): HeldThen => ({
      account: holder,
      type: accessType,
      since: grantedAt,
      via: giver,
      shareId,
      grantId,
    }),
  );
  return hadAccess ? [root, ...given] : given;
}

function authorisation(
  { metadata: { actor, at, commandId } }: Recorded,
  names: ReadonlyMap<string, Counterparty>,
  mayKnow: boolean,
): Authorisation {
  const { account, user, role } = actor;
  return { account: known(names, account), ...(mayKnow && { user }), role, at, command: commandId };
}
