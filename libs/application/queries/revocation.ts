import { setImmediate as nextTurn } from 'node:timers/promises';
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
import type { Actor, Instant } from '#domain/kernel';
import {
  type RetainedItem,
  type RevocationOutcome,
  requireAllowed,
  requireApproved,
  requireItems,
  requirePossible,
  revocationOutcomes,
  type ShareEvent,
  type ShareState,
  share,
  shareCommands,
  wasApproved,
} from '#domain/share';
import type { EventReader, Position } from '#event-store';
import { counterparties, known } from '#projections/accounts';
import {
  givenOn,
  installationsProjection,
  installations as installationViews,
} from '#projections/installations';
import { sharesProjection } from '#projections/shares';
import type { ViewReader } from '#view-store';
import { Aggregates, streamName } from '../core/aggregates.ts';
import type { Clock } from '../core/clock.ts';
import type { StreamReader } from '../core/rehearsal.ts';
import { forEachInTurns } from '../core/turns.ts';
import { CLOCK, EVENT_STORE, VIEWS } from '../ports.ts';
import { readHistory } from './history.ts';
import { inShareContext } from './share-context.ts';
import { ViewQuery } from './view-query.ts';

const WAIT_MS = 2_000;
/** How many installations are examined before other work gets its turn. */
const PAGE = 200;

/** An account further down, and the access that it loses with what is revoked (R-V4). */
export interface DownstreamLoss {
  readonly account: string;
  readonly name: string;
  readonly share: string;
  /** The account that gave it on: the one that loses what is revoked, or another that loses with it. */
  readonly giver: string;
  readonly installations: readonly string[];
  /** Those of them it keeps access to along another path (R-V4). */
  readonly keeping: readonly string[];
}

/** The effects of a revocation: on the share itself, and on everyone further down (R-V3, R-V6). */
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

/** What a revocation did, by its own events: always the same answer. */
export class GetRevocation extends ViewQuery<RevocationView> {
  readonly reads = [sharesProjection.name, installationsProjection.name];

  constructor(
    caller: Actor,
    readonly shareId: string,
    readonly commandId: string,
    readonly installations: readonly string[] | undefined,
    /** The log that has the command's events. */
    readonly log?: StreamReader,
  ) {
    super(caller);
  }
}

@QueryHandler(PreviewRevocation)
export class PreviewRevocationHandler implements IQueryHandler<PreviewRevocation, RevocationView> {
  private readonly revocation: Revocation;

  constructor(
    private readonly aggregates: Aggregates,
    @Inject(VIEWS) views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.revocation = new Revocation(aggregates, views);
  }

  /** @throws Refusal as revoking would, except for windows that have closed: those are retained, and say so */
  async execute({ caller, shareId, installations }: PreviewRevocation): Promise<RevocationView> {
    const acting = { actor: caller, now: this.clock.now() };
    const { state, position } = await this.aggregates.refresh(share, shareId);
    return inShareContext(state, acting, async () => {
      const found = requireAllowed(shareCommands.RevokeShare, acting, state);
      const given = requireApproved(
        wasApproved(found) ? found : requirePossible(shareCommands.RevokeShare, acting, found),
      );
      requireItems(installations ?? [], given.contents.items);
      return this.revocation.of(given, installations, acting.now, position as Position);
    });
  }
}

@QueryHandler(GetRevocation)
export class GetRevocationHandler implements IQueryHandler<GetRevocation, RevocationView> {
  private readonly revocation: Revocation;

  constructor(
    aggregates: Aggregates,
    @Inject(VIEWS) views: ViewReader,
    @Inject(EVENT_STORE) private readonly log: EventReader,
  ) {
    this.revocation = new Revocation(aggregates, views);
  }

  /** Empty for a command that changed nothing, or was another account's. */
  async execute(query: GetRevocation): Promise<RevocationView> {
    const { caller, shareId, commandId, installations, log = this.log } = query;
    let before: ShareState = share.initial;
    for await (const event of readHistory<ShareEvent>(log, streamName(share, shareId))) {
      const { metadata, position } = event;
      if (metadata.commandId === commandId && metadata.actor.account === caller.account) {
        return this.revocation.of(before, installations, metadata.at, position);
      }
      before = share.evolve(before, event);
    }
    return { withdrawn: [], retained: [], downstream: [] };
  }
}

/** Finds the effects of a revocation, yielding in between: a share may have any number of installations. */
class Revocation {
  constructor(
    private readonly aggregates: Aggregates,
    private readonly views: ViewReader,
  ) {}

  /**
   * @param state the share before it is revoked
   * @param position the effects further down reflect the log up to it
   */
  async of(
    state: ShareState,
    installations: readonly string[] | undefined,
    now: Instant,
    position: Position,
  ): Promise<RevocationView> {
    const withdrawn: string[] = [];
    const retained: RetainedItem[] = [];
    // Offered items cannot have been given on.
    const placed = new Set<string>();
    await forEachInTurns(revocationOutcomes(state, installations, now), (item) => {
      if (typeof item !== 'string') {
        retained.push(item);
        return;
      }
      withdrawn.push(item);
      if (wasApproved(state) && state.contents.items.get(item)?.status !== 'offered') placed.add(item);
    });
    if (!wasApproved(state)) return { withdrawn, retained, downstream: [] };
    const { shareId } = state.summary;
    const losses = new Losses(shareId);
    for await (const [installationId, tree] of this.treesBelow(shareId, placed, position)) {
      losses.add(installationId, tree);
    }
    return { withdrawn, retained, downstream: await this.named(losses.all) };
  }

  private async named(losses: readonly Loss[]): Promise<readonly DownstreamLoss[]> {
    const names = await counterparties(
      this.views,
      losses.map(({ account }) => account),
    );
    return losses.map(({ account, ...loss }) => ({ account, name: known(names, account).name, ...loss }));
  }

  /** The grant trees of installations that were given on: from the view once it is new enough, else from the log. */
  private async *treesBelow(
    shareId: string,
    placed: ReadonlySet<string>,
    position: Position,
  ): AsyncGenerator<[installationId: string, tree: GrantTree]> {
    if (!(await this.views.waitFor(installationsProjection.name, position, WAIT_MS))) {
      for (const id of placed) {
        const state = await this.aggregates.state(installation, id);
        if (state.status === 'registered') yield [id, state.tree];
      }
      return;
    }
    let after: string | undefined;
    do {
      const query = { index: 'by-share', prefix: [shareId], after, limit: PAGE };
      const page = await this.views.find(givenOn, query);
      const ids = page.items.map(({ installationId }) => installationId).filter((id) => placed.has(id));
      for (const document of await this.views.getMany(installationViews, ids)) {
        if (document) yield [document.id, document.installation.tree];
      }
      after = page.next;
      await nextTurn();
    } while (after !== undefined);
  }
}

type Loss = Omit<DownstreamLoss, 'name'> & { readonly installations: string[]; readonly keeping: string[] };

/** The grants that end, or have ended, with those of a share, by account and by the share they came from. */
class Losses {
  private readonly losses = new Map<string, Loss>();

  constructor(private readonly shareId: string) {}

  get all(): Loss[] {
    return [...this.losses.values()];
  }

  add(installationId: string, tree: GrantTree): void {
    const ending = new Set(endingWith(tree, this.shareId));
    for (const { holder, shareId: share, giver } of ending) {
      const key = `${holder} ${share}`;
      const loss = this.losses.get(key) ?? { account: holder, share, giver, installations: [], keeping: [] };
      this.losses.set(key, loss);
      loss.installations.push(installationId);
      const keeps = liveGrants(tree, holder).some((grant) => !ending.has(grant));
      if (keeps) loss.keeping.push(installationId);
    }
  }
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
