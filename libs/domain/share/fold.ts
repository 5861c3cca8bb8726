import { unreachable } from '#domain/kernel';
import type { PackageItem, ShareEvent } from './events.ts';
import { type GivenShare, type ItemState, isGiven, type PackageTree, type ShareState } from './state.ts';
import { evolveSummary } from './summary.ts';

/** The share after one more event. */
export function evolve(state: ShareState, event: ShareEvent): ShareState {
  const summary = evolveSummary(state.status === 'none' ? undefined : state.summary, event);

  switch (event.type) {
    case 'ShareRequested':
      return { status: 'requested', summary };
    case 'ShareRejected':
      return { status: 'rejected', summary };
    case 'ShareCancelled':
      return { status: 'cancelled', summary };
    case 'ShareApproved':
      return {
        status: 'approved',
        summary,
        level: event.data.level,
        terms: event.data.terms,
        selection: event.data.selection,
        collection: { batches: 0 },
        items: new Map(),
        tree: { customers: new Set(), locations: new Map(), locationOf: new Map() },
        targets: { customers: new Map(), locations: new Map() },
        steps: new Map(),
      };
    case 'SharePreparationStarted':
      return { ...given(state), summary, status: 'preparing' };
    case 'SharePackageBatchCollected': {
      const { batch, items, cursor } = event.data;
      const share = given(state);
      const ids = items.map((item) => item.installationId);
      return {
        ...share,
        summary,
        collection: { batches: batch + 1, ...(cursor !== undefined && { cursor }) },
        items: withItems(share, ids, { status: 'offered' }),
        tree: withBranches(share.tree, items),
      };
    }
    case 'SharePackageCompleted':
      return { ...given(state), summary, status: 'available' };
    case 'ShareProcessingConfirmed': {
      const { stepId, customers, locations } = event.data;
      const share = given(state);
      return {
        ...share,
        summary,
        steps: new Map(share.steps).set(stepId, 'importing'),
        targets: {
          customers: new Map([...share.targets.customers, ...customers.map(bySource)]),
          locations: new Map([...share.targets.locations, ...locations.map(bySource)]),
        },
      };
    }
    case 'ShareInstallationsConfirmed': {
      const { stepId, installations } = event.data;
      const share = given(state);
      const ids = installations.map((installation) => installation.installationId);
      return { ...share, summary, items: withItems(share, ids, { status: 'confirmed', stepId }) };
    }
    case 'ShareItemsDeclined': {
      const share = given(state);
      return {
        ...share,
        summary,
        items: withItems(share, event.data.installations, { status: 'declined' }),
      };
    }
    case 'ShareItemsPlaced': {
      const { installations, placedAt } = event.data;
      const share = given(state);
      return { ...share, summary, items: withItems(share, installations, { status: 'placed', placedAt }) };
    }
    case 'ShareStepImported': {
      const share = given(state);
      return { ...share, summary, steps: new Map(share.steps).set(event.data.stepId, 'imported') };
    }
    case 'ShareProcessed':
      return { ...given(state), summary, status: 'processed' };
    case 'ShareItemsWithdrawn': {
      const { installations, cause, withdrawnAt: at } = event.data;
      const share = given(state);
      return {
        ...share,
        summary,
        items: withItems(share, installations, { status: 'withdrawn', cause, at }),
      };
    }
    case 'SharePartlyRevoked':
      return { ...given(state), summary };
    case 'ShareRevoked':
      return { ...given(state), summary, status: 'revoked' };
    default:
      return unreachable(event);
  }
}

function given(state: ShareState): GivenShare {
  if (!isGiven(state)) throw new Error(`Nothing was approved: the share is ${state.status}.`);
  return state;
}

function withItems(
  share: GivenShare,
  ids: readonly string[],
  item: ItemState,
): ReadonlyMap<string, ItemState> {
  const items = new Map(share.items);
  for (const id of ids) items.set(id, item);
  return items;
}

function withBranches(tree: PackageTree, items: readonly PackageItem[]): PackageTree {
  const customers = new Set(tree.customers);
  const locations = new Map(tree.locations);
  const locationOf = new Map(tree.locationOf);
  for (const { installationId, customer, location } of items) {
    if (customer) customers.add(customer.id);
    if (!location) continue;
    locations.set(location.id, customer?.id);
    locationOf.set(installationId, location.id);
  }
  return { customers, locations, locationOf };
}

function bySource<Target>({ source, target }: { readonly source: string; readonly target: Target }) {
  return [source, target] as const;
}
