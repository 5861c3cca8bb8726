import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { givenOfCustomers } from '../../api/queries.ts';
import { ListTable, rowLink } from '../../parts/list-table.tsx';
import { howMany, NobodyElse } from './by-company.tsx';

/** The customers to whose machines others have access, each with how many. */
export function ByCustomer({ on }: { readonly on: string | undefined }) {
  const { i18n, t } = useLingui();
  const list = useInfiniteQuery(givenOfCustomers({ on }));
  return (
    <ListTable
      label={t`Customers whose machines others have access to`}
      query={list}
      idOf={({ customer }) => customer.id}
      empty={<NobodyElse on={on} />}
      order={(one, other) => nameOf(one).localeCompare(nameOf(other), i18n.locale)}
      columns={[
        {
          key: 'customer',
          header: t`Customer`,
          width: 'minmax(0, 3fr)',
          isOrder: true,
          cell: (row) => (
            <Link
              to="/access"
              search={{ by: 'installation', on, customer: row.customer.id }}
              className={rowLink}
            >
              {nameOf(row)}
            </Link>
          ),
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

const nameOf = ({
  customer: { id, name },
}: {
  readonly customer: { readonly id: string; readonly name?: string };
}) => name ?? id;
