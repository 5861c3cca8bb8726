import { useQuery } from '@tanstack/react-query';
import { customer, location } from '../../api/queries.ts';

interface OwnNameProps {
  readonly id: string;
  /** The name in the plan, if it is there. */
  readonly known?: string;
}

/** How a customer of one's own is called. */
export function OwnCustomerName({ id, known }: OwnNameProps) {
  const { data } = useQuery({ ...customer(id), enabled: known === undefined });
  return known ?? data?.name ?? '…';
}

/** How a location of one's own is called. */
export function OwnLocationName({ id, known }: OwnNameProps) {
  const { data } = useQuery({ ...location(id), enabled: known === undefined });
  return known ?? data?.name ?? '…';
}
