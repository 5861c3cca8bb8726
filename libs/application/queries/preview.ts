import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { CommandData } from '#contracts/commands';
import { account } from '#domain/account';
import { connection } from '#domain/connection';
import { leftOutReason, placementOf, type RegisteredInstallation } from '#domain/installation';
import { type Actor, Refusal } from '#domain/kernel';
import {
  type ApprovalFacts,
  type ApproveShare,
  type LeftOut,
  type PackagedBuilding,
  type PackagedCustomer,
  type PackagedLocation,
  type PackageItem,
  type RevocationWindow,
  requirePossible,
  type ShareState,
  type ShareSummary,
  type ShareTerms,
  share,
  shareCommands,
  type TransferLevel,
} from '#domain/share';
import { accountsProjection } from '#projections/accounts';
import { buildings, catalogueProjection, customers, locations } from '#projections/catalogue';
import { installationsProjection, installations as installationViews } from '#projections/installations';
import { sharesProjection } from '#projections/shares';
import type { ViewReader } from '#view-store';
import { Aggregates } from '../core/aggregates.ts';
import type { Clock } from '../core/clock.ts';
import { CLOCK, REVOCATION_WINDOW, SELECTIONS, type Selections, VIEWS } from '../ports.ts';
import { accessTypeOf } from '../public-commands.ts';
import { selectionNotFound } from '../selection.ts';
import { type Counterparty, counterparties, known } from './directory.ts';
import { offsetOf, offsetToken } from './paging.ts';
import { type PageRequest, ViewQuery } from './view-query.ts';

/** An installation as it would be packed. */
export type PreviewedInstallation = Pick<
  PackageItem,
  'installationId' | 'token' | 'reference' | 'customerReference' | 'properties'
>;

export interface PreviewedBuilding extends PackagedBuilding {
  readonly installations: readonly PreviewedInstallation[];
}

export interface PreviewedLocation extends PackagedLocation {
  readonly buildings: readonly PreviewedBuilding[];
  /** In no named building. */
  readonly installations: readonly PreviewedInstallation[];
}

export interface PreviewedCustomer extends PackagedCustomer {
  readonly locations: readonly PreviewedLocation[];
}

/** What approving would share, and what it would leave out and why (R-S5, R-V6). Nothing of it is stored. */
export interface ApprovalPreview {
  /** Who would gain access. */
  readonly receiver: Counterparty;
  readonly counts: {
    readonly customers: number;
    readonly locations: number;
    readonly buildings: number;
    readonly installations: number;
    readonly leftOut: number;
  };
  /** This page's part of the provider's own tree, whatever the level lets be copied of it. */
  readonly customers: readonly PreviewedCustomer[];
  readonly leftOut: readonly LeftOut[];
  /** What would be stamped; absent where approving would be refused. */
  readonly terms?: ShareTerms;
  /** Why approving would be refused. */
  readonly refusal?: { readonly code: string; readonly detail: string };
  readonly nextPageToken?: string;
}

export class PreviewApproval extends ViewQuery<ApprovalPreview> {
  readonly reads = [
    sharesProjection.name,
    accountsProjection.name,
    catalogueProjection.name,
    installationsProjection.name,
  ];

  /** @param asked as an approval is */
  constructor(
    caller: Actor,
    readonly asked: CommandData<'ApproveShare'>,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(PreviewApproval)
export class PreviewApprovalHandler implements IQueryHandler<PreviewApproval, ApprovalPreview> {
  constructor(
    private readonly aggregates: Aggregates,
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(SELECTIONS) private readonly selections: Selections,
    @Inject(REVOCATION_WINDOW) private readonly window: RevocationWindow,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal as approving would, except for what the selection comes to: that is in the answer */
  async execute({ caller, asked, page }: PreviewApproval): Promise<ApprovalPreview> {
    const data = { ...asked, accessType: accessTypeOf(asked.accessType) };
    const command: ApproveShare = {
      id: data.shareId,
      type: 'ApproveShare',
      data,
      actor: caller,
      now: this.clock.now(),
    };
    const state = await this.aggregates.state(share, data.shareId);
    const { summary } = requirePossible(shareCommands.ApproveShare, command, state);
    await this.requireOwn(data.level, data.selection, caller.account);

    const resolved = await this.resolve(command, summary);
    const names = await counterparties(this.views, [summary.requester]);
    const from = offsetOf(page.pageToken);
    const shown = resolved.installations.slice(from, from + page.pageSize);
    const next = from + page.pageSize;
    return {
      receiver: known(names, summary.requester),
      counts: countsOf(resolved, caller.account),
      customers: await this.tree(shown, caller.account),
      leftOut: resolved.facts.leftOut,
      ...judge(command, state, resolved.facts),
      nextPageToken: next < resolved.installations.length ? offsetToken(next) : undefined,
    };
  }

  private async requireOwn(level: TransferLevel, selection: readonly string[], owner: string): Promise<void> {
    if (level === 'installation') return;
    const collection = level === 'customer' ? customers : locations;
    const found = await this.views.getMany<{ readonly id: string; readonly account: string }>(
      collection,
      selection,
    );
    const missing = found.flatMap((entry, index) => (entry?.account === owner ? [] : [index]));
    if (missing.length > 0) throw selectionNotFound(level, missing);
  }

  /** Everything below the selection, judged as the package's collection would judge it. */
  private async resolve(
    { actor, data }: ApproveShare,
    { requester, connectionId }: ShareSummary,
  ): Promise<Resolved> {
    const { level, selection, accessType } = data;
    const registered = await this.aggregates.state(account, requester);
    if (registered.status === 'none') throw new Error(`Account ${requester} of a share is not registered.`);
    const giving = {
      provider: actor.account,
      requester,
      requesterKind: registered.kind,
      accessType,
    };
    const shareable: RegisteredInstallation[] = [];
    const leftOut: LeftOut[] = [];
    let after: string | undefined;
    do {
      const page = await this.selections.candidates(actor.account, level, selection, after);
      const documents = await this.views.getMany(installationViews, page.installations);
      for (const [index, document] of documents.entries()) {
        const code = document ? leftOutReason(document.installation, giving) : 'not-yours';
        if (code !== undefined) leftOut.push({ installationId: page.installations[index] as string, code });
        else if (document) shareable.push(document.installation);
      }
      after = page.next;
    } while (after !== undefined);
    return {
      installations: shareable,
      facts: {
        connection: await this.aggregates.state(connection, connectionId),
        requesterKind: registered.kind,
        window: this.window,
        shareable: shareable.length,
        leftOut,
      },
    };
  }

  private async tree(
    shown: readonly RegisteredInstallation[],
    provider: string,
  ): Promise<PreviewedCustomer[]> {
    const places = shown.map((installation) => placementOf(installation, provider).placement);
    const [ofCustomers, ofLocations, ofBuildings] = await Promise.all([
      this.views.getMany(customers, unique(places.map(({ customerId }) => customerId))),
      this.views.getMany(locations, unique(places.map(({ locationId }) => locationId))),
      this.views.getMany(buildings, unique(places.map(({ buildingId }) => buildingId))),
    ]);
    const at = Map.groupBy(shown, (installation) => {
      const { locationId, buildingId } = placementOf(installation, provider).placement;
      return buildingId ?? locationId;
    });
    const standing = (place: string) => (at.get(place) ?? []).map((found) => previewed(found, provider));
    return ofCustomers.flatMap((customer) => {
      if (customer === undefined) return [];
      const { name, vatNumber, address } = customer.details;
      const its = ofLocations.filter((location) => location?.customerId === customer.id);
      return {
        id: customer.id,
        name,
        vatNumber,
        address,
        locations: its.flatMap((location) => {
          if (location === undefined) return [];
          const { id } = location;
          const stands = ofBuildings.filter((building) => building?.locationId === id);
          return {
            id,
            ...location.details,
            buildings: stands.flatMap((building) =>
              building === undefined
                ? []
                : { id: building.id, ...building.details, installations: standing(building.id) },
            ),
            installations: standing(id),
          };
        }),
      };
    });
  }
}

interface Resolved {
  /** Those that may be shared, in the order of the selection. */
  readonly installations: readonly RegisteredInstallation[];
  readonly facts: ApprovalFacts;
}

/** The decision itself, with what the selection comes to: nothing is recorded of it. */
function judge(
  command: ApproveShare,
  state: ShareState,
  facts: ApprovalFacts,
): Pick<ApprovalPreview, 'terms' | 'refusal'> {
  try {
    const [approved] = share.decide(command, state, facts);
    return approved?.type === 'ShareApproved' ? { terms: approved.data.terms } : {};
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'impossible') throw error;
    return { refusal: { code: error.code, detail: error.message } };
  }
}

function countsOf({ installations, facts }: Resolved, provider: string): ApprovalPreview['counts'] {
  const places = installations.map((installation) => placementOf(installation, provider).placement);
  return {
    customers: unique(places.map(({ customerId }) => customerId)).length,
    locations: unique(places.map(({ locationId }) => locationId)).length,
    buildings: unique(places.map(({ buildingId }) => buildingId)).length,
    installations: installations.length,
    leftOut: facts.leftOut.length,
  };
}

function previewed(installation: RegisteredInstallation, provider: string): PreviewedInstallation {
  const { installationId, token, properties } = installation;
  const { reference, customerReference } = placementOf(installation, provider).placement;
  const { notes: _, components: __, ...listed } = properties;
  return { installationId, token, reference, customerReference, properties: listed };
}

function unique(ids: readonly (string | undefined)[]): string[] {
  return [...new Set(ids)].filter((id) => id !== undefined);
}
