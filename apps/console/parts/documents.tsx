import { Trans, useLingui } from '@lingui/react/macro';
import { IconFileText } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Activity } from '../api/queries.ts';
import { EmptyState } from './empty-state.tsx';
import { type Column, ListTable, type ListTableProps } from './list-table.tsx';
import { dayOf } from './time.tsx';
import { useActivityKindName } from './words.ts';

interface DocumentsProps<Row extends Activity> {
  readonly query: ListTableProps<Row>['query'];
  /** What is shown before what all documents have. */
  readonly first?: Column<Row>;
  /** Where they come from, where there are none. */
  readonly empty: ReactNode;
}

/** Work orders as they were issued, and files that were attached. */
export function Documents<Row extends Activity>({ query, first, empty }: DocumentsProps<Row>) {
  const { t } = useLingui();
  const columns = useColumns();
  return (
    <ListTable
      label={t`Documents`}
      query={query}
      columns={first === undefined ? columns : [first, ...columns]}
      idOf={({ id }) => id}
      empty={
        <EmptyState icon={IconFileText} title={<Trans>No documents yet</Trans>}>
          {empty}
        </EmptyState>
      }
    />
  );
}

function useColumns(): readonly Column<Activity>[] {
  const { i18n, t } = useLingui();
  const kindName = useActivityKindName();
  return [
    {
      key: 'document',
      header: t`Document`,
      width: 'minmax(0, 1.5fr)',
      onPhone: true,
      cell: ({ kind, document, attachment }) =>
        attachment === undefined ? (
          (document?.number ?? kindName(kind))
        ) : (
          <a href={attachment.url} target="_blank" rel="noreferrer">
            {attachment.name}
          </a>
        ),
    },
    {
      key: 'day',
      header: t`Work done on`,
      width: '132px',
      onPhone: true,
      cell: ({ performedOn }) => dayOf(performedOn, i18n.locale),
    },
    { key: 'summary', header: t`What was done`, width: 'minmax(0, 2fr)', cell: ({ summary }) => summary },
    {
      key: 'issued-by',
      header: t`Issued by`,
      width: 'minmax(0, 1.5fr)',
      cell: ({ document, account }) => document?.issuedBy.name ?? account.name,
    },
  ];
}
