import {
  attention,
  type DecidedCustomer,
  type DecidedInstallation,
  type DecidedLocation,
  type DecidedPlan,
  NO_LOCATION,
  type Outcome,
} from './decided.ts';

/** Something of the package, as a line of the tree. */
export type Line = {
  readonly id: string;
  /** How deep it is in the tree, from 1. */
  readonly depth: number;
  /** Whether somebody should look at it. */
  readonly attention: ReturnType<typeof attention>;
} & (
  | { readonly kind: 'customer'; readonly decided: DecidedCustomer }
  | {
      readonly kind: 'location';
      readonly decided: DecidedLocation;
      readonly customer: DecidedCustomer | undefined;
    }
  | { readonly kind: 'installation'; readonly decided: DecidedInstallation }
  /** All installations without a location in the package. */
  | { readonly kind: 'together'; readonly outcome: Outcome; readonly count: number }
);

/** Every line of the tree, each below what it belongs to. */
export function linesOf(plan: DecidedPlan): readonly Line[] {
  const { installations, together } = plan;
  const undecided = installations.some(({ outcome }) => outcome.to === 'undecided');
  return [
    ...plan.customers.flatMap((customer): Line[] => [
      {
        kind: 'customer',
        id: customer.planned.source,
        depth: 1,
        decided: customer,
        attention: attention(customer),
      },
      ...customer.locations.flatMap((location) => locationLines(location, customer)),
    ]),
    ...plan.locations.flatMap((location) => locationLines(location, undefined)),
    ...(installations.length === 0
      ? []
      : [
          {
            kind: 'together' as const,
            id: NO_LOCATION,
            depth: 1,
            outcome: together,
            count: installations.length,
            attention: undecided ? ('choice' as const) : undefined,
          },
          ...installationLines(installations, 2),
        ]),
  ];
}

function locationLines(location: DecidedLocation, customer: DecidedCustomer | undefined): readonly Line[] {
  const depth = customer ? 2 : 1;
  return [
    {
      kind: 'location',
      id: location.planned.source,
      depth,
      decided: location,
      customer,
      attention: attention(location),
    },
    ...installationLines(location.installations, depth + 1),
  ];
}

function installationLines(installations: readonly DecidedInstallation[], depth: number): readonly Line[] {
  return installations.map((decided) => ({
    kind: 'installation',
    id: decided.planned.installationId,
    depth,
    decided,
    attention: attention(decided),
  }));
}

/** Those that somebody should look at, each with what it belongs to. */
export function undecidedLines(lines: readonly Line[]): readonly Line[] {
  const kept: Line[] = [];
  let depth = 0;
  for (const line of lines.toReversed()) {
    if (line.attention === undefined && line.depth >= depth) continue;
    kept.push(line);
    depth = line.depth;
  }
  return kept.reverse();
}
