import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  type GrantTree,
  installation,
  isLive,
  liveGrants,
  type RecordedGrant,
  withdrawnWith,
} from '#domain/installation';
import type { Actor } from '#domain/kernel';
import {
  isGiven,
  type RevocationOutcome,
  refusalsFor,
  requireGiven,
  requireItems,
  requirePossible,
  requireSide,
  revocationOutcome,
  type ShareEvent,
  type ShareState,
  share,
  shareCommands,
} from '#domain/share';
import type { EventReader, Position } from '#event-store';
import { installationsProjection, installations as installationViews } from '#projections/installations';
import { sharesProjection } from '#projections/shares';
import type { ViewReader } from '#view-store';
import { Aggregates, streamName } from '../core/aggregates.ts';
import type { Clock } from '../core/clock.ts';
import { CLOCK, EVENT_STORE, VIEWS } from '../ports.ts';
import { readHistory } from './history.ts';
import { ViewQuery } from './view-query.ts';

const WAIT_MS = 2_000;
const PAGE = 500;

/** An account that was given access on from what is revoked, and loses with it what came by that share (R-V4). */
export interface DownstreamLoss {
  readonly account: string;
  readonly share: string;
  readonly installations: readonly string[];
  /** Those of them it keeps access to along another path (R-V4). */
  readonly keeping: readonly string[];
}

/** What revoking comes to: for the share itself, and for everyone further down (R-V3, R-V6). */
export interface RevocationView extends RevocationOutcome {
  readonly downstream: readonly DownstreamLoss[];
}

/** What revoking would do now, without doing it. */
export class PreviewRevocation extends ViewQuery<RevocationView> {
  readonly reads = [sharesProjection.name, installationsProjection.name];

  constructor(
    caller: Actor,
    readonly shareId: string,
    /** All of them by default. */
    readonly installations: readonly string[] | undefined,
  ) {
    super(caller);
  }
}

/** What a revocation did, as its own events tell: the same answer however often it is asked. */
export class GetRevocation extends ViewQuery<RevocationView> {
  readonly reads = [sharesProjection.name, installationsProjection.name];

  constructor(
    caller: Actor,
    readonly shareId: string,
    readonly commandId: string,
    readonly installations: readonly string[] | undefined,
  ) {
    super(caller);
  }
}

@QueryHandler(PreviewRevocation)
export class PreviewRevocationHandler implements IQueryHandler<PreviewRevocation, RevocationView> {
  constructor(
    private readonly aggregates: Aggregates,
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal as revoking would, except for windows that have closed: those are retained, and say so */
  async execute({ caller, shareId, installations }: PreviewRevocation): Promise<RevocationView> {
    const acting = { actor: caller, now: this.clock.now() };
    const { state, position } = await this.aggregates.refresh(share, shareId);
    const asked = requireSide(shareCommands.RevokeShare, acting, state);
    const given = requireGiven(
      isGiven(asked) ? asked : requirePossible(shareCommands.RevokeShare, acting, asked),
    );
    requireItems(installations ?? [], given.contents.items, refusalsFor(acting, given));

    const outcome = revocationOutcome(given, installations, acting.now);
    const taken = takenOver(given, outcome.withdrawn);
    const trees = await treesOf(this.views, this.aggregates, taken, position as Position);
    return { ...outcome, downstream: downstreamOf(shareId, trees) };
  }
}

@QueryHandler(GetRevocation)
export class GetRevocationHandler implements IQueryHandler<GetRevocation, RevocationView> {
  constructor(
    private readonly aggregates: Aggregates,
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(EVENT_STORE) private readonly log: EventReader,
  ) {}

  /** Nothing at all for a command that changed nothing, or was another account's. */
  async execute({ caller, shareId, commandId, installations }: GetRevocation): Promise<RevocationView> {
    let before: ShareState = share.initial;
    for await (const event of readHistory<ShareEvent>(this.log, streamName(share, shareId))) {
      const { metadata, position } = event;
      if (metadata.commandId === commandId && metadata.actor.account === caller.account) {
        const outcome = revocationOutcome(before, installations, metadata.at);
        const taken = takenOver(before, outcome.withdrawn);
        const trees = await treesOf(this.views, this.aggregates, taken, position);
        return { ...outcome, downstream: downstreamOf(shareId, trees) };
      }
      before = share.evolve(before, event);
    }
    return { withdrawn: [], retained: [], downstream: [] };
  }
}

/** Those that were not merely on offer: only of these anything can have been given on. */
function takenOver(state: ShareState, installationIds: readonly string[]): readonly string[] {
  if (!isGiven(state)) return [];
  return installationIds.filter((id) => state.contents.items.get(id)?.status !== 'offered');
}

/** Who was given what on each installation, from the view once it has passed `position`, else from the log. */
async function treesOf(
  views: ViewReader,
  aggregates: Aggregates,
  installationIds: readonly string[],
  position: Position,
): Promise<ReadonlyMap<string, GrantTree>> {
  const trees = new Map<string, GrantTree>();
  if (await views.waitFor(installationsProjection.name, position, WAIT_MS)) {
    for (let start = 0; start < installationIds.length; start += PAGE) {
      const page = await views.getMany(installationViews, installationIds.slice(start, start + PAGE));
      for (const document of page) if (document) trees.set(document.id, document.installation.tree);
    }
    return trees;
  }
  for (const id of installationIds) {
    const state = await aggregates.state(installation, id);
    if (state.status === 'registered') trees.set(id, state.tree);
  }
  return trees;
}

type Loss = DownstreamLoss & { readonly installations: string[]; readonly keeping: string[] };

/** Every grant that ends, or has ended, with those of the share: by account, and by the share it came from. */
function downstreamOf(shareId: string, trees: ReadonlyMap<string, GrantTree>): DownstreamLoss[] {
  const losses = new Map<string, Loss>();
  for (const [installationId, tree] of trees) {
    const ending = new Set(endingWith(tree, shareId));
    for (const { holder, shareId: from } of ending) {
      const key = `${holder} ${from}`;
      const loss = losses.get(key) ?? { account: holder, share: from, installations: [], keeping: [] };
      losses.set(key, loss);
      loss.installations.push(installationId);
      const keeps = liveGrants(tree, holder).some((grant) => !ending.has(grant));
      if (keeps) loss.keeping.push(installationId);
    }
  }
  return [...losses.values()];
}

/** The grants given on from the share's, that end by its revocation whether or not it has reached them yet. */
function endingWith(tree: GrantTree, shareId: string): readonly RecordedGrant[] {
  const tops = tree.grants.filter((grant) => grant.shareId === shareId).map(({ grantId }) => grantId);
  const live = withdrawnWith(tree, tops);
  const ended = tree.grants.filter(
    (grant) => !isLive(grant) && grant.withdrawal?.cause.kind === 'cascade' && tops.includes(causeOf(grant)),
  );
  return [...live, ...ended].filter((grant) => grant.shareId !== shareId);
}

function causeOf({ withdrawal }: RecordedGrant): string {
  return withdrawal?.cause.grantId ?? '';
}
