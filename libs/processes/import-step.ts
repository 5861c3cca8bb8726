// Imports a step the requester confirmed: its copies first, then grants and placements, in batches (R-P1 to R-P4).
import { LRUCache } from 'lru-cache';
import { type Aggregates, derivedId, IN_FLIGHT, inFlight } from '#application/core';
import { type AddBuilding, building, isKeptBy, location } from '#domain/catalogue';
import {
  findGrant,
  installation,
  isLive,
  type Placement,
  placedAtOf,
  type RegisteredInstallation,
  strongestAccess,
  type WithdrawalCause,
} from '#domain/installation';
import { type Instant, Refusal } from '#domain/kernel';
import {
  type ConfirmedInstallation,
  type GivenShare,
  isGiven,
  nextStepAction,
  type PackageItem,
  type ReferenceStyle,
  share,
} from '#domain/share';
import { grantIdOf } from './grant-id.ts';
import { type Issue, issueFor } from './issue.ts';
import type {
  NewWork,
  ProcessDependencies,
  ProcessManager,
  StepResult,
  Work,
  Works,
} from './process-manager.ts';
import { readStep, type StepContents } from './step-contents.ts';

/** Installations placed by one step of the work: each batch shows as progress. */
const BATCH = 250;

/** Contents of steps kept between batches; each has as many installations as a step may have. */
const KEPT_STEPS = 4;

const NAME = 'import-step';

type ConfirmedStep = {
  readonly shareId: string;
  readonly stepId: string;
  /** Where in the share's stream the step begins. */
  readonly revision: number;
};

/** What the batches of one step have in common. */
interface Run {
  readonly contents: StepContents;
  readonly buildings: Set<string>;
}

export class ImportStep implements ProcessManager<ConfirmedStep> {
  readonly name = NAME;
  readonly startedBy = ['ShareProcessingConfirmed'] as const;
  /** What a crash loses here is read again. */
  private readonly runs = new LRUCache<string, Run>({ max: KEPT_STEPS });

  workFor(event: Parameters<ProcessManager['workFor']>[0]): NewWork<ConfirmedStep> | undefined {
    if (event.type !== 'ShareProcessingConfirmed') return undefined;
    const { shareId, stepId } = event.data;
    return { key: `${shareId}/${stepId}`, data: { shareId, stepId, revision: event.revision } };
  }

  /** The steps of one share, one after the other: a later one may build on what an earlier one creates. */
  together({ data }: Work<ConfirmedStep>): string {
    return data.shareId;
  }

  async step(works: Works<ConfirmedStep>, dependencies: ProcessDependencies): Promise<StepResult> {
    const { aggregates, commands } = dependencies;
    const { shareId } = works[0].data;
    const given = await aggregates.state(share, shareId);
    const work = works.find(({ data }) => nextStepAction(given, data.stepId, 1).kind !== 'none');
    if (!isGiven(given) || work === undefined) {
      for (const { key } of works) this.runs.delete(key);
      return 'done';
    }
    const { stepId } = work.data;
    const issue = issueFor(commands, NAME, work, given.summary.requester);
    const run = this.runs.get(work.key) ?? (await this.begin(work, given, dependencies, issue));
    const action = nextStepAction(given, stepId, BATCH);
    if (action.kind === 'place') {
      await new Batch(run, given, stepId, aggregates, issue).place(action.installations);
    } else {
      await issue('CompleteStep', { shareId, stepId });
      this.runs.delete(work.key);
    }
    return 'continue';
  }

  private async begin(
    { key, data }: Work<ConfirmedStep>,
    given: GivenShare,
    { reader }: ProcessDependencies,
    issue: Issue,
  ): Promise<Run> {
    const contents = await readStep(reader, data.shareId, data.revision);
    await copyTree(contents, given, issue);
    const run = { contents, buildings: new Set<string>() };
    this.runs.set(key, run);
    return run;
  }
}

/** Creates the customers and locations the step asks for; they are the requester's own from then on (R-T4). */
async function copyTree(contents: StepContents, given: GivenShare, issue: Issue): Promise<void> {
  const { shareId } = given.summary;
  await inFlight(contents.customers, IN_FLIGHT, async ({ source, target }) => {
    if (!('create' in target)) return;
    const { id, ...details } = packaged(contents.packagedCustomers, source);
    const copiedFrom = { shareId, id };
    await issue('AddCustomer', { customerId: target.create, copiedFrom, ...details }, target.create);
  });
  await inFlight(contents.locations, IN_FLIGHT, async ({ source, target }) => {
    if (!('create' in target)) return;
    const customerId = target.customerId ?? customerTargetOf(given, source);
    const { id, ...details } = packaged(contents.packagedLocations, source);
    const added = { locationId: target.create, customerId, copiedFrom: { shareId, id }, ...details };
    await issue('AddLocation', added, target.create);
  });
}

function packaged<Source>(sources: ReadonlyMap<string, Source>, id: string): Source {
  const source = sources.get(id);
  if (source === undefined) throw new Error(`The package does not have ${id}.`);
  return source;
}

/** The customer of the requester's that the location's own customer became. */
function customerTargetOf({ contents: { tree, targets } }: GivenShare, locationId: string): string {
  const target = targets.customers.get(tree.locations.get(locationId) ?? '');
  if (target === undefined) throw new Error(`No step placed the customer of location ${locationId}.`);
  return 'create' in target ? target.create : target.customerId;
}

/** Where an installation goes, before its customer and location are looked up. */
type Spot =
  | { readonly kind: 'location'; readonly locationId: string }
  /** `made`: what it is made of where it does not exist yet. */
  | { readonly kind: 'building'; readonly buildingId: string; readonly made?: NewBuilding };

type NewBuilding = Omit<AddBuilding['data'], 'buildingId'>;

/** One batch of a step's installations on its way. */
class Batch {
  private readonly requester: string;
  private readonly shareId: string;

  constructor(
    private readonly run: Run,
    private readonly given: GivenShare,
    private readonly stepId: string,
    private readonly aggregates: Aggregates,
    private readonly issue: Issue,
  ) {
    this.requester = given.summary.requester;
    this.shareId = given.summary.shareId;
  }

  async place(installations: readonly string[]): Promise<void> {
    await this.addBuildings(installations);
    const refusals = new Map<string, Refusal>();
    await inFlight(installations, IN_FLIGHT, async (installationId) => {
      try {
        await this.grant(installationId);
      } catch (error) {
        if (!(error instanceof Refusal) || error.kind !== 'conflict') throw error;
        refusals.set(installationId, error);
      }
    });
    await this.record(installations, refusals);
  }

  /** The records the requester had of the same machines, where it still has them (R-P2). */
  private async archiveReplaced(placed: readonly string[]): Promise<void> {
    const replaced = new Set(placed.flatMap((id) => this.confirmed(id).replaces ?? []));
    await inFlight([...replaced], IN_FLIGHT, async (installationId) => {
      try {
        await this.issue('ArchiveInstallation', { installationId }, installationId);
      } catch (error) {
        const isGone = error instanceof Refusal && (error.kind === 'conflict' || error.kind === 'not-found');
        if (!isGone) throw error;
      }
    });
  }

  private async addBuildings(installations: readonly string[]): Promise<void> {
    const wanted = new Map<string, NewBuilding>();
    for (const installationId of installations) {
      const spot = this.spotOf(installationId);
      if (spot.kind !== 'building' || !spot.made || this.run.buildings.has(spot.buildingId)) continue;
      wanted.set(spot.buildingId, spot.made);
    }
    await inFlight([...wanted], IN_FLIGHT, async ([buildingId, made]) => {
      const known = await this.aggregates.state(building, buildingId);
      if (!isKeptBy(known, this.requester))
        await this.issue('AddBuilding', { buildingId, ...made }, buildingId);
      this.run.buildings.add(buildingId);
    });
  }

  private async grant(installationId: string): Promise<void> {
    const { summary } = this.given;
    const { accessType, documentIdentity, revocation, approvedAt } = summary.terms;
    await this.issue(
      'GrantAccess',
      {
        installationId,
        grantId: grantIdOf(this.shareId, installationId),
        shareId: this.shareId,
        giver: summary.provider,
        holder: this.requester,
        accessType,
        documentIdentity,
        revocation,
        approvedAt,
        placement: await this.placementOf(installationId),
      },
      installationId,
    );
  }

  /**
   * Tells the share what became of the batch, as its installations' own streams have it: each was placed at the very
   * moment its grant says, whenever this is recorded (R-V2).
   */
  private async record(
    installations: readonly string[],
    refusals: ReadonlyMap<string, Refusal>,
  ): Promise<void> {
    const { shareId, stepId } = this;
    const placed = new Map<Instant, string[]>();
    const withdrawn = new Map<string, { cause: OutsideCause; installations: string[] }>();
    for (const installationId of installations) {
      const state = await this.aggregates.state(installation, installationId);
      if (state.status === 'none') throw new Error(`Installation ${installationId} is not registered.`);
      const grant = findGrant(state.tree, grantIdOf(shareId, installationId));
      if (grant !== undefined && isLive(grant)) {
        const placedAt = placedAtOf(grant);
        const together = placed.get(placedAt) ?? [];
        placed.set(placedAt, [...together, installationId]);
        continue;
      }
      const cause = grant?.withdrawal
        ? withoutGrant(grant.withdrawal.cause)
        : this.refusalCause(state, refusals.get(installationId));
      const group = JSON.stringify(cause);
      const others = withdrawn.get(group)?.installations ?? [];
      withdrawn.set(group, { cause, installations: [...others, installationId] });
    }
    for (const { cause, installations: ended } of withdrawn.values()) {
      await this.issue('RecordWithdrawnItems', { shareId, installations: ended, cause }, ...ended);
    }
    await this.archiveReplaced([...placed.values()].flat());
    for (const [placedAt, together] of [...placed].sort(([one], [other]) => (one < other ? -1 : 1))) {
      await this.issue(
        'RecordPlacedItems',
        { shareId, stepId, installations: together, placedAt },
        ...together,
      );
    }
  }

  /** Why access could not begin: mostly the giver's own has ended, and that decision ends this one too (R-V4). */
  private refusalCause({ tree }: RegisteredInstallation, refusal: Refusal | undefined): OutsideCause {
    const { provider } = this.given.summary;
    if (strongestAccess(tree, provider) === undefined) {
      const lost = tree.grants.findLast(({ holder }) => holder === provider)?.withdrawal;
      if (lost) return { ...withoutGrant(lost.cause), kind: 'cascade' };
    }
    if (refusal === undefined) throw new Error('A grant that was made is not there.');
    return { kind: 'cascade', account: provider, shareId: this.shareId, reason: refusal.code };
  }

  private async placementOf(installationId: string): Promise<Placement> {
    const references = referencesFor(
      this.confirmed(installationId),
      this.item(installationId),
      this.run.contents.referenceStyle,
    );
    const spot = this.spotOf(installationId);
    if (spot.kind === 'building') {
      const found = await this.aggregates.state(building, spot.buildingId);
      if (!isKeptBy(found, this.requester)) throw new Error(`Building ${spot.buildingId} is not there.`);
      const { buildingId, locationId, customerId } = found;
      return { customerId, locationId, buildingId, ...references };
    }
    const found = await this.aggregates.state(location, spot.locationId);
    if (!isKeptBy(found, this.requester)) throw new Error(`Location ${spot.locationId} is not there.`);
    const { locationId, customerId } = found;
    return { customerId, locationId, ...references };
  }

  private spotOf(installationId: string): Spot {
    const { target } = this.confirmed(installationId);
    if ('buildingId' in target) return { kind: 'building', buildingId: target.buildingId };
    if ('locationId' in target) return { kind: 'location', locationId: target.locationId };
    if ('newBuilding' in target) {
      const { id: buildingId, ...made } = target.newBuilding;
      return { kind: 'building', buildingId, made };
    }
    const { location: source, building: copied } = this.item(installationId);
    const placed = source && this.given.contents.targets.locations.get(source.id);
    if (placed === undefined) throw new Error(`No step placed the location of ${installationId}.`);
    const locationId = 'create' in placed ? placed.create : placed.locationId;
    if (copied === undefined) return { kind: 'location', locationId };
    const { id, ...details } = copied;
    const made = { locationId, copiedFrom: { shareId: this.shareId, id }, ...details };
    // One copy of a building at a location, whichever step or share asks for it.
    return { kind: 'building', buildingId: derivedId(locationId, 'copy', id), made };
  }

  private confirmed(installationId: string): ConfirmedInstallation {
    return packaged(this.run.contents.installations, installationId);
  }

  private item(installationId: string): PackageItem {
    return packaged(this.run.contents.items, installationId);
  }
}

type OutsideCause = Omit<WithdrawalCause, 'grantId'>;

function withoutGrant({ grantId: _, ...cause }: WithdrawalCause): OutsideCause {
  return cause;
}

/** The account's own references for what it takes over (R-P3). */
export function referencesFor(
  { reference: chosen }: Pick<ConfirmedInstallation, 'reference'>,
  { reference, customerReference = '' }: Pick<PackageItem, 'reference' | 'customerReference'>,
  style: ReferenceStyle,
): Pick<Placement, 'reference' | 'customerReference'> {
  const beside = customerReference.trim() !== '';
  if (style === 'customer' && beside && chosen === undefined) return { reference: customerReference };
  return { reference: chosen ?? reference, ...(beside && { customerReference }) };
}
