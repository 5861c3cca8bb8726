// What importing a confirmed step creates: copies, placements and references (R-P2, R-P3, R-T4).
import {
  type AddBuilding,
  type AddCustomer,
  type AddLocation,
  type BuildingDetails,
  type CopySource,
  identifyBuilding,
} from '#domain/catalogue';
import type { Placement } from '#domain/installation';
import type {
  ConfirmedCustomer,
  ConfirmedInstallation,
  ConfirmedLocation,
  PackagedCustomer,
  PackagedLocation,
  PackageItem,
  ReferenceStyle,
} from './events.ts';
import type { ApprovedShare } from './state.ts';

/** A confirmed step with what it takes of the package: the share's state keeps ids only. */
export interface StepContents {
  readonly referenceStyle: ReferenceStyle;
  readonly customers: readonly ConfirmedCustomer[];
  readonly locations: readonly ConfirmedLocation[];
  /** Where each installation goes. */
  readonly installations: ReadonlyMap<string, ConfirmedInstallation>;
  /** What the package says of each of them. */
  readonly items: ReadonlyMap<string, PackageItem>;
  /** Of the customers and locations to be created. */
  readonly packagedCustomers: ReadonlyMap<string, PackagedCustomer>;
  readonly packagedLocations: ReadonlyMap<string, PackagedLocation>;
}

/** The customers the step creates: the requester's own from then on (R-T4). */
export function copiedCustomers(step: StepContents, { summary }: ApprovedShare): AddCustomer['data'][] {
  return step.customers.flatMap(({ source, target }) => {
    if (!('create' in target)) return [];
    const { id, ...details } = inPackage(step.packagedCustomers, source);
    return [{ customerId: target.create, copiedFrom: { shareId: summary.shareId, id }, ...details }];
  });
}

/** The locations the step creates: under the customer named, or else under the one its own customer became. */
export function copiedLocations(step: StepContents, given: ApprovedShare): AddLocation['data'][] {
  const { shareId } = given.summary;
  return step.locations.flatMap(({ source, target }) => {
    if (!('create' in target)) return [];
    const customerId = target.customerId ?? customerOf(source, given);
    const { id, ...details } = inPackage(step.packagedLocations, source);
    return [{ locationId: target.create, customerId, copiedFrom: { shareId, id }, ...details }];
  });
}

/** A building that the step wants at a location. */
export interface WantedBuilding extends BuildingDetails {
  readonly locationId: string;
  /** As the requester chose it; a copy has none yet. */
  readonly buildingId?: string;
  readonly copiedFrom?: CopySource;
}

/** Where an installation goes, before its customer and location are looked up. */
export type Spot =
  | { readonly kind: 'location'; readonly locationId: string }
  | { readonly kind: 'building'; readonly buildingId: string }
  | { readonly kind: 'wanted-building'; readonly wanted: WantedBuilding };

/** Where the step puts an installation (R-P2). */
export function spotOf(installationId: string, step: StepContents, given: ApprovedShare): Spot {
  const { target } = inPackage(step.installations, installationId);
  if ('buildingId' in target) return { kind: 'building', buildingId: target.buildingId };
  if ('locationId' in target) return { kind: 'location', locationId: target.locationId };
  if ('newBuilding' in target) {
    const { id: buildingId, ...wanted } = target.newBuilding;
    return { kind: 'wanted-building', wanted: { buildingId, ...wanted } };
  }
  const { location, building } = inPackage(step.items, installationId);
  const placed = location && given.contents.targets.locations.get(location.id);
  if (placed === undefined) throw new Error(`No step placed the location of ${installationId}.`);
  const locationId = 'create' in placed ? placed.create : placed.locationId;
  if (building === undefined) return { kind: 'location', locationId };
  const { id, ...details } = building;
  const copiedFrom = { shareId: given.summary.shareId, id };
  return { kind: 'wanted-building', wanted: { locationId, copiedFrom, ...details } };
}

/** A building that exists at a location now. */
export interface ExistingBuilding {
  readonly id: string;
  readonly details: BuildingDetails;
  readonly copiedFrom?: CopySource;
}

/**
 * The existing building that a step means: the one added when the same was wanted before, however it is named now; else
 * the first of that name (R-K3); `undefined` where it must be added.
 * @param existing the buildings at the location that may be meant
 */
export function buildingMeant<Building extends ExistingBuilding>(
  { buildingId, copiedFrom, name }: WantedBuilding,
  existing: readonly Building[],
): Building | undefined {
  const made = existing.find(
    (one) => one.id === buildingId || (copiedFrom !== undefined && one.copiedFrom?.id === copiedFrom.id),
  );
  if (made !== undefined) return made;
  const found = identifyBuilding(name, existing);
  if (found.kind === 'new') return undefined;
  return found.kind === 'known' ? found.thing : found.among[0];
}

/** The data that adds a building that does not exist yet. */
export function addedBuilding({ buildingId: _, ...wanted }: WantedBuilding, id: string): AddBuilding['data'] {
  return { buildingId: id, ...wanted };
}

/** The account's own references for what it takes over (R-P3). */
export function referencesOf(
  installationId: string,
  { referenceStyle: style, installations, items }: StepContents,
): Pick<Placement, 'reference' | 'customerReference'> {
  const { reference: chosen } = inPackage(installations, installationId);
  const { reference, customerReference = '' } = inPackage(items, installationId);
  const beside = customerReference.trim() !== '';
  if (style === 'customer' && beside && chosen === undefined) return { reference: customerReference };
  return { reference: chosen ?? reference, ...(beside && { customerReference }) };
}

/** The requester's own records that the placed installations replace (R-P2), each once. */
export function replacedBy(placed: readonly string[], { installations }: StepContents): string[] {
  return [...new Set(placed.flatMap((id) => inPackage(installations, id).replaces ?? []))];
}

/** The customer of the requester's that the location's own customer became. */
function customerOf(locationId: string, { contents: { tree, targets } }: ApprovedShare): string {
  const target = targets.customers.get(tree.locations.get(locationId) ?? '');
  if (target === undefined) throw new Error(`No step placed the customer of location ${locationId}.`);
  return 'create' in target ? target.create : target.customerId;
}

function inPackage<Thing>(things: ReadonlyMap<string, Thing>, id: string): Thing {
  const thing = things.get(id);
  if (thing === undefined) throw new Error(`The step does not have ${id}.`);
  return thing;
}
