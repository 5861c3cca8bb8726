import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type InstallationFilter, installations, type ListedInstallation } from '../../api/queries.ts';
import { type Column, ListTable, rowLink } from '../list-table.tsx';
import { useAccessTypeName, useInstallationTypeName } from '../words.ts';

interface InstallationListProps {
  readonly filter: InstallationFilter;
  readonly empty: ReactNode;
}

/** Installations; their places are shown as far as the list is not narrowed to one. */
export function InstallationList({ filter, empty }: InstallationListProps) {
  const { t } = useLingui();
  const query = useInfiniteQuery(installations(filter));
  return (
    <ListTable
      label={t`Installations`}
      query={query}
      columns={useColumns(filter)}
      idOf={({ id }) => id}
      empty={empty}
    />
  );
}

function useColumns({ customerId, locationId }: InstallationFilter): readonly Column<ListedInstallation>[] {
  const { t } = useLingui();
  const typeName = useInstallationTypeName();
  const accessTypeName = useAccessTypeName();
  const isWithin = customerId !== undefined || locationId !== undefined;
  const columns: readonly (Column<ListedInstallation> | false)[] = [
    {
      key: 'reference',
      header: t`Reference`,
      width: 'minmax(0, 1.3fr)',
      cell: ({ id, reference }) => (
        <Link
          to="/installations/$installationId"
          params={{ installationId: id }}
          className={rowLink}
          title={reference}
        >
          {reference}
        </Link>
      ),
    },
    !isWithin && {
      key: 'customer',
      header: t`Customer`,
      width: 'minmax(0, 2fr)',
      onPhone: true,
      cell: ({ place }) => place.customer,
    },
    locationId === undefined && {
      key: 'location',
      header: t`Location`,
      width: 'minmax(0, 3fr)',
      onPhone: true,
      cell: ({ place }) => place.location,
    },
    {
      key: 'building',
      header: t`Building`,
      width: 'minmax(0, 1.4fr)',
      cell: ({ place }) => place.building ?? '–',
    },
    {
      key: 'machine',
      header: t`Machine`,
      width: 'minmax(0, 2fr)',
      onPhone: isWithin,
      cell: ({ brand, model, type }) =>
        [brand, model].filter(Boolean).join(' ') || (type ? typeName(type) : '–'),
    },
    {
      key: 'access',
      header: t`Access`,
      width: '132px',
      cell: ({ access, archived }) => {
        if (access.endedAt !== undefined) return t`Ended`;
        return archived ? t`Archived` : accessTypeName(access.type, 'holder');
      },
    },
  ];
  return columns.filter((column) => column !== false);
}
