import { isFiller } from '#domain/catalogue';
import type { Changes } from '#domain/kernel';
import type { InstallationProperties } from './events.ts';

/**
 * Properties, or changes of them, without invalid serial numbers: an invalid one is not stored, and clears the
 * stored one (R-K5).
 */
export function withoutFillers(given: Changes<InstallationProperties>): Changes<InstallationProperties> {
  const { serialNumber, components } = given;
  return {
    ...given,
    ...(typeof serialNumber === 'string' && isFiller(serialNumber) && { serialNumber: null }),
    ...(components && {
      components: components.map(({ serialNumber: its, ...component }) =>
        its === undefined || isFiller(its) ? component : { ...component, serialNumber: its },
      ),
    }),
  };
}
