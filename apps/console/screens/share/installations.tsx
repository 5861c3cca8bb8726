import { Trans, useLingui } from '@lingui/react/macro';
import { Select } from '@mantine/core';
import { IconPackage } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type PackageItem, packageOf, type Share } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { type Column, ListTable } from '../../parts/list-table.tsx';
import { RevocableUntil } from '../../parts/revocable-until.tsx';
import { Toolbar } from '../../parts/toolbar.tsx';
import { ItemState, useItemStateName } from './item-state.tsx';

const route = getRouteApi('/shell/shares/$shareId');
const STATES = ['offered', 'placed', 'declined', 'withdrawn'] as const;

/** The installations of the package, each with what became of it. */
export function Installations({ share }: { readonly share: Share }) {
  if (share.availableAt === undefined) return <NoPackage share={share} />;
  return <PackageTable share={share} />;
}

function PackageTable({ share }: { readonly share: Share }) {
  const { t } = useLingui();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const stateName = useItemStateName();
  const query = useInfiniteQuery(packageOf(share.id, { state }));
  return (
    <>
      <Toolbar>
        <Select
          aria-label={t`Outcome`}
          placeholder={t`Any state`}
          clearable
          clearButtonProps={{ 'aria-label': t`Any state` }}
          value={state ?? null}
          onChange={(value) =>
            void navigate({
              search: (before) => ({ ...before, state: (value as PackageItem['state'] | null) ?? undefined }),
              replace: true,
            })
          }
          data={STATES.map((value) => ({ value, label: stateName(value) }))}
        />
      </Toolbar>
      <ListTable
        label={t`Installations`}
        query={query}
        columns={useColumns()}
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

function useColumns(): readonly Column<PackageItem>[] {
  const { t } = useLingui();
  return [
    {
      key: 'reference',
      header: t`Reference`,
      width: 'minmax(0, 1fr)',
      cell: ({ reference, installationId }) => reference ?? installationId.slice(0, 8),
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
      width: 'minmax(0, 2fr)',
      cell: ({ location, customer }) => location?.name ?? customer?.name ?? '–',
    },
    {
      key: 'state',
      header: t`State`,
      width: '112px',
      onPhone: true,
      cell: ({ state }) => <ItemState state={state} />,
    },
    {
      key: 'revocable',
      header: t`Revocable until`,
      width: '132px',
      cell: ({ revocableUntil }) => <RevocableUntil until={revocableUntil} />,
    },
  ];
}

function NoPackage({ share: { status, role } }: { readonly share: Share }) {
  const isOpen = status === 'to-evaluate' || status === 'requested';
  return (
    <EmptyState icon={IconPackage} title={<Trans>No installations yet</Trans>}>
      {isOpen &&
        (role === 'provider' ? (
          <Trans>You decide which, when you evaluate the request.</Trans>
        ) : (
          <Trans>The other company has not decided yet.</Trans>
        ))}
      {(status === 'approved' || status === 'preparing') && (
        <Trans>They are being collected, and appear here by themselves.</Trans>
      )}
      {!isOpen && status !== 'approved' && status !== 'preparing' && (
        <Trans>This share ended before there were any.</Trans>
      )}
    </EmptyState>
  );
}
