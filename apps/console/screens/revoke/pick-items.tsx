import { Trans, useLingui } from '@lingui/react/macro';
import { Checkbox } from '@mantine/core';
import { IconPackage } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type PackageItem, packageOf, type Share } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { type Column, ListTable } from '../../parts/list-table.tsx';
import { RevocableUntil } from '../../parts/revocable-until.tsx';
import { TabCount, TabLink, Tabs } from '../../parts/tabs.tsx';
import type { Picked } from './picked.ts';

const route = getRouteApi('/shell/shares/$shareId/revoke');

interface PickItemsProps {
  readonly share: Share;
  readonly picked: Picked;
}

/** Picks installations of the share: those that are placed, or still on offer. */
export function PickItems({ share, picked }: PickItemsProps) {
  const { t } = useLingui();
  const { id, items } = share;
  const { state = items.placed > 0 ? 'placed' : 'offered' } = route.useSearch();
  const query = useInfiniteQuery(packageOf(id, { state }));
  const states = [
    { state: 'placed', name: t`Placed`, count: items.placed },
    { state: 'offered', name: t`On offer`, count: items.offered },
  ] as const;
  return (
    <>
      <Tabs label={t`State`}>
        {states.map((one) => (
          <TabLink
            key={one.state}
            to="/shares/$shareId/revoke"
            params={{ shareId: id }}
            search={{ state: one.state }}
            shown={one.state === state}
            of="true"
          >
            {one.name}
            <TabCount>{one.count}</TabCount>
          </TabLink>
        ))}
      </Tabs>
      <ListTable
        label={t`Installations`}
        query={query}
        columns={useColumns(picked)}
        idOf={({ installationId }) => installationId}
        empty={
          <EmptyState icon={IconPackage} title={<Trans>None of them</Trans>}>
            <Trans>No installation of this share has that state.</Trans>
          </EmptyState>
        }
      />
    </>
  );
}

function useColumns({ ids, toggle }: Picked): readonly Column<PackageItem>[] {
  const { t } = useLingui();
  const picked = new Set(ids);
  return [
    {
      key: 'reference',
      header: t`Reference`,
      width: 'minmax(0, 1.2fr)',
      cell: ({ installationId, reference }) => (
        <Checkbox
          checked={picked.has(installationId)}
          onChange={({ currentTarget }) => toggle(installationId, currentTarget.checked)}
          label={reference ?? installationId.slice(0, 8)}
        />
      ),
    },
    {
      key: 'machine',
      header: t`Machine`,
      width: 'minmax(0, 1.4fr)',
      onPhone: true,
      cell: ({ properties: { brand, model } = {} }) => [brand, model].filter(Boolean).join(' ') || '–',
    },
    {
      key: 'place',
      header: t`Location`,
      width: 'minmax(0, 1.6fr)',
      cell: ({ location, customer }) => location?.name ?? customer?.name ?? '–',
    },
    {
      key: 'revocable',
      header: t`Revocable until`,
      width: '132px',
      onPhone: true,
      cell: ({ revocableUntil }) => <RevocableUntil until={revocableUntil} />,
    },
  ];
}
