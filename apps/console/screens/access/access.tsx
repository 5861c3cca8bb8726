import { Trans, useLingui } from '@lingui/react/macro';
import { CloseButton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { customer as customerQuery } from '../../api/queries.ts';
import { Page } from '../../parts/page.tsx';
import { TabLink, Tabs } from '../../parts/tabs.tsx';
import { dayOf } from '../../parts/time.tsx';
import { Toolbar } from '../../parts/toolbar.tsx';
import classes from './access.module.css';
import { ByCompany } from './by-company.tsx';
import { ByCustomer } from './by-customer.tsx';
import { ByInstallation } from './by-installation.tsx';
import { ExportButton } from './export-button.tsx';
import { ACCESS_TABS, type AccessTab, type GivenFilter, someDay } from './given.ts';

const route = getRouteApi('/shell/access');

/** Who has access to the account's machines, given by it or by those it gave it to. */
export function Access() {
  const { i18n, t } = useLingui();
  const { by = 'company', ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: GivenFilter) =>
    void navigate({ search: (current) => ({ ...current, ...change }), replace: true });
  return (
    <Page
      title={t`Access`}
      lead={
        filter.on === undefined ? (
          <Trans>Who has access to your machines, from you or from those you gave it to.</Trans>
        ) : (
          <Trans>Who had access to your machines at the end of {dayOf(filter.on, i18n.locale)}.</Trans>
        )
      }
      actions={<ExportButton filter={filter} />}
      wide
    >
      <AccessTabs current={by} on={filter.on} />
      <Toolbar>
        <TextInput
          type="date"
          label={<Trans>At the end of</Trans>}
          value={filter.on ?? ''}
          onChange={({ currentTarget }) => set({ on: someDay(currentTarget.value) })}
        />
        {by === 'installation' && (
          <Chosen filter={filter} onClear={() => set({ account: undefined, customer: undefined })} />
        )}
      </Toolbar>
      {by === 'company' && <ByCompany on={filter.on} />}
      {by === 'customer' && <ByCustomer on={filter.on} />}
      {by === 'installation' && <ByInstallation filter={filter} />}
    </Page>
  );
}

function AccessTabs({ current, on }: { readonly current: AccessTab; readonly on: string | undefined }) {
  const { t } = useLingui();
  const names: Readonly<Record<AccessTab, string>> = {
    company: t`By company`,
    customer: t`By customer`,
    installation: t`By machine`,
  };
  return (
    <Tabs label={t`Access listed by`}>
      {ACCESS_TABS.map((by) => (
        <TabLink
          key={by}
          to="/access"
          search={{ by: by === 'company' ? undefined : by, on }}
          shown={by === current}
        >
          {names[by]}
        </TabLink>
      ))}
    </Tabs>
  );
}

interface ChosenProps {
  readonly filter: GivenFilter;
  readonly onClear: () => void;
}

/** Of which company or customer alone the access is shown. */
function Chosen({ filter: { account, customer }, onClear }: ChosenProps) {
  const { t } = useLingui();
  if (account === undefined && customer === undefined) return null;
  return (
    <p className={classes.chosen}>
      {customer === undefined ? <Trans>Of one company</Trans> : <OfCustomer id={customer} />}
      <CloseButton size="sm" aria-label={t`Show all`} onClick={onClear} />
    </p>
  );
}

function OfCustomer({ id }: { readonly id: string }) {
  const { data } = useQuery(customerQuery(id));
  return <Trans>Machines of {data?.name ?? '…'}</Trans>;
}
