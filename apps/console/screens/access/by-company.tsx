import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { givenToAccounts } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { type Column, ListTable, rowLink } from '../../parts/list-table.tsx';
import { useKindName } from '../../parts/words.ts';

/** The companies that have access, each to how many machines. */
export function ByCompany({ on }: { readonly on: string | undefined }) {
  const { i18n, t } = useLingui();
  const kindName = useKindName();
  const list = useInfiniteQuery(givenToAccounts({ on }));
  return (
    <ListTable
      label={t`Companies with access`}
      query={list}
      idOf={({ account }) => account.id}
      empty={<NobodyElse on={on} />}
      order={(one, other) => one.account.name.localeCompare(other.account.name, i18n.locale)}
      columns={[
        {
          key: 'company',
          header: t`Company`,
          width: 'minmax(0, 3fr)',
          isOrder: true,
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
          cell: ({ installations }) => i18n.number(installations),
        },
        howMany,
      ]}
    />
  );
}

/** On a phone, where no header says of what. */
export const howMany: Column<{ readonly installations: number }> = {
  key: 'how-many',
  header: <Trans>Installations</Trans>,
  width: '',
  onlyOnPhone: true,
  cell: ({ installations }) => <Plural value={installations} one="# installation" other="# installations" />,
};

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
