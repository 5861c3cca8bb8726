// Collects the package of an approved share, in batches, from the catalogue as it is at that time (R-S7).
import { type Aggregates, type Candidate, givingOf, Selections, type States } from '#application/core';
import { building, customer, location } from '#domain/catalogue';
import { installation, type Placement, placementOf, type RegisteredInstallation } from '#domain/installation';
import {
  type ApprovedShare,
  type LeftOut,
  nextPreparationAction,
  type PackageItem,
  type PreparationAction,
  share,
  wasApproved,
  withinLevel,
} from '#domain/share';
import { type EventReader, type Position, START } from '#event-store';
import { installationsProjection, KeptBelowView } from '#projections/installations';
import type { ViewReader } from '#view-store';
import { eventAt } from './event-at.ts';
import { waitForView } from './failures.ts';
import { type Issue, issueFor } from './issue.ts';
import type { ProcessDependencies, ProcessManager } from './process-manager.ts';

/** The most installations examined for one batch. */
const BATCH = 250;

/** A batch ends at this size, however few installations it has, so that its event stays well below the log's limit. */
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
    if (!wasApproved(state) || position === undefined) return 'done';
    const issue = issueFor(commands, NAME, work, state.summary.provider);
    const action = nextPreparationAction(state);
    switch (action.kind) {
      case 'start':
        await issue('StartPreparation', { shareId });
        return 'continue';
      case 'collect':
        await collect(state, action, selectionsAfter(position, views), dependencies, issue);
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
  given: ApprovedShare,
  { batch, cursor }: Extract<PreparationAction, { kind: 'collect' }>,
  selections: Selections,
  { aggregates, reader }: ProcessDependencies,
  issue: Issue,
): Promise<void> {
  const { shareId, provider, level, terms, preparation } = given.summary;
  const selection = { level, selection: given.contents.selection };
  const giving = await givingOf(aggregates, given.summary, terms.accessType);
  const states = await statesAsOfStart(shareId, aggregates, reader);
  const items: PackageItem[] = [];
  const leftOut: LeftOut[] = [];
  let bytes = 0;
  let last: Candidate | undefined;
  let full = false;
  for await (const { judged, ...candidate } of selections.walk(
    selection,
    giving,
    states,
    candidateOf(cursor),
  )) {
    full = items.length + leftOut.length === BATCH || bytes >= BATCH_BYTES;
    if (full) break;
    last = candidate;
    if ('code' in judged) {
      leftOut.push(judged);
    } else {
      const item = await packaged(judged.installation, given, aggregates);
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
      candidates: preparation?.candidates ?? (await selections.count(selection, provider)),
    },
    batch,
  );
}

/** Looks selections up in a catalogue view that reflects `position` or later. */
function selectionsAfter(position: Position, views: ViewReader): Selections {
  const upToDate = () => waitForView(views, installationsProjection.name, position);
  return new Selections(new KeptBelowView(views), upToDate);
}

/** The cursor of the next batch when one ended with this candidate. */
function cursorAfter({ selected, installationId }: Candidate): string {
  return `${selected}/${installationId}`;
}

function candidateOf(cursor: string | undefined): Candidate | undefined {
  const [selected, installationId] = cursor?.split('/') ?? [];
  return selected === undefined || installationId === undefined ? undefined : { selected, installationId };
}

/** Replayed states, except of installations registered after the preparation started: they are not shared (R-S7). */
async function statesAsOfStart(
  shareId: string,
  aggregates: Aggregates,
  reader: EventReader,
): Promise<States> {
  const start = await startOf(reader, shareId);
  const stateOf = async (installationId: string) => {
    const { state, position = START } = await aggregates.refresh(installation, installationId);
    const isLater = position > start && (await registeredAt(reader, installationId)) > start;
    return isLater ? undefined : state;
  };
  return (installations) => Promise.all(installations.map(stateOf));
}

/** The log position at which the preparation started: it is one of the share's first events. */
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
  { summary }: ApprovedShare,
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
    throw new Error(`Location ${locationId} of customer ${customerId} is not in any catalogue.`);
  }
  const { name, vatNumber, address } = itsCustomer.details;
  return {
    customer: { id: customerId, name, ...(vatNumber !== undefined && { vatNumber }), address },
    location: { id: locationId, ...itsLocation.details },
    ...(buildingId !== undefined &&
      itsBuilding?.status === 'kept' && { building: { id: buildingId, ...itsBuilding.details } }),
  };
}
