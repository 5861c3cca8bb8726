import { Trans, useLingui } from '@lingui/react/macro';
import { IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { givenToAccounts } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ListTable, rowLink } from '../../parts/list-table.tsx';
import { useKindName } from '../../parts/words.ts';

/** The companies that have access, each to how many machines. */
export function ByCompany({ on }: { readonly on: string | undefined }) {
  const { t } = useLingui();
  const kindName = useKindName();
  const list = useInfiniteQuery(givenToAccounts({ on }));
  return (
    <ListTable
      label={t`Companies with access`}
      query={list}
      idOf={({ account }) => account.id}
      empty={<NobodyElse on={on} />}
      columns={[
        {
          key: 'company',
          header: t`Company`,
          width: 'minmax(0, 3fr)',
          cell: ({ account: { id, name } }) => (
            <Link to="/access" search={{ by: 'installation', on, account: id }} className={rowLink}>
              {name}
            </Link>
          ),
        },
        {
          key: 'kind',
          header: t`Kind`,
          width: 'minmax(0, 2fr)',
          onPhone: true,
          cell: ({ account: { kind } }) => kind && kindName(kind),
        },
        {
          key: 'installations',
          header: t`Installations`,
          width: '110px',
          isNumber: true,
          onPhone: true,
          cell: ({ installations }) => installations,
        },
      ]}
    />
  );
}

/** Nobody but the account itself has access. */
export function NobodyElse({ on }: { readonly on: string | undefined }) {
  return (
    <EmptyState
      icon={IconUsers}
      title={
        on === undefined ? (
          <Trans>Nobody else has access to your machines</Trans>
        ) : (
          <Trans>Nobody else had access to your machines then</Trans>
        )
      }
    >
      <Trans>When you approve a share, you see here who has access to what, and since when.</Trans>
    </EmptyState>
  );
}
