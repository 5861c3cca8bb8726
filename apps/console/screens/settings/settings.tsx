import { Trans, useLingui } from '@lingui/react/macro';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ownAccount } from '../../api/queries.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { TabLink, Tabs } from '../../parts/tabs.tsx';
import { Api } from './api.tsx';
import { Company } from './company.tsx';
import type { SETTINGS_TABS } from './tab.ts';
import { Webhooks } from './webhooks.tsx';
import { You } from './you.tsx';

const route = getRouteApi('/shell/settings');

type Tab = (typeof SETTINGS_TABS)[number];

/** Settings of the company, the signed-in person, and integrations. */
export function Settings() {
  const { t } = useLingui();
  const { tab = 'company' } = route.useSearch();
  const query = useQuery(ownAccount());
  return (
    <Page
      title={t`Settings`}
      wide={tab === 'webhooks'}
      lead={<Trans>Your company, you, and the software that works with Tessera for you.</Trans>}
    >
      <SettingsTabs shown={tab} />
      {tab === 'api' ? (
        <Api />
      ) : (
        <Loaded query={query} skeleton={<Skeleton height={240} />}>
          {(account) => (
            <>
              {tab === 'company' && <Company account={account} />}
              {tab === 'you' && <You account={account} />}
              {tab === 'webhooks' && <Webhooks account={account} />}
            </>
          )}
        </Loaded>
      )}
    </Page>
  );
}

function SettingsTabs({ shown }: { readonly shown: Tab }) {
  const { t } = useLingui();
  const names: Readonly<Record<Tab, string>> = {
    company: t`Company`,
    you: t`You`,
    webhooks: t`Webhooks`,
    api: t`API`,
  };
  return (
    <Tabs label={t`What is set`}>
      {(Object.keys(names) as Tab[]).map((one) => (
        <TabLink
          key={one}
          to="/settings"
          search={{ tab: one === 'company' ? undefined : one }}
          shown={shown === one}
        >
          {names[one]}
        </TabLink>
      ))}
    </Tabs>
  );
}
