import { useLingui } from '@lingui/react/macro';
import {
  IconAirConditioning,
  IconArrowsExchange,
  IconBuildingStore,
  IconBuildings,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { few } from '../../api/queries.ts';
import { useShareStatusName } from '../../parts/words.ts';
import type { Session } from '../../session/session.ts';
import type { Group } from './entry.ts';

/** What the service finds by these words, of what whoever asks may see. */
export function useFound(
  { account, roles }: Session,
  q: string,
): { readonly groups: readonly Group[]; readonly isSearching: boolean } {
  const { t } = useLingui();
  const navigate = useNavigate();
  const statusName = useShareStatusName();
  const ofMembers = { enabled: q !== '' && account !== undefined };
  const shares = useQuery({ ...few('shares', '/v1/shares', q), ...ofMembers });
  const customers = useQuery({ ...few('customers', '/v1/customers', q), ...ofMembers });
  const installations = useQuery({ ...few('installations', '/v1/installations', q), ...ofMembers });
  const companies = useQuery({
    ...few('companies', '/v1/accounts', q),
    enabled: q !== '' && roles.includes('auditor'),
  });
  const groups: readonly Group[] = [
    {
      name: t`Shares`,
      entries: (shares.data ?? []).map(({ id, name, counterparty, status, role }) => ({
        key: id,
        name,
        more: [counterparty.name, statusName(status, role)].join(' · '),
        icon: IconArrowsExchange,
        go: () => void navigate({ to: '/shares/$shareId', params: { shareId: id } }),
      })),
    },
    {
      name: t`Customers`,
      entries: (customers.data ?? []).map(({ id, name, address }) => ({
        key: id,
        name,
        more: address.city,
        icon: IconBuildingStore,
        go: () => void navigate({ to: '/catalogue/customers/$customerId', params: { customerId: id } }),
      })),
    },
    {
      name: t`Installations`,
      entries: (installations.data ?? []).map(({ id, reference, brand, model, place }) => ({
        key: id,
        name: reference,
        more: [[brand, model].filter(Boolean).join(' '), place.customer, place.location]
          .filter(Boolean)
          .join(' · '),
        icon: IconAirConditioning,
        go: () => void navigate({ to: '/installations/$installationId', params: { installationId: id } }),
      })),
    },
    {
      name: t`Companies`,
      entries: (companies.data ?? []).map(({ id, name, company }) => ({
        key: id,
        name,
        more: company.city,
        icon: IconBuildings,
        go: () => void navigate({ to: '/audit/$kind/$id', params: { kind: 'accounts', id } }),
      })),
    },
  ];
  return {
    groups,
    isSearching: [shares, customers, installations, companies].some((query) => query.isFetching),
  };
}
