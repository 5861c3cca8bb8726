import { Trans, useLingui } from '@lingui/react/macro';
import { IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type AccessInterval, accessIntervals } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { type Column, ListTable, rowLink } from '../../parts/list-table.tsx';
import { dateOf, exactly } from '../../parts/time.tsx';
import { useAccessTypeName } from '../../parts/words.ts';

interface AccessThenProps {
  readonly kind: 'installations' | 'accounts';
  readonly id: string;
  /** Without it, ever. */
  readonly at: string | undefined;
}

/** Who had access to an installation, or to what a company had access: when, by whose decision, and how it ended. */
export function AccessThen({ kind, id, at }: AccessThenProps) {
  const { t } = useLingui();
  const list = useInfiniteQuery(
    accessIntervals(kind === 'accounts' ? { account: id, at } : { installation: id, at }),
  );
  return (
    <ListTable
      label={t`Access`}
      query={list}
      columns={useColumns(kind)}
      idOf={({ installation, account, since, path }) =>
        `${installation.id} ${account.id} ${path.at(-1)?.grantId ?? since}`
      }
      empty={
        <EmptyState icon={IconUsers} title={<Trans>Nobody had access</Trans>}>
          <Trans>At another moment it may have been otherwise.</Trans>
        </EmptyState>
      }
    />
  );
}

function useColumns(kind: AccessThenProps['kind']): readonly Column<AccessInterval>[] {
  const { i18n, t } = useLingui();
  const accessTypeName = useAccessTypeName();
  const ended = useEnded();
  return [
    kind === 'accounts'
      ? {
          key: 'installation',
          header: t`Installation`,
          width: 'minmax(0, 2fr)',
          cell: ({ installation: { id, reference, token } }) => (
            <Link
              to="/audit/$kind/$id"
              params={{ kind: 'installations', id }}
              search={{ tab: 'access' }}
              className={rowLink}
            >
              {reference ?? token}
            </Link>
          ),
        }
      : {
          key: 'account',
          header: t`Company`,
          width: 'minmax(0, 2fr)',
          cell: ({ account: { id, name } }) => (
            <Link to="/audit/$kind/$id" params={{ kind: 'accounts', id }} className={rowLink}>
              {name}
            </Link>
          ),
        },
    {
      key: 'type',
      header: t`Access`,
      width: '160px',
      onPhone: true,
      cell: ({ type }) => (type === 'root' ? t`Registered it` : accessTypeName(type, 'giver')),
    },
    {
      key: 'since',
      header: t`Since`,
      width: '120px',
      onPhone: true,
      cell: ({ since }) => <span title={exactly(since, i18n.locale)}>{dateOf(since, i18n.locale)}</span>,
    },
    {
      key: 'until',
      header: t`Until`,
      width: 'minmax(0, 2.4fr)',
      onPhone: true,
      cell: (interval) => ended(interval),
    },
    {
      key: 'by',
      header: t`Authorised by`,
      width: 'minmax(0, 2fr)',
      cell: ({ authorisedBy, path }) => {
        const who = [authorisedBy?.account.name, authorisedBy?.user].filter(Boolean).join(' · ');
        const share = path.at(-1)?.shareId;
        return share === undefined ? (
          who
        ) : (
          <Link to="/audit/$kind/$id" params={{ kind: 'shares', id: share }}>
            {who || <Trans>The share</Trans>}
          </Link>
        );
      },
    },
  ];
}

function useEnded(): (interval: AccessInterval) => string {
  const { i18n, t } = useLingui();
  return ({ until, ended }) => {
    if (until === undefined) return '–';
    const date = dateOf(until, i18n.locale);
    switch (ended?.kind) {
      case 'revoked':
        return t`${date}, revoked by ${ended.account.name}`;
      case 'returned':
        return t`${date}, given back`;
      case 'cascade':
        return t`${date}, with the access above it`;
      case 'expired':
        return t`${date}, as agreed`;
      case undefined:
        return date;
    }
  };
}
