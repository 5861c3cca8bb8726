import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { CommandData } from '#contracts/commands';
import {
  earliest,
  endOf,
  installation,
  placementOf,
  type RegisteredInstallation,
  strongestGrant,
} from '#domain/installation';
import { type Actor, type Instant, Refusal } from '#domain/kernel';
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
  type ShareTerms,
  share,
  shareCommands,
} from '#domain/share';
import { accountsProjection, type Counterparty, counterparties, known } from '#projections/accounts';
import { buildings, catalogueProjection, customers, locations } from '#projections/catalogue';
import { installationsProjection, installations as installationViews } from '#projections/installations';
import { sharesProjection } from '#projections/shares';
import type { ViewReader } from '#view-store';
import { type ApprovalSources, approvalFacts } from '../approval.ts';
import { Aggregates } from '../core/aggregates.ts';
import type { Clock } from '../core/clock.ts';
import type { Selections, States } from '../core/selections.ts';
import { CLOCK, REVOCATION_WINDOW, SELECTIONS, VIEWS } from '../ports.ts';
import { approvalOf } from '../public-commands.ts';
import { offsetOf, offsetToken } from './paging.ts';
import { inShareContext } from './share-context.ts';
import { type PageRequest, ViewQuery } from './view-query.ts';

/** An installation as it would be packed. */
export type PreviewedInstallation = Pick<
  PackageItem,
  'installationId' | 'token' | 'reference' | 'customerReference' | 'properties'
> & {
  /** When the provider's own access ends: what it gives on ends then at the latest (R-E1, R-V4). */
  readonly atMostUntil?: Instant;
};

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
  /** The account that would gain access. */
  readonly receiver: Counterparty;
  readonly counts: {
    readonly customers: number;
    readonly locations: number;
    readonly buildings: number;
    readonly installations: number;
    readonly leftOut: number;
  };
  /** On how many of them the provider's own access has an end, and the first of these (R-E1, R-V4). */
  readonly atMostUntil?: { readonly installations: number; readonly first: Instant };
  /** This page's part of the provider's own tree, also what the level does not let be copied. */
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

  /** @param asked the data of an approval */
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
  private readonly sources: ApprovalSources;

  constructor(
    private readonly aggregates: Aggregates,
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(SELECTIONS) selections: Selections,
    @Inject(REVOCATION_WINDOW) window: RevocationWindow,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.sources = { aggregates, selections, window };
  }

  /** @throws Refusal as approving would, except for what the selection comes to: that is in the answer */
  async execute({ caller, asked, page }: PreviewApproval): Promise<ApprovalPreview> {
    const data = approvalOf(asked);
    const command: ApproveShare = {
      id: data.shareId,
      type: 'ApproveShare',
      data,
      actor: caller,
      now: this.clock.now(),
    };
    const state = await this.aggregates.state(share, data.shareId);
    return inShareContext(state, command, () => this.preview(command, state, page));
  }

  private async preview(
    command: ApproveShare,
    state: ShareState,
    page: PageRequest,
  ): Promise<ApprovalPreview> {
    const { account } = command.actor;
    const { summary } = requirePossible(shareCommands.ApproveShare, command, state);
    const from = offsetOf(page.pageToken);
    const previewed = new Previewed(account, from, from + page.pageSize);
    const facts = await approvalFacts(command, summary, this.sources, await this.viewedStates(), (found) => {
      previewed.add(found);
      return true;
    });
    const names = await counterparties(this.views, [summary.requester]);
    return {
      receiver: known(names, summary.requester),
      counts: { ...previewed.counts, leftOut: facts.leftOut.length },
      atMostUntil: previewed.atMostUntil,
      customers: await this.tree(previewed.page, account),
      leftOut: facts.leftOut,
      ...judge(command, state, facts),
      nextPageToken: previewed.to < facts.shareable ? offsetToken(previewed.to) : undefined,
    };
  }

  /** The states in the view, once it is as new as the log. */
  private async viewedStates(): Promise<States> {
    await this.sources.selections.upToDate();
    return async (ids) => {
      const documents = await this.views.getMany(installationViews, ids);
      return documents.map((document) => document?.installation ?? installation.initial);
    };
  }

  private async tree(
    page: readonly RegisteredInstallation[],
    provider: string,
  ): Promise<PreviewedCustomer[]> {
    const places = page.map((installation) => placementOf(installation, provider).placement);
    const [ofCustomers, ofLocations, ofBuildings] = await Promise.all([
      this.views.getMany(customers, unique(places.map(({ customerId }) => customerId))),
      this.views.getMany(locations, unique(places.map(({ locationId }) => locationId))),
      this.views.getMany(buildings, unique(places.map(({ buildingId }) => buildingId))),
    ]);
    const at = Map.groupBy(page, (installation) => {
      const { locationId, buildingId } = placementOf(installation, provider).placement;
      return buildingId ?? locationId;
    });
    const installationsAt = (place: string) => (at.get(place) ?? []).map((found) => shown(found, provider));
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
          const here = ofBuildings.filter((building) => building?.locationId === id);
          return {
            id,
            ...location.details,
            buildings: here.flatMap((building) =>
              building === undefined
                ? []
                : { id: building.id, ...building.details, installations: installationsAt(building.id) },
            ),
            installations: installationsAt(id),
          };
        }),
      };
    });
  }
}

/** What would be shared: counts of all of it, and one page of it in full. */
class Previewed {
  readonly page: RegisteredInstallation[] = [];
  private readonly places = {
    customers: new Set<string>(),
    locations: new Set<string>(),
    buildings: new Set<string>(),
  };
  private installations = 0;
  /** When the provider's own access to some of it ends. */
  private readonly ends: Instant[] = [];

  /** @param to the first after the page that begins with `from` */
  constructor(
    private readonly provider: string,
    private readonly from: number,
    readonly to: number,
  ) {}

  add(installation: RegisteredInstallation): void {
    const { customerId, locationId, buildingId } = placementOf(installation, this.provider).placement;
    this.places.customers.add(customerId);
    this.places.locations.add(locationId);
    if (buildingId !== undefined) this.places.buildings.add(buildingId);
    if (this.installations >= this.from && this.installations < this.to) this.page.push(installation);
    this.installations += 1;
    const end = ownEnd(installation, this.provider);
    if (end !== undefined) this.ends.push(end);
  }

  get atMostUntil(): ApprovalPreview['atMostUntil'] {
    const first = earliest(this.ends);
    return first === undefined ? undefined : { installations: this.ends.length, first };
  }

  get counts(): Omit<ApprovalPreview['counts'], 'leftOut'> {
    const { customers, locations, buildings } = this.places;
    return {
      customers: customers.size,
      locations: locations.size,
      buildings: buildings.size,
      installations: this.installations,
    };
  }
}

/** The decision for the installations of the selection; nothing is recorded. */
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

function shown(installation: RegisteredInstallation, provider: string): PreviewedInstallation {
  const { installationId, token, properties } = installation;
  const { reference, customerReference } = placementOf(installation, provider).placement;
  const { notes: _, components: __, ...listed } = properties;
  const atMostUntil = ownEnd(installation, provider);
  return { installationId, token, reference, customerReference, properties: listed, atMostUntil };
}

function ownEnd({ tree }: RegisteredInstallation, provider: string): Instant | undefined {
  const grant = strongestGrant(tree, provider);
  return grant && endOf(tree, grant);
}

function unique(ids: readonly (string | undefined)[]): string[] {
  return [...new Set(ids)].filter((id) => id !== undefined);
}
