import { Trans, useLingui } from '@lingui/react/macro';
import { CloseButton, Group, Select } from '@mantine/core';
import { IconArrowsExchange, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { connection, type Share, type ShareFilter, shares } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { type Column, ListTable, rowLink } from '../../parts/list-table.tsx';
import { Page } from '../../parts/page.tsx';
import { RevocableUntil } from '../../parts/revocable-until.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { ShareStatusBadge } from '../../parts/status.tsx';
import { TabLink, Tabs } from '../../parts/tabs.tsx';
import { Time } from '../../parts/time.tsx';
import { Toolbar } from '../../parts/toolbar.tsx';
import { SHARE_STATUSES_IN_ORDER, type ShareStatus, useShareStatusName } from '../../parts/words.ts';

const route = getRouteApi('/shell/shares');

/** The shares of both roles. */
export function Shares() {
  const { t } = useLingui();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const set = useCallback(
    (change: ShareFilter) => void navigate({ search: (filter) => ({ ...filter, ...change }), replace: true }),
    [navigate],
  );
  const search = useCallback((q: string | undefined) => set({ q }), [set]);
  const list = useInfiniteQuery(shares(filter));
  return (
    <Page
      title={t`Shares`}
      wide
      lead={<Trans>What you asked others for, and what others asked of you.</Trans>}
      actions={
        <LinkButton to="/shares/new" leftSection={<IconPlus size={16} aria-hidden />}>
          <Trans>Request installations</Trans>
        </LinkButton>
      }
    >
      <RoleTabs filter={filter} />
      <Toolbar>
        <SearchField label={t`Search by name or company`} value={filter.q} onSearch={search} />
        <StatusFilter filter={filter} onChange={(status) => set({ status })} />
        {filter.connectionId !== undefined && (
          <ConnectionFilter id={filter.connectionId} onClear={() => set({ connectionId: undefined })} />
        )}
      </Toolbar>
      <ListTable
        label={t`Shares`}
        query={list}
        columns={useColumns()}
        idOf={({ id }) => id}
        empty={<NoShares filter={filter} />}
      />
    </Page>
  );
}

function RoleTabs({ filter }: { readonly filter: ShareFilter }) {
  const { t } = useLingui();
  const tabs = [
    { role: undefined, name: t`All` },
    { role: 'provider', name: t`Asked of you` },
    { role: 'requester', name: t`Asked by you` },
  ] as const;
  return (
    <Tabs label={t`Shares by role`}>
      {tabs.map(({ role, name }) => (
        <TabLink
          key={name}
          from="/shares"
          to="/shares"
          search={{ ...filter, role }}
          shown={filter.role === role}
        >
          {name}
        </TabLink>
      ))}
    </Tabs>
  );
}

interface StatusFilterProps {
  readonly filter: ShareFilter;
  readonly onChange: (status: ShareStatus | undefined) => void;
}

function StatusFilter({ filter: { status, role }, onChange }: StatusFilterProps) {
  const { t } = useLingui();
  const name = useShareStatusName();
  return (
    <Select
      aria-label={t`Status`}
      placeholder={t`Any status`}
      clearable
      clearButtonProps={{ 'aria-label': t`Any status` }}
      value={status ?? null}
      onChange={(value) => onChange((value as ShareStatus | null) ?? undefined)}
      data={SHARE_STATUSES_IN_ORDER.map((value) => ({ value, label: name(value, role) }))}
    />
  );
}

function ConnectionFilter({ id, onClear }: { readonly id: string; readonly onClear: () => void }) {
  const { t } = useLingui();
  const { data } = useQuery(connection(id));
  return (
    <Group gap={4}>
      <Trans>Over {data?.counterparty?.name ?? data?.label ?? '…'}</Trans>
      <CloseButton size="sm" aria-label={t`Over any connection`} onClick={onClear} />
    </Group>
  );
}

function useColumns(): readonly Column<Share>[] {
  const { t } = useLingui();
  return [
    {
      key: 'name',
      header: t`Name`,
      width: 'minmax(0, 3fr)',
      cell: ({ id, name }) => (
        <Link to="/shares/$shareId" params={{ shareId: id }} className={rowLink} title={name}>
          {name}
        </Link>
      ),
    },
    {
      key: 'party',
      header: t`Other party`,
      width: 'minmax(0, 2fr)',
      onPhone: true,
      cell: ({ counterparty }) => counterparty.name,
    },
    {
      key: 'status',
      header: t`Status`,
      width: '124px',
      onPhone: true,
      cell: ({ status, role }) => <ShareStatusBadge status={status} side={role} />,
    },
    {
      key: 'installations',
      header: t`Installations`,
      width: '88px',
      isNumber: true,
      cell: ({ items }) => items.total || '–',
    },
    {
      key: 'revocable',
      header: t`Revocable until`,
      width: '132px',
      cell: ({ revocableUntil }) => <RevocableUntil until={revocableUntil} />,
    },
    {
      key: 'changed',
      header: t`Last change`,
      width: '118px',
      onPhone: true,
      cell: ({ lastChangedAt }) => <Time at={lastChangedAt} />,
    },
  ];
}

function NoShares({ filter }: { readonly filter: ShareFilter }) {
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return isFiltered ? (
    <EmptyState icon={IconArrowsExchange} title={<Trans>No share fits</Trans>}>
      <Trans>
        No share of that status matches the search. <Link to="/shares">Show all shares</Link>
      </Trans>
    </EmptyState>
  ) : (
    <EmptyState icon={IconArrowsExchange} title={<Trans>No shares yet</Trans>}>
      <Trans>
        A share is one request for installations, over a connection, with everything that follows from it. Ask
        a company that you are connected with, or wait to be asked.
      </Trans>
    </EmptyState>
  );
}
