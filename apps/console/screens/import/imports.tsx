import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconFileImport } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { catalogueImports, type ListedImport } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { type Column, ListTable, rowLink } from '../../parts/list-table.tsx';
import { exactly } from '../../parts/time.tsx';
import classes from './import.module.css';
import { ImportStatus } from './import-status.tsx';

/** What was imported before, and how that came out. */
export function Imports() {
  const { t } = useLingui();
  const query = useInfiniteQuery(catalogueImports());
  return (
    <section className={classes.imports}>
      <h2>
        <Trans>Imports so far</Trans>
      </h2>
      <ListTable
        label={t`Imports so far`}
        query={query}
        columns={useColumns()}
        idOf={({ id }) => id}
        empty={
          <EmptyState icon={IconFileImport} title={<Trans>Nothing was imported yet</Trans>}>
            <Trans>Each file that you import is listed here, with the rows that were left out of it.</Trans>
          </EmptyState>
        }
      />
    </section>
  );
}

function useColumns(): readonly Column<ListedImport>[] {
  const { i18n, t } = useLingui();
  const number = new Intl.NumberFormat(i18n.locale);
  return [
    {
      key: 'started',
      header: t`Started`,
      width: 'minmax(0, 2fr)',
      cell: ({ id, startedAt }) => (
        <Link to="/catalogue/import" search={{ id }} className={rowLink}>
          {exactly(startedAt, i18n.locale)}
        </Link>
      ),
    },
    {
      key: 'status',
      header: t`Status`,
      width: 'minmax(0, 2fr)',
      onPhone: true,
      cell: ({ status, failed }) => <ImportStatus status={status} failed={failed} />,
    },
    {
      key: 'imported',
      header: t`Imported`,
      width: '120px',
      isNumber: true,
      cell: ({ imported }) => number.format(imported),
    },
    {
      key: 'failed',
      header: t`Left out`,
      width: '120px',
      isNumber: true,
      onPhone: true,
      cell: ({ failed }) => <Plural value={failed} _0="none" one="# row" other="# rows" />,
    },
  ];
}
