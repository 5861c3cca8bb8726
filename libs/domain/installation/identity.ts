// Whether an account has an installation already, by its reference (R-K4).
import { labelKey } from '#domain/catalogue';
import { applyChanges, sameData } from '#domain/kernel';
import type { InstallationProperties, Placement } from './events.ts';
import { withoutPlaceholders } from './properties.ts';

/** An installation in an account's catalogue, or as a row of a file gives it. */
export interface KeptInstallation {
  readonly placement: Placement;
  readonly properties: InstallationProperties;
}

/** The fields in which an existing installation can differ from the given values. */
export type InstallationField =
  | 'reference'
  | 'customerReference'
  | 'buildingId'
  | keyof InstallationProperties;

export type InstallationVerdict<Thing> =
  | { readonly kind: 'new' }
  | { readonly kind: 'unchanged'; readonly thing: Thing }
  /** At the same location, but `fields` have other values. */
  | { readonly kind: 'different'; readonly thing: Thing; readonly fields: readonly InstallationField[] }
  /** At another location of the same customer. */
  | { readonly kind: 'elsewhere'; readonly thing: Thing };

/** An account's reference, normalised for comparison: only case and spacing are ignored. */
export const referenceKey: (reference: string) => string = labelKey;

/**
 * Which installation a reference identifies, within one customer (R-K4). A value that is not given does not differ.
 * @param candidates those that the account keeps at the same customer under this `referenceKey`, including those
 * shared with it
 */
export function identifyInstallation<Thing extends KeptInstallation>(
  named: KeptInstallation,
  candidates: readonly Thing[],
): InstallationVerdict<Thing> {
  const { customerId, locationId, reference } = named.placement;
  const alike = candidates.filter(
    ({ placement }) =>
      placement.customerId === customerId && referenceKey(placement.reference) === referenceKey(reference),
  );
  const here = alike
    .filter(({ placement }) => placement.locationId === locationId)
    .map((thing) => ({ thing, fields: differences(named, thing) }))
    .sort((one, other) => one.fields.length - other.fields.length)[0];
  if (here !== undefined) {
    const { thing, fields } = here;
    return fields.length === 0 ? { kind: 'unchanged', thing } : { kind: 'different', thing, fields };
  }
  const [elsewhere] = alike;
  return elsewhere === undefined ? { kind: 'new' } : { kind: 'elsewhere', thing: elsewhere };
}

/** The given fields whose values differ from the stored ones. */
function differences(named: KeptInstallation, kept: KeptInstallation): InstallationField[] {
  const given = fieldsOf(named);
  const its = fieldsOf(kept);
  return (Object.keys(given) as InstallationField[]).filter(
    (field) => given[field] !== undefined && !sameData(given[field], its[field]),
  );
}

function fieldsOf({ placement, properties }: KeptInstallation): Partial<Record<InstallationField, unknown>> {
  const { reference, customerReference, buildingId } = placement;
  return {
    reference,
    customerReference,
    buildingId,
    ...applyChanges<InstallationProperties>({}, withoutPlaceholders(properties)),
  };
}
