import { unreachable } from '#domain/kernel';
import type { PackageItem, TransferLevel } from './events.ts';

/** The item with no more of the tree around it than the level lets be copied (R-T1, R-T2, R-T3). */
export function withinLevel(level: TransferLevel, item: PackageItem): PackageItem {
  switch (level) {
    case 'customer':
      return copyable(item);
    case 'location': {
      const { customer: _customer, ...shown } = copyable(item);
      return shown;
    }
    case 'installation': {
      const { customer: _customer, location: _location, building: _building, ...shown } = item;
      return shown;
    }
    default:
      return unreachable(level);
  }
}

/** The item with no more of its customer, location and building than may ever be copied. */
function copyable({ customer, location, building, ...item }: PackageItem): PackageItem {
  return {
    ...item,
    ...(customer && { customer: pick(customer, 'id', 'name', 'vatNumber', 'address') }),
    // Each account sets the applicable regulation of its own location.
    ...(location && { location: pick(location, 'id', 'name', 'address') }),
    ...(building && { building: pick(building, 'id', 'name', 'address') }),
  };
}

function pick<Thing extends object, Key extends keyof Thing>(thing: Thing, ...keys: Key[]): Pick<Thing, Key> {
  const kept = keys.filter((key) => thing[key] !== undefined).map((key) => [key, thing[key]]);
  return Object.fromEntries(kept) as Pick<Thing, Key>;
}
