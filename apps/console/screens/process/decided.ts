import type { Choice, Edits } from './edits.ts';
import type { Plan, PlannedCustomer, PlannedInstallation, PlannedLocation } from './plan.ts';

/** Where something goes, by the plan as it was changed. */
export type Outcome =
  | Choice
  /** An installation: wherever its location goes. */
  | { readonly to: 'with-location' }
  | { readonly to: 'building'; readonly id: string }
  /** A step that was confirmed earlier has put it somewhere. */
  | { readonly to: 'placed' }
  | { readonly to: 'undecided' };

/** The id for the missing location of installations without one in the package. */
export const NO_LOCATION = 'no-location';

interface Decided<Planned> {
  readonly planned: Planned;
  readonly outcome: Outcome;
  /** Decided for what it belongs to: it is not changed by itself. */
  readonly isInherited: boolean;
  readonly isEdited: boolean;
}

export type DecidedCustomer = Decided<PlannedCustomer> & { readonly locations: readonly DecidedLocation[] };
export type DecidedLocation = Decided<PlannedLocation> & {
  readonly installations: readonly DecidedInstallation[];
};
export type DecidedInstallation = Decided<PlannedInstallation> & { readonly replaces: string | undefined };

/** The plan as a tree, as far as its package contains customers and locations. */
export interface DecidedPlan {
  readonly customers: readonly DecidedCustomer[];
  /** Locations without a customer in the package. */
  readonly locations: readonly DecidedLocation[];
  /** Installations without a location in the package. */
  readonly installations: readonly DecidedInstallation[];
  /** Where the latter go together, unless one was chosen for itself. */
  readonly together: Outcome;
}

const UNDECIDED: Outcome = { to: 'undecided' };
const DECLINED: Outcome = { to: 'declined' };

/** What becomes of everything in the plan, given what was changed in it. */
export function decide(plan: Plan, edits: Edits): DecidedPlan {
  const { choices } = edits;
  const at = Map.groupBy(plan.installations, ({ location }) => location ?? NO_LOCATION);
  const of = Map.groupBy(plan.locations, ({ customer }) => customer);
  const together = choices[NO_LOCATION] ?? UNDECIDED;
  const installationsAt = (location: PlannedLocation | undefined, outcome: Outcome) =>
    (at.get(location?.source ?? NO_LOCATION) ?? []).map((one) =>
      decidedInstallation(one, location, outcome, edits),
    );
  const locationsOf = (customer: PlannedCustomer | undefined, outcome: Outcome | undefined) =>
    (of.get(customer?.source) ?? []).map((planned) => {
      const isInherited = outcome?.to === 'declined';
      const isMoved =
        customer !== undefined && isElsewhere(choices[customer.source], customer.proposed?.customerId);
      const own = isInherited ? DECLINED : locationOutcome(planned, choices[planned.source], isMoved);
      return {
        planned,
        outcome: own,
        isInherited,
        isEdited: choices[planned.source] !== undefined,
        installations: installationsAt(planned, own),
      };
    });
  return {
    customers: plan.customers.map((planned) => {
      const outcome = customerOutcome(planned, choices[planned.source]);
      return {
        planned,
        outcome,
        isInherited: false,
        isEdited: choices[planned.source] !== undefined,
        locations: locationsOf(planned, outcome),
      };
    }),
    locations: locationsOf(undefined, undefined),
    installations: installationsAt(undefined, together),
    together,
  };
}

function customerOutcome({ action, proposed }: PlannedCustomer, choice: Choice | undefined): Outcome {
  if (choice !== undefined) return choice;
  if (action === 'placed') return { to: 'placed' };
  return proposed?.customerId === undefined ? { to: 'new' } : { to: 'own', id: proposed.customerId };
}

/** @param isMoved its customer goes elsewhere than proposed, where the proposed location is not */
function locationOutcome(
  { action, proposed }: PlannedLocation,
  choice: Choice | undefined,
  isMoved: boolean,
): Outcome {
  if (choice !== undefined) return choice;
  if (action === 'placed') return { to: 'placed' };
  if (proposed === undefined) return UNDECIDED;
  return proposed.locationId === undefined || isMoved
    ? { to: 'new' }
    : { to: 'own', id: proposed.locationId };
}

function decidedInstallation(
  planned: PlannedInstallation,
  location: PlannedLocation | undefined,
  locationOutcome: Outcome,
  { choices, replacing }: Edits,
): DecidedInstallation {
  const { installationId, match, outcome } = planned;
  const isInherited = locationOutcome.to === 'declined';
  const choice = choices[installationId];
  const replaces =
    outcome === 'two-records-of-one-machine' && replacing.includes(installationId) ? match?.id : undefined;
  const isMoved =
    location !== undefined && isElsewhere(choices[location.source], location.proposed?.locationId);
  return {
    planned,
    outcome: isInherited ? DECLINED : installationOutcome(planned, choice, locationOutcome, isMoved),
    isInherited,
    isEdited: choice !== undefined || replaces !== undefined,
    replaces,
  };
}

/** @param isMoved its location goes elsewhere than proposed, where the proposed building is not */
function installationOutcome(
  { action, proposed, location }: PlannedInstallation,
  choice: Choice | undefined,
  locationOutcome: Outcome,
  isMoved: boolean,
): Outcome {
  if (choice !== undefined && choice.to !== 'new') return choice;
  if (proposed?.buildingId !== undefined && (action === 'link' || !isMoved)) {
    return { to: 'building', id: proposed.buildingId };
  }
  if (proposed?.locationId !== undefined) return { to: 'own', id: proposed.locationId };
  if (location === undefined) return locationOutcome;
  return locationOutcome.to === 'undecided' ? UNDECIDED : { to: 'with-location' };
}

/** Whether it was chosen that something goes elsewhere than to the entry that was proposed. */
function isElsewhere(choice: Choice | undefined, proposed: string | undefined): boolean {
  return choice !== undefined && !(choice.to === 'own' && choice.id === proposed);
}

/** The plan without what somebody should look at, and without what would go with that: it stays on offer. */
export function certainOf(plan: DecidedPlan): DecidedPlan {
  return {
    ...plan,
    customers: plan.customers.map((customer) => ({
      ...customer,
      locations: certainLocations(customer.locations, attention(customer) === undefined),
    })),
    locations: certainLocations(plan.locations, true),
    installations: certainInstallations(plan.installations, true),
  };
}

function certainLocations(
  locations: readonly DecidedLocation[],
  isCustomerCertain: boolean,
): readonly DecidedLocation[] {
  return locations.map((location) => {
    const { outcome, installations } = location;
    const isCertain = attention(location) === undefined && (isCustomerCertain || outcome.to !== 'new');
    return {
      ...location,
      outcome: isCertain ? outcome : UNDECIDED,
      installations: certainInstallations(installations, isCertain),
    };
  });
}

function certainInstallations(
  installations: readonly DecidedInstallation[],
  isLocationCertain: boolean,
): readonly DecidedInstallation[] {
  return installations.map((one) => {
    const isCertain =
      attention(one) === undefined && (isLocationCertain || one.outcome.to !== 'with-location');
    return isCertain ? one : { ...one, outcome: UNDECIDED };
  });
}

/** Every installation of the plan. */
export function installationsOf(plan: DecidedPlan): readonly DecidedInstallation[] {
  return [
    ...plan.customers.flatMap(({ locations }) => locations).flatMap(({ installations }) => installations),
    ...plan.locations.flatMap(({ installations }) => installations),
    ...plan.installations,
  ];
}

/**
 * Whether somebody should look: `choice`, where nothing is proposed; `look`, where there may be something of one's own
 * that was too unlikely to be proposed, or there would be two records of one machine.
 */
export function attention(
  one: Decided<PlannedCustomer | PlannedLocation | PlannedInstallation>,
): 'choice' | 'look' | undefined {
  const { planned, outcome, isInherited, isEdited } = one;
  if (outcome.to === 'undecided') return 'choice';
  if (isInherited || isEdited || outcome.to === 'placed') return undefined;
  if (planned.action === 'create' && planned.match !== undefined) return 'look';
  return 'outcome' in planned && planned.outcome !== undefined ? 'look' : undefined;
}
