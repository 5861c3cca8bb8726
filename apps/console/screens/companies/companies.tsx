import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconBuildings, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouteContext } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { companies, type ListedAccount } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { type Column, ListTable, rowLink } from '../../parts/list-table.tsx';
import { Page } from '../../parts/page.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { Toolbar } from '../../parts/toolbar.tsx';
import { useKindName } from '../../parts/words.ts';
import { RegisterCompany } from './register-company.tsx';

const route = getRouteApi('/shell/companies');

/** Every company of the platform: auditors go on to what became of it, operators register others. */
export function Companies() {
  const { t } = useLingui();
  const { roles } = useRouteContext({ from: '/shell' }).session;
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const find = useCallback(
    (q: string | undefined) => void navigate({ search: q === undefined ? {} : { q }, replace: true }),
    [navigate],
  );
  const [isRegistering, setRegistering] = useState(false);
  const list = useInfiniteQuery(companies({ q }));
  const columns = useColumns(roles.includes('auditor'));
  return (
    <Page
      title={t`Companies`}
      wide
      lead={
        roles.includes('auditor') ? (
          <Trans>Open one to read its history, and what it had access to.</Trans>
        ) : (
          <Trans>Who is registered on this platform.</Trans>
        )
      }
      actions={
        roles.includes('operator') && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setRegistering(true)}>
            <Trans>Register a company</Trans>
          </Button>
        )
      }
    >
      <Toolbar>
        <SearchField label={t`Search by name, town or VAT number`} value={q} onSearch={find} />
      </Toolbar>
      <ListTable
        label={t`Companies`}
        query={list}
        columns={columns}
        idOf={({ id }) => id}
        empty={
          q === undefined ? (
            <EmptyState icon={IconBuildings} title={<Trans>No company is registered yet</Trans>}>
              <Trans>An operator of the platform registers the companies that share installations.</Trans>
            </EmptyState>
          ) : (
            <EmptyState icon={IconBuildings} title={<Trans>No company fits</Trans>}>
              <Trans>Search by the beginning of a word of its name, by its town, or by its VAT number.</Trans>
            </EmptyState>
          )
        }
      />
      {isRegistering && <RegisterCompany onClose={() => setRegistering(false)} />}
    </Page>
  );
}

function useColumns(leadToAudit: boolean): readonly Column<ListedAccount>[] {
  const { t } = useLingui();
  const kindName = useKindName();
  return [
    {
      key: 'name',
      header: t`Name`,
      width: 'minmax(0, 2fr)',
      cell: ({ id, name }) =>
        leadToAudit ? (
          <Link to="/audit/$kind/$id" params={{ kind: 'accounts', id }} className={rowLink}>
            {name}
          </Link>
        ) : (
          name
        ),
    },
    {
      key: 'kind',
      header: t`Kind`,
      width: '240px',
      onPhone: true,
      cell: ({ kind }) => kindName(kind),
    },
    {
      key: 'city',
      header: t`City`,
      width: 'minmax(0, 1fr)',
      onPhone: true,
      cell: ({ company }) => company.city,
    },
    { key: 'vat', header: t`VAT number`, width: '160px', cell: ({ company }) => company.vatNumber },
  ];
}
