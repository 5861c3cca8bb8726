import type { components } from '#client';

type Address = components['schemas']['Address'];

/** An address as it is written on one line. */
export function addressLine({ street, postalCode, city, country }: Address): string {
  const town = [postalCode, city].filter(Boolean).join(' ');
  return [street, town, country].filter(Boolean).join(', ');
}
