import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { givenOfCustomers } from '../../api/queries.ts';
import { ListTable, rowLink } from '../../parts/list-table.tsx';
import { NobodyElse } from './by-company.tsx';

/** The customers to whose machines others have access, each with how many. */
export function ByCustomer({ on }: { readonly on: string | undefined }) {
  const { t } = useLingui();
  const list = useInfiniteQuery(givenOfCustomers({ on }));
  return (
    <ListTable
      label={t`Customers whose machines others have access to`}
      query={list}
      idOf={({ customer }) => customer.id}
      empty={<NobodyElse on={on} />}
      columns={[
        {
          key: 'customer',
          header: t`Customer`,
          width: 'minmax(0, 3fr)',
          cell: ({ customer: { id, name } }) => (
            <Link to="/access" search={{ by: 'installation', on, customer: id }} className={rowLink}>
              {name ?? id}
            </Link>
          ),
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
