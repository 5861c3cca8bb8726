import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { actorFor, deserialise, type Recorded } from '#contracts';
import { catalogueImport } from '#domain/import';
import { type AccessType, accessOf, installation, isLive, knownTo, treeAt } from '#domain/installation';
import { type Actor, type Instant, notFound, type Role } from '#domain/kernel';
import { type ShareEvent, share } from '#domain/share';
import type { EventReader } from '#event-store';
import { type Counterparty, counterparties, known } from '#projections/accounts';
import {
  heldAccess,
  type InstallationDocument,
  installations,
  installationsProjection,
} from '#projections/installations';
import type { ViewReader } from '#view-store';
import { streamName } from '../core/aggregates.ts';
import type { Clock } from '../core/clock.ts';
import { CLOCK, EVENT_STORE, VIEWS } from '../ports.ts';
import { readHistory } from './history.ts';
import { ViewQuery } from './view-query.ts';

/** How long the view may take to come up with the log. */
const WAIT_MS = 2_000;

/** A share's events up to its approval: what follows may hold much. */
const UP_TO_APPROVAL = 2;

/** The person that gave access, by registering the installation or by approving a share of it. */
export interface Authorisation {
  readonly account: Counterparty;
  /** For members of that account, and for auditors. */
  readonly user?: string;
  readonly role: Role;
  /** The internal service that acted for them; for those who are told the person. */
  readonly service?: string;
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
  readonly reads = [installationsProjection.name];

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
    const auditor = caller.roles.includes('auditor');
    await this.views.waitFor(installationsProjection.name, await this.log.head(), WAIT_MS);
    const document = await this.views.get(installations, installationId);
    if (document === undefined) throw notFound('installation');
    const held = heldThen(document, auditor ? undefined : caller.account, at);
    if (held === undefined) throw notFound('installation');

    const authorised = await this.authorisations(held);
    const registration = await this.registration(installationId);
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
          authorisedBy: event && authorisation(event, names, auditor ? 'auditor' : caller),
        };
      }),
    };
  }

  /** The registration itself, or where a process registered it from a file, the start of that import. */
  private async registration(installationId: string): Promise<Recorded | undefined> {
    const stream = streamName(installation, installationId);
    const [first] = await this.log.readStream(stream, { limit: 1 });
    const registered = first && deserialise(first);
    if (registered === undefined) return undefined;
    const { actor, $correlationId } = registered.metadata;
    if (actor.role !== 'system') return registered;
    const imported = readHistory(this.log, streamName(catalogueImport, $correlationId), 1);
    for await (const started of imported) return started;
    return registered;
  }

  /** The approval of each share that access came from. */
  private async authorisations(held: readonly HeldThen[]): Promise<ReadonlyMap<string, Recorded>> {
    const approvals = new Map<string, Recorded>();
    for (const shareId of new Set(held.flatMap((access) => access.shareId ?? []))) {
      const stream = streamName(share, shareId);
      for await (const event of readHistory<ShareEvent>(this.log, stream, UP_TO_APPROVAL)) {
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
function heldThen(
  document: InstallationDocument,
  reader: string | undefined,
  at: Instant,
): HeldThen[] | undefined {
  const access = reader === undefined ? undefined : heldAccess(document, reader);
  if (reader !== undefined && access === undefined) return undefined;
  // A former holder knows nothing of what came after (R-V5).
  const moment = access?.kind === 'former' && access.endedAt < at ? access.endedAt : at;
  const { registeredAt } = document;
  if (registeredAt > moment) return [];
  const then = treeAt(document.installation.tree, moment);
  const tree = reader === undefined ? then : knownTo(then, reader);
  const hadAccess = reader === undefined || accessOf(tree, reader).kind !== 'none';
  const root: HeldThen = { account: tree.root, type: 'root', since: registeredAt };
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
  event: Recorded,
  names: ReadonlyMap<string, Counterparty>,
  viewer: Parameters<typeof actorFor>[1],
): Authorisation {
  const { account, ...actor } = actorFor(event, viewer);
  const { at, commandId } = event.metadata;
  return { account: known(names, account), ...actor, at, command: commandId };
}
