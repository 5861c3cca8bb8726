import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Select } from '@mantine/core';
import { IconKey, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { type Connection, connections, ownAccount } from '../../api/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { type Column, ListTable, rowLink } from '../../parts/list-table.tsx';
import { Page } from '../../parts/page.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { Time } from '../../parts/time.tsx';
import { Toolbar } from '../../parts/toolbar.tsx';
import { useKindName } from '../../parts/words.ts';
import { ConnectionStatusBadge, useConnectionStatusName } from './connection-status.tsx';
import { CreateConnection } from './create-connection.tsx';
import { EnterToken } from './enter-token.tsx';
import { CONNECTION_STATUSES } from './status.ts';

const route = getRouteApi('/shell/connections');

/** The companies that the account shares with. */
export function Connections() {
  const { t } = useLingui();
  const { status, q, form } = route.useSearch();
  const navigate = route.useNavigate();
  const show = useCallback(
    (form: 'create' | 'enter' | undefined) =>
      void navigate({ search: (before) => ({ ...before, form }), replace: true }),
    [navigate],
  );
  const close = useCallback(() => show(undefined), [show]);
  const search = useCallback(
    (q: string | undefined) => void navigate({ search: (before) => ({ ...before, q }), replace: true }),
    [navigate],
  );
  const { data: account } = useQuery(ownAccount());
  const isAdministrator = account?.roles.includes('administrator') ?? false;
  const because = t`Only an administrator of your company connects it with others.`;
  const statusName = useConnectionStatusName();
  const isFiltered = status !== undefined || q !== undefined;
  return (
    <Page
      title={t`Connections`}
      wide
      lead={<Trans>The companies that you share installations with.</Trans>}
      actions={
        <>
          <ActionButton
            variant="default"
            leftSection={<IconKey size={16} aria-hidden />}
            allowed={isAdministrator}
            because={because}
            onClick={() => show('enter')}
          >
            <Trans>Enter a token</Trans>
          </ActionButton>
          <ActionButton
            leftSection={<IconPlus size={16} aria-hidden />}
            allowed={isAdministrator}
            because={because}
            onClick={() => show('create')}
          >
            <Trans>Create a connection</Trans>
          </ActionButton>
        </>
      }
    >
      <Toolbar>
        <SearchField label={t`Search by company or label`} value={q} onSearch={search} />
        <Select
          aria-label={t`Status`}
          placeholder={t`Any status`}
          clearable
          clearButtonProps={{ 'aria-label': t`Any status` }}
          value={status ?? null}
          onChange={(value) =>
            void navigate({
              search: (before) => ({
                ...before,
                status: (value as Connection['status'] | null) ?? undefined,
              }),
              replace: true,
            })
          }
          data={CONNECTION_STATUSES.map((value) => ({ value, label: statusName(value) }))}
        />
      </Toolbar>
      <ListTable
        label={t`Connections`}
        query={useInfiniteQuery(connections({ status, q }))}
        columns={useColumns()}
        idOf={({ id }) => id}
        empty={
          isFiltered ? (
            <EmptyState icon={IconPlugConnected} title={<Trans>No connection fits</Trans>}>
              <Link to="/connections">
                <Trans>Show all connections</Trans>
              </Link>
            </EmptyState>
          ) : (
            <EmptyState
              icon={IconPlugConnected}
              title={<Trans>Not connected with anyone yet</Trans>}
              action={
                isAdministrator && (
                  <Button onClick={() => show('create')}>
                    <Trans>Create a connection</Trans>
                  </Button>
                )
              }
            >
              <Trans>
                Shares travel along connections. Create one and hand its token to the other company, or enter
                a token that you were given.
              </Trans>
            </EmptyState>
          )
        }
      />
      <CreateConnection opened={isAdministrator && form === 'create'} onClose={close} />
      <EnterToken opened={isAdministrator && form === 'enter'} onClose={close} />
    </Page>
  );
}

function useColumns(): readonly Column<Connection>[] {
  const { t } = useLingui();
  const kindName = useKindName();
  return [
    {
      key: 'company',
      header: t`Company`,
      width: 'minmax(0, 3fr)',
      cell: ({ id, label, counterparty }) => (
        <Link to="/connections/$connectionId" params={{ connectionId: id }} className={rowLink}>
          {counterparty?.name ?? label}
        </Link>
      ),
    },
    {
      key: 'label',
      header: t`Your label`,
      width: 'minmax(0, 1.6fr)',
      cell: ({ label, counterparty }) => (label === counterparty?.name ? '–' : label),
    },
    {
      key: 'kind',
      header: t`Kind`,
      width: '222px',
      cell: ({ counterparty }) => (counterparty?.kind ? kindName(counterparty.kind) : '–'),
    },
    {
      key: 'provider',
      header: t`Asked of you`,
      width: '92px',
      isNumber: true,
      cell: ({ shares }) => shares.provider || '–',
    },
    {
      key: 'requester',
      header: t`Asked by you`,
      width: '92px',
      isNumber: true,
      cell: ({ shares }) => shares.requester || '–',
    },
    {
      key: 'status',
      header: t`Status`,
      width: '104px',
      onPhone: true,
      cell: ({ status }) => <ConnectionStatusBadge status={status} />,
    },
    {
      key: 'since',
      header: t`Since`,
      width: '92px',
      onPhone: true,
      cell: ({ since }) => <Time at={since} />,
    },
  ];
}
