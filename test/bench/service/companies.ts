import { newId } from '#application';
import type { Role } from '#domain/kernel';
import type { Service } from '../../../apps/api/service.ts';

/** Sends a request as a member of an account. Returns the id of the changed object. */
export type Ask = (account: string, role: Role, type: string, data: object) => Promise<string>;

export function askOf(service: Service): Ask {
  return async (account, role, type, data) => {
    const actor = { account, user: 'bench', roles: [role] };
    return (await service.gateway.send({ id: newId(), type, data, actor })).id;
  };
}

/** Two connected companies: the provider shares with the requester. */
export interface Parties {
  readonly provider: string;
  readonly requester: string;
  readonly connectionId: string;
}

export interface Companies extends Parties {
  /** The requester, as the provider of a third company. */
  readonly onwards: Parties;
}

export async function foundCompanies(service: Service): Promise<Companies> {
  const provider = await register(service, 'Nordic Cooling');
  const requester = await register(service, 'Harbour Service');
  const third = await register(service, 'Quay Repairs');
  return {
    ...(await connect(service, provider, requester)),
    onwards: await connect(service, requester, third),
  };
}

async function connect(service: Service, provider: string, requester: string): Promise<Parties> {
  const { id: connectionId, token } = await service.gateway.send({
    id: newId(),
    type: 'CreateConnection',
    data: { label: 'Requester' },
    actor: { account: provider, user: 'bench', roles: ['administrator'] },
  });
  const accepting = { token, label: 'Provider' };
  await askOf(service)(requester, 'administrator', 'AuthenticateConnection', accepting);
  return { provider, requester, connectionId };
}

function register(service: Service, name: string): Promise<string> {
  const accountId = newId();
  const company = {
    name,
    vatNumber: 'NL001234567B01',
    street: 'Havenstraat 1',
    postalCode: '3011 AA',
    city: 'Rotterdam',
    country: 'NL',
  };
  return askOf(service)(accountId, 'operator', 'RegisterAccount', {
    accountId,
    kind: 'service',
    name,
    company,
  });
}
