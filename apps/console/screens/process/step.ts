import type { components } from '#client';
import {
  type DecidedInstallation,
  type DecidedLocation,
  type DecidedPlan,
  installationsOf,
} from './decided.ts';
import type { ReferenceStyle } from './edits.ts';

export type Step = components['schemas']['ProcessShareBody'];
type StepCustomer = NonNullable<Step['customers']>[number];
type StepLocation = NonNullable<Step['locations']>[number];
type LocationTarget = StepLocation['target'];
type InstallationTarget = Step['installations'][number]['target'];

/** The step that the plan comes to; what is not decided yet stays on offer. */
export function stepOf(plan: DecidedPlan, referenceStyle: ReferenceStyle): Step {
  const locations: StepLocation[] = [];
  const customers: StepCustomer[] = [];
  const take = (location: DecidedLocation): LocationTarget | undefined => {
    if (!location.installations.some(({ outcome }) => outcome.to === 'with-location')) return undefined;
    const target = locationTarget(location);
    if (target !== undefined) locations.push({ source: location.planned.source, target });
    return target;
  };
  for (const { planned, outcome, locations: its } of plan.customers) {
    const targets = its.map(take);
    // A customer none of whose locations is made new would be made for nothing.
    const isNeeded = targets.some((target) => target?.create);
    if (outcome.to === 'own' && targets.some((target) => target !== undefined)) {
      customers.push({ source: planned.source, target: { customerId: outcome.id } });
    } else if (outcome.to === 'new' && isNeeded) {
      customers.push({ source: planned.source, target: { create: true } });
    }
  }
  for (const location of plan.locations) take(location);
  const all = installationsOf(plan);
  return {
    referenceStyle,
    customers,
    locations,
    installations: all.flatMap((one) => {
      const target = installationTarget(one);
      const { planned, replaces } = one;
      return target === undefined ? [] : [{ installationId: planned.installationId, target, replaces }];
    }),
    decline: all.flatMap(({ planned, outcome }) =>
      outcome.to === 'declined' ? [planned.installationId] : [],
    ),
  };
}

function locationTarget({ outcome }: DecidedLocation): LocationTarget | undefined {
  switch (outcome.to) {
    case 'new':
      return { create: true, customerId: outcome.customerId };
    case 'own':
      return { locationId: outcome.id };
    default:
      return undefined;
  }
}

function installationTarget({ outcome }: DecidedInstallation): InstallationTarget | undefined {
  switch (outcome.to) {
    case 'with-location':
      return { followsLocation: true };
    case 'own':
      return { locationId: outcome.id };
    case 'building':
      return { buildingId: outcome.id };
    default:
      return undefined;
  }
}
