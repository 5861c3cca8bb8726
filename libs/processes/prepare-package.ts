// Collects the package of an approved share, in batches, from the catalogue as it stands then (R-S7).
import type { Aggregates } from '#application/core';
import { account } from '#domain/account';
import { building, customer, location } from '#domain/catalogue';
import {
  installation,
  leftOutReason,
  type Placement,
  placementOf,
  type RegisteredInstallation,
} from '#domain/installation';
import {
  type GivenShare,
  isGiven,
  type LeftOut,
  nextPreparationAction,
  type PackageItem,
  type PreparationAction,
  share,
  withinLevel,
} from '#domain/share';
import { type EventReader, type Position, START } from '#event-store';
import { installationsProjection } from '#projections/installations';
import { type Candidate, candidatesAfter, countCandidates, cursorAfter } from './candidates.ts';
import { eventAt } from './event-at.ts';
import { viewPassed } from './failures.ts';
import { type Issue, issueFor } from './issue.ts';
import type { ProcessDependencies, ProcessManager } from './process-manager.ts';

/** The most installations looked at for one batch. */
const BATCH = 250;

/** A batch ends here, however few installations it has: an event has its limit, and stays well below it. */
const BATCH_BYTES = 512 * 1024;

const NAME = 'prepare-package';

export const preparePackage: ProcessManager<{ readonly shareId: string }> = {
  name: NAME,
  startedBy: ['ShareApproved'],
  workFor(event) {
    if (event.type !== 'ShareApproved') return undefined;
    const { shareId } = event.data;
    return { key: shareId, data: { shareId } };
  },
  async step([work], dependencies) {
    const { aggregates, commands, views } = dependencies;
    const { shareId } = work.data;
    const { state, position } = await aggregates.refresh(share, shareId);
    if (!isGiven(state) || position === undefined) return 'done';
    const issue = issueFor(commands, NAME, work, state.summary.provider);
    const action = nextPreparationAction(state);
    switch (action.kind) {
      case 'start':
        await issue('StartPreparation', { shareId });
        return 'continue';
      case 'collect':
        await viewPassed(views, installationsProjection.name, position);
        await collect(state, action, dependencies, issue);
        return 'continue';
      case 'complete':
        await issue('CompletePackage', { shareId });
        return 'done';
      case 'none':
        return 'done';
    }
  },
};

async function collect(
  given: GivenShare,
  { batch, cursor }: Extract<PreparationAction, { kind: 'collect' }>,
  { aggregates, reader, views }: ProcessDependencies,
  issue: Issue,
): Promise<void> {
  const { shareId, requester, provider, terms } = given.summary;
  const { accessType } = terms;
  const requesterAccount = await aggregates.state(account, requester);
  if (requesterAccount.status === 'none')
    throw new Error(`Account ${requester} of a share is not registered.`);
  const giving = { provider, requester, requesterKind: requesterAccount.kind, accessType };

  const start = await startOf(reader, shareId);
  const items: PackageItem[] = [];
  const leftOut: LeftOut[] = [];
  let bytes = 0;
  let last: Candidate | undefined;
  let full = false;
  for await (const candidate of candidatesAfter(cursor, given, views)) {
    full = items.length + leftOut.length === BATCH || bytes >= BATCH_BYTES;
    if (full) break;
    last = candidate;
    const { installationId } = candidate;
    const { state, position = START } = await aggregates.refresh(installation, installationId);
    if (position > start && (await registeredAt(reader, installationId)) > start) continue;
    const code = leftOutReason(state, giving);
    if (code !== undefined) {
      leftOut.push({ installationId, code });
    } else if (state.status === 'registered') {
      const item = await packaged(state, given, aggregates);
      items.push(item);
      bytes += Buffer.byteLength(JSON.stringify(item));
    }
  }
  await issue(
    'CollectPackageBatch',
    {
      shareId,
      batch,
      items,
      leftOut,
      ...(full && last && { cursor: cursorAfter(last) }),
      candidates: given.summary.preparation?.candidates ?? (await countCandidates(given, views)),
    },
    batch,
  );
}

/** Where in the log the preparation started: it is one of the share's first events. */
async function startOf(reader: EventReader, shareId: string): Promise<Position> {
  for (let revision = 0; ; revision++) {
    const event = await eventAt(reader, share.category, shareId, revision);
    if (event.type === 'SharePreparationStarted') return event.position;
  }
}

async function registeredAt(reader: EventReader, installationId: string): Promise<Position> {
  return (await eventAt(reader, installation.category, installationId, 0)).position;
}

/** The installation with only as much of the tree around it as the level lets be copied (R-T1, R-T2, R-T3). */
async function packaged(
  state: RegisteredInstallation,
  { summary }: GivenShare,
  aggregates: Aggregates,
): Promise<PackageItem> {
  const { installationId, token } = state;
  const { placement } = placementOf(state, summary.provider);
  const { notes: _, components: __, ...properties } = state.properties;
  const { reference, customerReference } = placement;
  const { level } = summary;
  return withinLevel(level, {
    installationId,
    token,
    reference,
    ...(customerReference !== undefined && { customerReference }),
    properties,
    ...(level !== 'installation' && (await surroundings(placement, aggregates))),
  });
}

async function surroundings(
  { customerId, locationId, buildingId }: Placement,
  aggregates: Aggregates,
): Promise<Pick<PackageItem, 'customer' | 'location' | 'building'>> {
  const [itsCustomer, itsLocation] = await Promise.all([
    aggregates.state(customer, customerId),
    aggregates.state(location, locationId),
  ]);
  const itsBuilding = buildingId === undefined ? undefined : await aggregates.state(building, buildingId);
  if (itsCustomer.status === 'none' || itsLocation.status === 'none') {
    throw new Error(`Location ${locationId} of customer ${customerId} is in no catalogue.`);
  }
  const { name, vatNumber, address } = itsCustomer.details;
  return {
    customer: { id: customerId, name, ...(vatNumber !== undefined && { vatNumber }), address },
    location: { id: locationId, ...itsLocation.details },
    ...(buildingId !== undefined &&
      itsBuilding?.status === 'kept' && { building: { id: buildingId, ...itsBuilding.details } }),
  };
}
