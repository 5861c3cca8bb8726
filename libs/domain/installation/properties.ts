import { isPlaceholderNumber } from '#domain/catalogue';
import type { Changes } from '#domain/kernel';
import type { InstallationProperties } from './events.ts';

/**
 * Properties, or changes of them, without invalid serial numbers: an invalid one is not stored, and clears the
 * stored one (R-K5).
 */
export function withoutPlaceholders(given: Changes<InstallationProperties>): Changes<InstallationProperties> {
  const { serialNumber, components } = given;
  return {
    ...given,
    ...(typeof serialNumber === 'string' && isPlaceholderNumber(serialNumber) && { serialNumber: null }),
    ...(components && {
      components: components.map(({ serialNumber: its, ...component }) =>
        its === undefined || isPlaceholderNumber(its) ? component : { ...component, serialNumber: its },
      ),
    }),
  };
}
