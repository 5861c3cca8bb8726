import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { AskedCustomerTarget, AskedInstallationTarget, AskedLocationTarget } from '#contracts/commands';
import type { Address } from '#domain/catalogue';
import type { Actor } from '#domain/kernel';
import {
  type ApprovedShare,
  amongRivals,
  type ConfirmedTargets,
  type CustomerOutcome,
  customerIdOf,
  LINKING_SCORE,
  locationIdOf,
  type Match,
  type MatchReason,
  type PackagedCustomer,
  type PackagedLocation,
  type PackageItem,
  requireApproved,
  requirePossible,
  type Score,
  share,
  shareCommands,
} from '#domain/share';
import { type CustomerDocument, catalogueProjection } from '#projections/catalogue';
import { type AccountInstallation, installationsProjection } from '#projections/installations';
import { packageItems, sharesProjection } from '#projections/shares';
import type { ViewReader } from '#view-store';
import { Aggregates } from '../core/aggregates.ts';
import type { Clock } from '../core/clock.ts';
import { CLOCK, VIEWS } from '../ports.ts';
import { Matching } from './matching.ts';
import { listPage } from './paging.ts';
import { Rivals } from './rivals.ts';
import { inShareContext } from './share-context.ts';
import { type PageRequest, ViewQuery } from './view-query.ts';

/** The proposal for one thing of the package, and its reason (R-P5). */
export interface Proposal<Target> {
  /** `placed`: a confirmed step has placed it, and nothing more is needed. */
  readonly action: 'link' | 'create' | 'placed';
  /** Of the match. */
  readonly score: Score;
  readonly reason: MatchReason | 'no-match' | 'confirmed-before';
  /** In the form that a step takes. Absent where the requester has to choose, and where nothing is needed. */
  readonly proposed?: Target;
  /** The best match in the requester's own catalogue, even where it is too unlikely to be proposed. */
  readonly match?: { readonly id: string; readonly name: string };
}

export interface PlannedCustomer extends Proposal<AskedCustomerTarget> {
  readonly source: string;
  readonly name: string;
  readonly vatNumber?: string;
  readonly address: Address;
}

export interface PlannedLocation extends Proposal<AskedLocationTarget> {
  readonly source: string;
  /** The package's customer it belongs to. */
  readonly customer?: string;
  readonly name: string;
  readonly address: Address;
}

export interface PlannedInstallation extends Proposal<AskedInstallationTarget> {
  readonly installationId: string;
  readonly reference: string;
  readonly customerReference?: string;
  readonly serialNumber?: string;
  readonly location?: string;
  readonly building?: string;
  /**
   * Where the match is another record of the same machine: the consequence of the proposal. The account then
   * keeps two records of one machine until one of them is archived. A step that names the match as what the
   * installation `replaces` has that one archived as soon as this one is placed.
   */
  readonly outcome?: 'two-records-of-one-machine';
}

/** A part of the plan: some installations on offer, with every customer and location they need. */
export interface ProcessingPlan {
  readonly customers: readonly PlannedCustomer[];
  readonly locations: readonly PlannedLocation[];
  readonly installations: readonly PlannedInstallation[];
  readonly nextPageToken?: string;
}

export class GetPlan extends ViewQuery<ProcessingPlan> {
  readonly reads = [sharesProjection.name, catalogueProjection.name, installationsProjection.name];

  constructor(
    caller: Actor,
    readonly shareId: string,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(GetPlan)
export class GetPlanHandler implements IQueryHandler<GetPlan, ProcessingPlan> {
  constructor(
    private readonly aggregates: Aggregates,
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal as processing would: not the requester, or nothing on offer */
  async execute({ caller, shareId, page }: GetPlan): Promise<ProcessingPlan> {
    const acting = { actor: caller, now: this.clock.now() };
    const state = await this.aggregates.state(share, shareId);
    return inShareContext(state, acting, async () => {
      const given = requireApproved(requirePossible(shareCommands.ProcessShare, acting, state));
      return this.plan(given, caller.account, page);
    });
  }

  private async plan(
    { summary: { shareId }, contents: { targets } }: ApprovedShare,
    requester: string,
    page: PageRequest,
  ): Promise<ProcessingPlan> {
    const query = { index: 'by-state', prefix: [shareId, 'offered'] };
    const found = await listPage(
      this.views,
      { collection: packageItems, query, keep: ({ state }) => state.kind === 'offered' },
      page,
    );
    const plan = new Plan(new Matching(this.views, requester), new Rivals(this.views, shareId), targets);
    for (const { item } of found.items) await plan.add(item);
    return { ...plan.result, nextPageToken: found.nextPageToken };
  }
}

/** Built from one installation after the other; what several of them need is proposed once. */
export class Plan {
  private readonly customers = new Map<string, PlannedCustomer>();
  private readonly locations = new Map<string, PlannedLocation>();
  private readonly installations: PlannedInstallation[] = [];

  constructor(
    private readonly matching: Matching,
    private readonly rivals: Rivals,
    private readonly confirmed: ConfirmedTargets,
  ) {}

  get result(): Omit<ProcessingPlan, 'nextPageToken'> {
    return {
      customers: [...this.customers.values()],
      locations: [...this.locations.values()],
      installations: this.installations,
    };
  }

  async add(item: PackageItem): Promise<void> {
    const customer = item.customer && (await this.planCustomer(item.customer));
    const location = item.location && (await this.planLocation(item.location, customer));
    this.installations.push(await this.planInstallation(item, location));
  }

  private async planCustomer(source: PackagedCustomer): Promise<PlannedCustomer> {
    const { id, name, vatNumber, address } = source;
    const known = this.customers.get(id);
    if (known) return known;
    const confirmed = this.confirmed.customers.has(id);
    const match = confirmed ? undefined : await this.customerMatch(source);
    const proposal = confirmed
      ? PLACED
      : proposalFor<AskedCustomerTarget>(match && { ...match, name: match.found.details.name }, {
          link: (customerId) => ({ customerId }),
          create: { create: true },
        });
    const planned = { source: id, name, vatNumber, address, ...proposal };
    this.customers.set(id, planned);
    return planned;
  }

  private async planLocation(
    source: PackagedLocation,
    customer: PlannedCustomer | undefined,
  ): Promise<PlannedLocation> {
    const { id, name, address } = source;
    const known = this.locations.get(id);
    if (known) return known;
    const confirmed = this.confirmed.locations.has(id);
    const match = confirmed ? undefined : await this.matching.location(source, this.outcomeOf(customer));
    const proposal = confirmed
      ? PLACED
      : proposalFor<AskedLocationTarget>(match && { ...match, name: match.found.details.name }, {
          link: (locationId) => ({ locationId }),
          // A new location is created under its customer; where the package has none, the requester chooses.
          create: customer && { create: true },
        });
    const planned = { source: id, customer: customer?.source, name, address, ...proposal };
    this.locations.set(id, planned);
    return planned;
  }

  private async planInstallation(
    item: PackageItem,
    location: PlannedLocation | undefined,
  ): Promise<PlannedInstallation> {
    const { installationId, reference, customerReference, properties, building } = item;
    const described = {
      installationId,
      reference,
      customerReference,
      serialNumber: properties.serialNumber,
      location: location?.source,
      building: building?.name,
    };
    const match = await this.installationMatch(item);
    if (match && match.score >= LINKING_SCORE) {
      const { buildingId, locationId, reference: name } = match.found.placement;
      return {
        ...described,
        action: 'link',
        score: match.score,
        reason: match.reason,
        proposed: buildingId === undefined ? { locationId } : { buildingId },
        match: { id: match.found.installationId, name },
        ...(match.reason === 'serial-number' &&
          !match.found.archived && { outcome: 'two-records-of-one-machine' as const }),
      };
    }
    const locationId = location && this.ownLocation(location);
    const namesake =
      building && locationId !== undefined ? await this.matching.building(building, locationId) : undefined;
    const proposed = namesake
      ? { buildingId: namesake.id }
      : location && (location.proposed ?? location.action === 'placed')
        ? ({ followsLocation: true } as const)
        : undefined;
    if (match === undefined) {
      return { ...described, action: 'create', score: 0, reason: 'no-match', proposed };
    }
    const { score, reason, found } = match;
    const alike = { id: found.installationId, name: found.placement.reference };
    return { ...described, action: 'create', score, reason, proposed, match: alike };
  }

  /** Several customers of the package may match one of the requester's own that has no VAT number. */
  private async customerMatch(source: PackagedCustomer): Promise<Match<CustomerDocument> | undefined> {
    const match = await this.matching.customer(source);
    if (match === undefined || match.score < LINKING_SCORE || match.reason === 'vat-number') return match;
    const { id } = match.found;
    const rivals = await this.rivals.ofCustomer(source);
    return amongRivals(match, await Promise.all(rivals.map((rival) => this.claimOnCustomer(rival, id))));
  }

  /** The score of another customer of the package for the same customer of the requester. */
  private async claimOnCustomer(rival: PackagedCustomer, customerId: string): Promise<number> {
    const confirmed = this.confirmed.customers.get(rival.id);
    if (confirmed !== undefined) return customerIdOf(confirmed) === customerId ? 1 : 0;
    const match = await this.matching.customer(rival);
    return match?.found.id === customerId ? match.score : 0;
  }

  /** Machines of several brands may have the serial number of one of the requester's own that has no brand. */
  private async installationMatch(item: PackageItem): Promise<Match<AccountInstallation> | undefined> {
    const match = await this.matching.installation(item);
    if (match === undefined || match.reason !== 'serial-number') return match;
    const { id } = match.found;
    const claims = (await this.rivals.ofItem(item)).map(async (rival) => {
      const its = await this.matching.installation(rival);
      return its?.found.id === id ? its.score : 0;
    });
    return amongRivals(match, await Promise.all(claims));
  }

  private outcomeOf(customer: PlannedCustomer | undefined): CustomerOutcome {
    if (customer === undefined) return { kind: 'unknown' };
    const confirmed = this.confirmed.customers.get(customer.source);
    if (confirmed !== undefined) return { kind: 'own', customerId: customerIdOf(confirmed) };
    const { proposed } = customer;
    return proposed && 'customerId' in proposed && proposed.customerId !== undefined
      ? { kind: 'own', customerId: proposed.customerId }
      : { kind: 'created' };
  }

  private ownLocation({ source, proposed }: PlannedLocation): string | undefined {
    const confirmed = this.confirmed.locations.get(source);
    if (confirmed !== undefined) return locationIdOf(confirmed);
    return proposed && 'locationId' in proposed ? proposed.locationId : undefined;
  }
}

const PLACED = { action: 'placed', score: 1, reason: 'confirmed-before' } as const;

function proposalFor<Target>(
  match: (Match<{ readonly id: string }> & { readonly name: string }) | undefined,
  { link, create }: { readonly link: (id: string) => Target; readonly create: Target | undefined },
): Proposal<Target> {
  if (match === undefined) return { action: 'create', score: 0, reason: 'no-match', proposed: create };
  const { found, score, reason, name } = match;
  const alike = { score, reason, match: { id: found.id, name } };
  return score >= LINKING_SCORE
    ? { action: 'link', ...alike, proposed: link(found.id) }
    : { action: 'create', ...alike, proposed: create };
}
