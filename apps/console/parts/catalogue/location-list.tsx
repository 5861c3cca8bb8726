import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type CatalogueFilter, type Location, locations } from '../../api/queries.ts';
import { type Column, ListTable, rowLink } from '../list-table.tsx';
import { useAddressColumns } from './columns.tsx';

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
  const { street, postalCode, city } = useAddressColumns();
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
    { ...street, onPhone: true },
    postalCode,
    city,
  ];
}
