import { unreachable } from '#domain/kernel';
import type { PackageItem, TransferLevel } from './events.ts';

/** The item with no more of the tree around it than the level lets be copied (R-T1, R-T2, R-T3). */
export function withinLevel(level: TransferLevel, item: PackageItem): PackageItem {
  switch (level) {
    case 'customer':
      return item;
    case 'location': {
      const { customer: _kept, ...rest } = item;
      return rest;
    }
    case 'installation': {
      const { customer: _kept, location: _too, building: _also, ...rest } = item;
      return rest;
    }
    default:
      return unreachable(level);
  }
}
