// Imports a step the requester confirmed: its copies first, then grants and placements, in batches (R-P1 to R-P4).
import { LRUCache } from 'lru-cache';
import { type Aggregates, CONCURRENT_COMMANDS, mapConcurrently } from '#application/core';
import { building, isKeptBy, location } from '#domain/catalogue';
import {
  findGrant,
  installation,
  isGrantRefusal,
  isLive,
  type Placement,
  type RegisteredInstallation,
  type WithdrawalCause,
} from '#domain/installation';
import { type Instant, Refusal } from '#domain/kernel';
import {
  type ApprovedShare,
  copiedCustomers,
  copiedLocations,
  hasExpired,
  type ItemWithdrawalCause,
  nextStepAction,
  referencesOf,
  replacedBy,
  requireApproved,
  type Spot,
  type StepContents,
  share,
  spotOf,
  type WantedBuilding,
  wasApproved,
} from '#domain/share';
import { grantIdOf } from './grant-id.ts';
import { type Issue, issueFor } from './issue.ts';
import {
  inTurn,
  type NewWork,
  type ProcessDependencies,
  type ProcessManager,
  type StepResult,
  type Work,
  type Works,
} from './process-manager.ts';
import { readStep } from './step-contents.ts';
import { WantedBuildings } from './wanted-buildings.ts';

/** The most installations placed by one step of the process; progress is reported after each batch. */
const BATCH = 500;

/** How many steps' contents are cached between batches; each has up to as many installations as a step may have. */
const KEPT_STEPS = 4;

const NAME = 'import-step';

type ConfirmedStep = {
  readonly shareId: string;
  readonly stepId: string;
  /** The revision of the share's stream at which the step begins. */
  readonly revision: number;
  /** The requester's; left out in work that an earlier release has opened. */
  readonly account?: string;
};

/** What the batches of one step have in common. */
interface Run {
  readonly contents: StepContents;
  readonly buildings: WantedBuildings;
}

export class ImportStep implements ProcessManager<ConfirmedStep> {
  readonly name = NAME;
  readonly startedBy = ['ShareProcessingConfirmed'] as const;
  /** A cache: after a crash they are read again. */
  private readonly runs = new LRUCache<string, Run>({ max: KEPT_STEPS });

  workFor(event: Parameters<ProcessManager['workFor']>[0]): NewWork<ConfirmedStep> | undefined {
    if (event.type !== 'ShareProcessingConfirmed') return undefined;
    const { revision, data, metadata } = event;
    const { shareId, stepId } = data;
    const { account } = metadata.actor;
    return { key: `${shareId}/${stepId}`, data: { shareId, stepId, revision, account } };
  }

  /** The steps of one account, one after the other: a later one may build on what an earlier one creates. */
  groupKey({ data }: Work<ConfirmedStep>): string {
    return data.account ?? data.shareId;
  }

  step(works: Works<ConfirmedStep>, dependencies: ProcessDependencies): Promise<StepResult> {
    return inTurn(works, (work) => this.advance(work, dependencies));
  }

  private async advance(work: Work<ConfirmedStep>, dependencies: ProcessDependencies): Promise<StepResult> {
    const { shareId, stepId } = work.data;
    const given = await dependencies.aggregates.state(share, shareId);
    const action = nextStepAction(given, stepId, BATCH);
    if (!wasApproved(given) || action.kind === 'none') {
      this.runs.delete(work.key);
      return 'done';
    }
    const issue = issueFor(dependencies.commands, NAME, work, given.summary.requester);
    const now = dependencies.clock.now();
    if (hasExpired(given.summary, now)) {
      // It has expired before its installations were placed (R-E2); `expire-shares` may record the same event.
      await issueFor(
        dependencies.commands,
        NAME,
        work,
        given.summary.provider,
        now,
      )('ExpireShare', { shareId });
      return 'continue';
    }
    const run = this.runs.get(work.key) ?? (await this.begin(work, given, dependencies, issue));
    if (action.kind === 'place') {
      await new Batch(run, given, work, dependencies).place(action.installations);
    } else {
      await issue('CompleteStep', { shareId, stepId });
      this.runs.delete(work.key);
    }
    return 'continue';
  }

  private async begin(
    { key, data }: Work<ConfirmedStep>,
    given: ApprovedShare,
    { reader, views }: ProcessDependencies,
    issue: Issue,
  ): Promise<Run> {
    const contents = await readStep(reader, data.shareId, data.revision);
    await copyTree(contents, given, issue);
    const run = { contents, buildings: new WantedBuildings(given.summary.requester, reader, views) };
    this.runs.set(key, run);
    return run;
  }
}

/** Creates the customers and locations that the step names; they are the requester's own from then on (R-T4). */
async function copyTree(contents: StepContents, given: ApprovedShare, issue: Issue): Promise<void> {
  await mapConcurrently(copiedCustomers(contents, given), CONCURRENT_COMMANDS, (copy) =>
    issue('AddCustomer', copy, copy.customerId),
  );
  await mapConcurrently(copiedLocations(contents, given), CONCURRENT_COMMANDS, (copy) =>
    issue('AddLocation', copy, copy.locationId),
  );
}

/** The import of one batch of a step's installations. */
class Batch {
  private readonly requester: string;
  private readonly shareId: string;
  private readonly aggregates: Aggregates;
  private readonly issue: Issue;

  constructor(
    private readonly run: Run,
    private readonly given: ApprovedShare,
    private readonly work: Work<ConfirmedStep>,
    private readonly dependencies: ProcessDependencies,
  ) {
    this.requester = given.summary.requester;
    this.shareId = given.summary.shareId;
    this.aggregates = dependencies.aggregates;
    this.issue = this.issueAt();
  }

  private issueAt(now?: Instant): Issue {
    return issueFor(this.dependencies.commands, NAME, this.work, this.requester, now);
  }

  /**
   * Grants access to the installations, and records the outcome. All are placed at one moment, from which their
   * windows run (R-V2), so that the share stores one moment for all of them.
   */
  async place(installations: readonly string[]): Promise<void> {
    await this.run.buildings.provide(
      installations.flatMap((id) => this.wantedBy(id)),
      this.issue,
    );
    const refusals = new Map<string, Refusal>();
    const issueTogether = this.issueAt(this.dependencies.clock.now());
    await mapConcurrently(installations, CONCURRENT_COMMANDS, async (installationId) => {
      try {
        await this.grant(installationId, issueTogether);
      } catch (error) {
        if (!(error instanceof Refusal) || error.kind !== 'conflict') throw error;
        refusals.set(installationId, error);
      }
    });
    await this.extendGranted(installations);
    await this.record(installations, refusals);
  }

  /** The share may have been extended while its installations were placed until its former end (R-E4). */
  private async extendGranted(installations: readonly string[]): Promise<void> {
    const { shareId } = this;
    const before = this.given.summary.expiresAt;
    if (before === undefined) return;
    const { summary } = requireApproved(await this.aggregates.state(share, shareId));
    const { expiresAt: until = before } = summary;
    if (until === before) return;
    await mapConcurrently(installations, CONCURRENT_COMMANDS, (installationId) => {
      const data = { installationId, grantId: grantIdOf(shareId, installationId), shareId, until };
      return this.issue('ExtendAccess', data, installationId, until);
    });
  }

  /** Archives the requester's own records of the same machines, where it still has them (R-P2). */
  private async archiveReplaced(placed: readonly string[]): Promise<void> {
    await mapConcurrently(
      replacedBy(placed, this.run.contents),
      CONCURRENT_COMMANDS,
      async (installationId) => {
        try {
          await this.issue('ArchiveInstallation', { installationId }, installationId);
        } catch (error) {
          const isGone =
            error instanceof Refusal && (error.kind === 'conflict' || error.kind === 'not-found');
          if (!isGone) throw error;
        }
      },
    );
  }

  private wantedBy(installationId: string): WantedBuilding[] {
    const spot = this.spotOf(installationId);
    return spot.kind === 'wanted-building' ? [spot.wanted] : [];
  }

  private async grant(installationId: string, issue: Issue): Promise<void> {
    const grantId = grantIdOf(this.shareId, installationId);
    const state = await this.aggregates.state(installation, installationId);
    // Granted before a crash: it stays where it was placed then, however the catalogue has changed since.
    if (state.status === 'registered' && findGrant(state.tree, grantId)) return;
    const { summary } = this.given;
    const { accessType, documentIdentity, revocation, approvedAt } = summary.terms;
    const { expiresAt: until } = summary;
    await issue(
      'GrantAccess',
      {
        installationId,
        grantId,
        shareId: this.shareId,
        giver: summary.provider,
        holder: this.requester,
        accessType,
        documentIdentity,
        revocation,
        approvedAt,
        ...(until !== undefined && { until }),
        placement: await this.placementOf(installationId),
      },
      installationId,
    );
  }

  /**
   * Records the outcome of the batch in the share, as recorded in the installations' streams: each was placed at the
   * moment its grant has, also when it was granted by an earlier attempt at this batch (R-V2).
   */
  private async record(
    installations: readonly string[],
    refusals: ReadonlyMap<string, Refusal>,
  ): Promise<void> {
    const { shareId } = this;
    const { stepId } = this.work.data;
    const placed = new Map<Instant, string[]>();
    const withdrawn = new Map<string, { cause: ItemWithdrawalCause; installations: string[] }>();
    for (const installationId of installations) {
      const state = await this.aggregates.state(installation, installationId);
      if (state.status === 'none') throw new Error(`Installation ${installationId} is not registered.`);
      const grantId = grantIdOf(shareId, installationId);
      const grant = findGrant(state.tree, grantId);
      if (grant !== undefined && isLive(grant)) {
        const together = placed.get(grant.grantedAt) ?? [];
        placed.set(grant.grantedAt, [...together, installationId]);
        continue;
      }
      // The share's own end is recorded by the share, for all of it.
      if (grant?.withdrawal?.cause.kind === 'expired') continue;
      const cause = grant?.withdrawal
        ? withoutGrant(grant.withdrawal.cause)
        : refusalCause(state, grantId, refusals.get(installationId));
      if (cause === undefined) continue;
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

  private async placementOf(installationId: string): Promise<Placement> {
    const references = referencesOf(installationId, this.run.contents);
    const spot = this.spotOf(installationId);
    if (spot.kind === 'location') {
      const found = await this.aggregates.known(location, spot.locationId);
      if (!isKeptBy(found, this.requester)) throw new Error(`Location ${spot.locationId} does not exist.`);
      const { locationId, customerId } = found;
      return { customerId, locationId, ...references };
    }
    const id = spot.kind === 'building' ? spot.buildingId : this.run.buildings.idOf(spot.wanted);
    const found = await this.aggregates.known(building, id);
    if (!isKeptBy(found, this.requester)) throw new Error(`Building ${id} does not exist.`);
    const { buildingId, locationId, customerId } = found;
    return { customerId, locationId, buildingId, ...references };
  }

  private spotOf(installationId: string): Spot {
    return spotOf(installationId, this.run.contents, this.given);
  }
}

function withoutGrant({ grantId: _, ...cause }: WithdrawalCause): Omit<WithdrawalCause, 'grantId'> {
  return cause;
}

/** Why a grant was not recorded; `undefined` where the share has withdrawn it before. */
function refusalCause(
  { blockedGrants }: RegisteredInstallation,
  grantId: string,
  refusal: Refusal | undefined,
) {
  if (refusal !== undefined && isGrantRefusal(refusal.code)) {
    return { kind: 'refused', code: refusal.code } as const;
  }
  if (blockedGrants.includes(grantId)) return undefined;
  throw refusal ?? new Error('A grant that was recorded does not exist.');
}
