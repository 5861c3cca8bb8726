import { unreachable } from '#domain/kernel';
import type { PackageItem, TransferLevel } from './events.ts';

/** The item with no more of the tree around it than the level lets be copied (R-T1, R-T2, R-T3). */
export function withinLevel(level: TransferLevel, item: PackageItem): PackageItem {
  switch (level) {
    case 'customer':
      return item;
    case 'location': {
      const { customer: _customer, ...shown } = item;
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
