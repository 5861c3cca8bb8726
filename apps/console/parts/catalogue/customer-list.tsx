import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type Customer, customers } from '../../api/queries.ts';
import { type Column, ListTable, rowLink } from '../list-table.tsx';
import { useAddressColumns } from './columns.tsx';

interface CustomerListProps {
  readonly q?: string;
  readonly empty: ReactNode;
}

export function CustomerList({ q, empty }: CustomerListProps) {
  const { t } = useLingui();
  const query = useInfiniteQuery(customers({ q }));
  return (
    <ListTable
      label={t`Customers`}
      query={query}
      columns={useColumns()}
      idOf={({ id }) => id}
      empty={empty}
    />
  );
}

function useColumns(): readonly Column<Customer>[] {
  const { t } = useLingui();
  const { street, city } = useAddressColumns();
  return [
    {
      key: 'name',
      header: t`Name`,
      width: 'minmax(0, 3fr)',
      cell: ({ id, name }) => (
        <Link
          to="/catalogue/customers/$customerId"
          params={{ customerId: id }}
          className={rowLink}
          title={name}
        >
          {name}
        </Link>
      ),
    },
    street,
    city,
    {
      key: 'vat',
      header: t`VAT number`,
      width: '150px',
      cell: ({ vatNumber }) => vatNumber ?? '–',
    },
    {
      key: 'number',
      header: t`Customer number`,
      width: '140px',
      cell: ({ customerNumber }) => customerNumber ?? '–',
    },
  ];
}
