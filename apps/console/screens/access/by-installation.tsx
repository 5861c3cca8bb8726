import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type AccessInterval, givenAccess } from '../../api/queries.ts';
import { type Column, ListTable, rowLink } from '../../parts/list-table.tsx';
import { Time } from '../../parts/time.tsx';
import { useAccessTypeName } from '../../parts/words.ts';
import { NobodyElse } from './by-company.tsx';
import { endOf, type GivenFilter } from './given.ts';

/** Each access that others have, machine by machine. */
export function ByInstallation({ filter: { on, account, customer } }: { readonly filter: GivenFilter }) {
  const { t } = useLingui();
  const list = useInfiniteQuery(givenAccess({ at: endOf(on), account, customer }));
  return (
    <ListTable
      label={t`Access to your machines`}
      query={list}
      columns={useColumns(on)}
      idOf={({ installation, account, path }) =>
        `${installation.id} ${account.id} ${path.at(-1)?.grantId ?? ''}`
      }
      empty={<NobodyElse on={on} />}
    />
  );
}

function useColumns(on: string | undefined): readonly Column<AccessInterval>[] {
  const { t } = useLingui();
  const accessTypeName = useAccessTypeName();
  return [
    {
      key: 'installation',
      header: t`Installation`,
      width: 'minmax(0, 1.4fr)',
      cell: ({ installation: { id, reference, token, brand, model } }) => (
        <Link
          to="/installations/$installationId"
          params={{ installationId: id }}
          search={{ tab: 'access' }}
          className={rowLink}
          title={[brand, model].filter(Boolean).join(' ')}
        >
          {reference ?? token}
        </Link>
      ),
    },
    {
      key: 'company',
      header: t`Company`,
      width: 'minmax(0, 2.3fr)',
      onPhone: true,
      cell: ({ account }) => account.name,
    },
    {
      key: 'type',
      header: t`Access`,
      width: '170px',
      onPhone: true,
      cell: ({ type }) => accessTypeName(type, 'giver'),
    },
    {
      key: 'from',
      header: t`Given by`,
      width: 'minmax(0, 2fr)',
      cell: ({ path }) => {
        const last = path.at(-1);
        return last === undefined ? (
          '–'
        ) : (
          <Link to="/audit/$kind/$id" params={{ kind: 'shares', id: last.shareId }}>
            {last.giver.name}
          </Link>
        );
      },
    },
    {
      key: 'since',
      header: t`Since`,
      width: '118px',
      // What ended since a day in the past is listed apart.
      isOrder: on === undefined,
      cell: ({ since }) => <Time at={since} />,
    },
  ];
}
