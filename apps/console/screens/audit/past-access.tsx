import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconDownload, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link, useRouteContext } from '@tanstack/react-router';
import { tessera } from '../../api/client.ts';
import { type AccessInterval, accessIntervals } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { type Column, ListTable, rowLink } from '../../parts/list-table.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { saveAs } from '../../parts/save-as.ts';
import { dateOf, exactly } from '../../parts/time.tsx';
import { useAccessTypeName } from '../../parts/words.ts';

interface PastAccessProps {
  readonly kind: 'installations' | 'accounts';
  readonly id: string;
  /** Without it, ever. */
  readonly at: string | undefined;
}

/** Who had access to an installation, or to what a company had access: when, by whose decision, and how it ended. */
export function PastAccess({ kind, id, at }: PastAccessProps) {
  const { t } = useLingui();
  const list = useInfiniteQuery(
    accessIntervals(kind === 'accounts' ? { account: id, at } : { installation: id, at }),
  );
  const evidence = useEvidence();
  const columns = [...useColumns(kind), ...evidence.columns];
  return (
    <>
      {evidence.error && <ProblemNotice error={evidence.error} />}
      <ListTable
        label={t`Access`}
        query={list}
        columns={columns}
        idOf={({ installation, account, since, path }) =>
          `${installation.id} ${account.id} ${path.at(-1)?.grantId ?? since}`
        }
        empty={
          <EmptyState icon={IconUsers} title={<Trans>Nobody had access</Trans>}>
            <Trans>It may have been different at another time.</Trans>
          </EmptyState>
        }
      />
    </>
  );
}

function useColumns(kind: PastAccessProps['kind']): readonly Column<AccessInterval>[] {
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
      key: 'while',
      header: t`While`,
      width: '',
      onlyOnPhone: true,
      cell: (interval) => {
        const since = dateOf(interval.since, i18n.locale);
        return interval.until === undefined ? t`since ${since}` : `${since} – ${ended(interval)}`;
      },
    },
    {
      key: 'since',
      header: t`Since`,
      width: '120px',
      cell: ({ since }) => <span title={exactly(since, i18n.locale)}>{dateOf(since, i18n.locale)}</span>,
    },
    {
      key: 'until',
      header: t`Until`,
      width: 'minmax(0, 2.4fr)',
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

/** For auditors: what proves an access, to be checked elsewhere. */
function useEvidence(): { readonly columns: readonly Column<AccessInterval>[]; readonly error: unknown } {
  const { t } = useLingui();
  const { roles } = useRouteContext({ from: '/shell' }).session;
  const { error, isPending, variables, mutate } = useMutation({
    mutationFn: async ({ installation, account }: AccessInterval) => {
      const query = { installation: installation.id, account: account.id };
      const pack = await tessera.get('/v1/audit/evidence', { params: { query } });
      const name = `evidence-${installation.id}-${account.id}.json`;
      saveAs(name, 'application/json', JSON.stringify(pack));
    },
  });
  const column: Column<AccessInterval> = {
    key: 'evidence',
    header: t`Evidence`,
    width: '150px',
    onPhone: true,
    cell: (interval) => (
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconDownload size={14} aria-hidden />}
        loading={isPending && variables === interval}
        onClick={() => mutate(interval)}
      >
        <Trans>Evidence</Trans>
      </Button>
    ),
  };
  return { columns: roles.includes('auditor') ? [column] : [], error };
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
