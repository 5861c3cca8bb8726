import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type CatalogueFilter, type Location, locations } from '../../api/queries.ts';
import { type Column, ListTable, rowLink } from '../list-table.tsx';

interface LocationListProps {
  readonly filter: Omit<CatalogueFilter, 'locationId'>;
  readonly empty: ReactNode;
}

export function LocationList({ filter, empty }: LocationListProps) {
  const { t } = useLingui();
  const query = useInfiniteQuery(locations(filter));
  return (
    <ListTable
      label={t`Locations`}
      query={query}
      columns={useColumns()}
      idOf={({ id }) => id}
      empty={empty}
    />
  );
}

function useColumns(): readonly Column<Location>[] {
  const { t } = useLingui();
  return [
    {
      key: 'name',
      header: t`Name`,
      width: 'minmax(0, 2fr)',
      cell: ({ id, name }) => (
        <Link
          to="/catalogue/locations/$locationId"
          params={{ locationId: id }}
          className={rowLink}
          title={name}
        >
          {name}
        </Link>
      ),
    },
    {
      key: 'street',
      header: t`Street`,
      width: 'minmax(0, 2fr)',
      onPhone: true,
      cell: ({ address }) => address.street,
    },
    {
      key: 'postal-code',
      header: t`Postal code`,
      width: '120px',
      cell: ({ address }) => address.postalCode ?? '–',
    },
    {
      key: 'city',
      header: t`City`,
      width: 'minmax(0, 1fr)',
      onPhone: true,
      cell: ({ address }) => address.city,
    },
  ];
}
