import { impossible, type PersistentMap, Refusal, type RefusalDetail, sameData } from '#domain/kernel';
import type { ProcessShare } from './commands.ts';
import type { ConfirmedInstallation, ConfirmedLocation, CustomerTarget, LocationTarget } from './events.ts';
import { namedTargets } from './query.ts';
import type { ConfirmedTargets, ItemState, ShareContents } from './state.ts';

/** The most installations one step may take over. */
export const MAX_STEP_INSTALLATIONS = 5000;

/** The most customers and locations one step may place: they are recorded in one event. */
export const MAX_STEP_SOURCES = 2500;

/** A customer, location, building or installation of the requester's own. */
export interface PlacingTarget {
  readonly kind: 'customer' | 'location' | 'building' | 'installation';
  readonly customerId?: string;
  readonly locationId?: string;
}

type Step = ProcessShare['data'];

/**
 * Refuses a step that cannot be imported (R-P2).
 * @param own those of the targets it names that exist and are the requester's own
 */
export function checkStep(step: Step, share: ShareContents, own: ReadonlyMap<string, PlacingTarget>): void {
  const { customers = [], locations = [], installations, decline = [] } = step;
  if (customers.length + locations.length + installations.length + decline.length === 0) {
    throw impossible('step-empty', 'The step neither takes over nor declines anything.');
  }
  if (
    installations.length > MAX_STEP_INSTALLATIONS ||
    customers.length + locations.length > MAX_STEP_SOURCES
  ) {
    throw impossible(
      'step-too-large',
      `A step takes at most ${MAX_STEP_INSTALLATIONS} installations and ${MAX_STEP_SOURCES} customers and locations.`,
    );
  }

  const refuseAny = (
    kind: 'conflict' | 'impossible',
    code: string,
    detail: string,
    pointers: Iterable<string>,
  ): void => {
    const errors: RefusalDetail[] = Array.from(pointers, (pointer) => ({ pointer, code, detail }));
    if (errors.length > 0) throw new Refusal(kind, code, detail, { errors });
  };
  const named = namedItems(step);
  const targets = withStep(share.targets, step);
  const known = knownTargets(targets, own);

  refuseAny('impossible', 'item-named-twice', 'A step names an installation once.', repeated(named));
  refuseAny(
    'impossible',
    'item-not-in-share',
    'There is no such installation in this share.',
    pointersWhere(named, ({ id }) => !share.items.has(id)),
  );
  refuseAny(
    'conflict',
    'item-not-offered',
    'The installation is no longer on offer.',
    pointersWhere(named, ({ id, declined }) => !isOpen(share.items.get(id), declined)),
  );
  refuseAny(
    'impossible',
    'source-not-in-package',
    'The package does not have it.',
    pointersWhere(sources(step), ({ kind, source }) => !share.tree[kind].has(source)),
  );
  refuseAny(
    'conflict',
    'source-already-placed',
    'A confirmed step, or this one, gives it another target.',
    pointersWhere(sources(step), ({ kind, source, target }) => !sameData(targets[kind].get(source), target)),
  );
  refuseAny(
    'impossible',
    'created-id-not-unique',
    'Everything that is created needs a unique id.',
    sharedIds(step, targets),
  );
  refuseAny(
    'impossible',
    'replaces-itself',
    'It is the installation itself: there is no other record of it to archive.',
    pointersWhere(
      withPointers('/installations', installations),
      ({ installationId, replaces }) => installationId === replaces,
    ),
  );
  refuseAny(
    'impossible',
    'target-not-found',
    'You have no such customer, location, building or installation.',
    pointersWhere(namedTargets(step), ({ kind, id }) => !known(kind, id)),
  );
  refuseAny(
    'impossible',
    'customer-target-missing',
    'The new location needs a customer.',
    pointersWhere(
      withPointers('/locations', locations),
      (location) => !hasCustomer(location, share, targets),
    ),
  );
  refuseAny(
    'impossible',
    'location-target-missing',
    'The installation follows a location that no step has placed.',
    pointersWhere(
      withPointers('/installations', installations),
      (item) => !hasLocation(item, share, targets),
    ),
  );
}

interface WithPointer {
  readonly pointer: string;
}

function withPointers<Item extends object>(path: string, items: readonly Item[]): (Item & WithPointer)[] {
  return items.map((item, index) => ({ ...item, pointer: `${path}/${index}` }));
}

function pointersWhere<Item extends WithPointer>(
  items: readonly Item[],
  offends: (item: Item) => boolean,
): string[] {
  return items.filter(offends).map(({ pointer }) => pointer);
}

/** Every installation the step takes over or declines. */
function namedItems({ installations, decline = [] }: Step) {
  return [
    ...installations.map(({ installationId: id }, index) => ({
      id,
      declined: false,
      pointer: `/installations/${index}`,
    })),
    ...decline.map((id, index) => ({ id, declined: true, pointer: `/decline/${index}` })),
  ];
}

/** Every customer and location of the package that the step places. */
function sources({ customers = [], locations = [] }: Step) {
  return [
    ...withPointers('/customers', customers).map((customer) => ({ ...customer, kind: 'customers' as const })),
    ...withPointers('/locations', locations).map((location) => ({ ...location, kind: 'locations' as const })),
  ];
}

function repeated(items: readonly (WithPointer & { readonly id: string })[]): string[] {
  const seen = new Set<string>();
  return pointersWhere(items, ({ id }) => seen.size === seen.add(id).size);
}

/** Declining an item that is declined already changes nothing. */
function isOpen(item: ItemState | undefined, declined: boolean): boolean {
  return item?.status === 'offered' || (declined && item?.status === 'declined');
}

/** The targets by all steps, including this one: a target stays once it is set. */
function withStep(earlier: ConfirmedTargets, { customers = [], locations = [] }: Step): ConfirmedTargets {
  return {
    customers: firstTargets(earlier.customers, customers),
    locations: firstTargets(earlier.locations, locations),
  };
}

function firstTargets<Target>(
  earlier: PersistentMap<string, Target>,
  confirmed: readonly { readonly source: string; readonly target: Target }[],
): PersistentMap<string, Target> {
  const first = new Map<string, Target>();
  for (const { source, target } of confirmed) {
    if (!earlier.has(source) && !first.has(source)) first.set(source, target);
  }
  return earlier.with(first);
}

/** Whether an id is an entry of that kind of the requester's own: existing, or to be created by a step. */
function knownTargets(targets: ConfirmedTargets, own: ReadonlyMap<string, PlacingTarget>) {
  const created = { customer: creators(targets.customers), location: creators(targets.locations) };
  return (kind: PlacingTarget['kind'], id: string): boolean =>
    own.get(id)?.kind === kind || ((kind === 'customer' || kind === 'location') && created[kind].has(id));
}

/** The source of each id to be created. */
function creators(
  targets: ReadonlyMap<string, CustomerTarget | LocationTarget>,
): ReadonlyMap<string, string> {
  const sourceOf = new Map<string, string>();
  for (const [source, target] of targets) {
    if ('create' in target && !sourceOf.has(target.create)) sourceOf.set(target.create, source);
  }
  return sourceOf;
}

/** The places where the step gives one id to two entries it creates. Several installations may share one new building. */
function sharedIds(step: Step, targets: ConfirmedTargets): string[] {
  const created = { customers: creators(targets.customers), locations: creators(targets.locations) };
  const buildings = new Map<string, object>();
  return [
    ...pointersWhere(sources(step), ({ kind, source, target }) => {
      return 'create' in target && created[kind].get(target.create) !== source;
    }),
    ...pointersWhere(withPointers('/installations', step.installations), ({ target }) => {
      if (!('newBuilding' in target)) return false;
      const first = buildings.get(target.newBuilding.id) ?? target.newBuilding;
      buildings.set(target.newBuilding.id, first);
      return !sameData(first, target.newBuilding);
    }),
  ];
}

/** Whether the customer of a location is determined. */
function hasCustomer(
  { source, target }: ConfirmedLocation,
  share: ShareContents,
  targets: ConfirmedTargets,
): boolean {
  if ('locationId' in target || target.customerId !== undefined) return true;
  const customer = share.tree.locations.get(source);
  return customer !== undefined && targets.customers.has(customer);
}

/** Whether the location of an installation is determined. */
function hasLocation(
  { installationId, target }: ConfirmedInstallation,
  share: ShareContents,
  targets: ConfirmedTargets,
): boolean {
  if (!('followsLocation' in target)) return true;
  const location = share.tree.locationOf.get(installationId);
  return location !== undefined && targets.locations.has(location);
}
