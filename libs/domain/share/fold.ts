import { outOfPlace, PersistentMap, unreachable } from '#domain/kernel';
import type { PackageItem, ShareEvent } from './events.ts';
import {
  type ApprovedShare,
  type ItemState,
  type PackageTree,
  type ShareContents,
  type ShareState,
  wasApproved,
} from './state.ts';
import { evolveSummary } from './summary.ts';

/** The share after one more event. */
export function evolve(state: ShareState, event: ShareEvent): ShareState {
  const summary = evolveSummary(state.kind === 'none' ? undefined : state.summary, event);
  switch (event.type) {
    case 'ShareRequested':
    case 'ShareRejected':
    case 'ShareCancelled':
      return { kind: 'unapproved', summary };
    case 'ShareApproved': {
      const { level, terms, selection } = event.data;
      return { kind: 'approved', summary: { ...summary, level, terms }, contents: approved(selection) };
    }
    default: {
      if (!wasApproved(state)) return outOfPlace(event, summary.status);
      const { level, terms } = state.summary;
      return {
        kind: 'approved',
        summary: { ...summary, level, terms },
        contents: evolveContents(state, event),
      };
    }
  }
}

/** The events that follow an approval. */
type GivenEvent = Exclude<
  ShareEvent,
  { type: 'ShareRequested' | 'ShareRejected' | 'ShareCancelled' | 'ShareApproved' }
>;

function evolveContents({ contents }: ApprovedShare, event: GivenEvent): ShareContents {
  switch (event.type) {
    case 'SharePackageBatchCollected': {
      const { batch, items, cursor } = event.data;
      const ids = items.map(({ installationId }) => installationId);
      return {
        ...withItems(contents, ids, { status: 'offered' }),
        collection: { batches: batch + 1, ...(cursor !== undefined && { cursor }) },
        tree: withBranches(contents.tree, items),
      };
    }
    case 'ShareProcessingConfirmed': {
      const { stepId, customers, locations } = event.data;
      return {
        ...contents,
        steps: contents.steps.with([[stepId, 'importing']]),
        targets: {
          customers: contents.targets.customers.with(customers.map(bySource)),
          locations: contents.targets.locations.with(locations.map(bySource)),
        },
      };
    }
    case 'ShareInstallationsConfirmed': {
      const { stepId, installations } = event.data;
      const ids = installations.map(({ installationId }) => installationId);
      return withItems(contents, ids, { status: 'confirmed', stepId });
    }
    case 'ShareItemsDeclined':
      return withItems(contents, event.data.installations, { status: 'declined' });
    case 'ShareItemsPlaced': {
      const { installations, placedAt } = event.data;
      return withItems(contents, installations, { status: 'placed', placedAt });
    }
    case 'ShareStepImported':
      return { ...contents, steps: contents.steps.with([[event.data.stepId, 'imported']]) };
    case 'ShareItemsWithdrawn': {
      const { installations, cause, withdrawnAt: at } = event.data;
      return withItems(contents, installations, { status: 'withdrawn', cause, at });
    }
    case 'SharePreparationStarted':
    case 'SharePackageCompleted':
    case 'ShareProcessed':
    case 'SharePartlyRevoked':
    case 'ShareRevoked':
    case 'ShareExtended':
    case 'ShareExpiryAnnounced':
    case 'ShareExpired':
      return contents;
    default:
      return unreachable(event);
  }
}

function approved(selection: readonly string[]): ShareContents {
  return {
    selection,
    collection: { batches: 0 },
    items: PersistentMap.empty(),
    tree: {
      customers: PersistentMap.empty(),
      locations: PersistentMap.empty(),
      locationOf: PersistentMap.empty(),
    },
    targets: { customers: PersistentMap.empty(), locations: PersistentMap.empty() },
    steps: PersistentMap.empty(),
  };
}

function withItems(contents: ShareContents, ids: readonly string[], item: ItemState): ShareContents {
  return { ...contents, items: contents.items.with(ids.map((id) => [id, item] as const)) };
}

function withBranches({ customers, locations, locationOf }: PackageTree, items: readonly PackageItem[]) {
  return {
    customers: customers.with(
      items.flatMap(({ customer }) => (customer ? [[customer.id, true] as const] : [])),
    ),
    locations: locations.with(
      items.flatMap(({ customer, location }) => (location ? [[location.id, customer?.id] as const] : [])),
    ),
    locationOf: locationOf.with(
      items.flatMap(({ installationId, location }) =>
        location ? [[installationId, location.id] as const] : [],
      ),
    ),
  };
}

function bySource<Target>({ source, target }: { readonly source: string; readonly target: Target }) {
  return [source, target] as const;
}
