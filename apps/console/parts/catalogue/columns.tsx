import { useLingui } from '@lingui/react/macro';
import type { Customer, Location } from '../../api/queries.ts';
import type { Column } from '../list-table.tsx';

type Addressed = Pick<Customer | Location, 'address'>;

/** Where something is, as columns of a list. */
export function useAddressColumns(): Readonly<Record<'street' | 'postalCode' | 'city', Column<Addressed>>> {
  const { t } = useLingui();
  return {
    street: {
      key: 'street',
      header: t`Street`,
      width: 'minmax(0, 2fr)',
      cell: ({ address }) => address.street,
    },
    postalCode: {
      key: 'postal-code',
      header: t`Postal code`,
      width: '120px',
      cell: ({ address }) => address.postalCode ?? '–',
    },
    city: {
      key: 'city',
      header: t`City`,
      width: 'minmax(0, 1.5fr)',
      onPhone: true,
      cell: ({ address }) => address.city,
    },
  };
}
