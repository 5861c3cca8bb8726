import type { GrowthWorld } from './log.ts';

/** Something that is asked by one account. */
export interface Query {
  readonly name: string;
  readonly account: keyof GrowthWorld & ('big' | 'partner' | 'stranger');
  readonly path: string;
  /** Of a POST. */
  readonly body?: object;
}

/** What is asked of a log, page by page of fifty where it is a list. */
export function queriesOf(world: GrowthWorld): Query[] {
  const { big, partner, bigShare, busyInstallation, middle, request, customers } = world;
  const query = (name: string, path: string, account: Query['account'] = 'big', body?: object): Query => ({
    name,
    account,
    path: `/v1/${path}`,
    ...(body && { body }),
  });
  return [
    query('access.strangers', `access/installations?account=${big}`, 'stranger'),
    query('access.own', 'access/installations'),
    query('inbox.readOnes', 'inbox?read=true&pageSize=1'),
    query('inbox', 'inbox'),
    query('installations', 'installations'),
    query('installations.word', 'installations?q=Daikin'),
    query('installations.letter', 'installations?q=m'),
    query('customers.word', 'customers?q=Customer'),
    query('shares', 'shares'),
    query('shares.word', 'shares?q=maintenance'),
    query('dashboard.year', 'dashboard?days=366'),
    query('audit.installation', `audit/installations/${busyInstallation}`),
    query('audit.share', `audit/shares/${bigShare}`),
    query('audit.access.installation', `audit/access?installation=${busyInstallation}`),
    query('audit.access.ever', `audit/access?account=${big}`),
    query('audit.access.moment', `audit/access?account=${big}&at=${middle}`),
    query('audit.access.holder.moment', `audit/access?account=${partner}&at=${middle}`),
    query('audit.access.holder.period', `audit/access?account=${partner}&from=${middle}`, 'partner'),
    query('access.given.moment', `access/given?at=${middle}`),
    query('access.given.accounts', `access/given/accounts?on=${middle.slice(0, 10)}`),
    query('package', `shares/${bigShare}/package`, 'partner'),
    query('plan', `shares/${bigShare}/plan`, 'partner'),
    query('approval.preview', `shares/${request}/preview`, 'big', {
      level: 'customer',
      selection: customers,
      accessType: 'subcontractor',
    }),
    query('revocation.preview', `shares/${bigShare}/revocation-preview`, 'big', {}),
  ];
}
