import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Checkbox, Select } from '@mantine/core';
import { IconBuildingStore, IconFileImport, IconPlus } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { CustomerForm } from '../../parts/catalogue/customer-form.tsx';
import { CustomerList } from '../../parts/catalogue/customer-list.tsx';
import { InstallationList } from '../../parts/catalogue/installation-list.tsx';
import { LocationList } from '../../parts/catalogue/location-list.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Page } from '../../parts/page.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { TabLink, Tabs } from '../../parts/tabs.tsx';
import { Toolbar } from '../../parts/toolbar.tsx';
import { ACCESS_FILTERS, type AccessFilter, useAccessFilterName } from '../../parts/words.ts';

const route = getRouteApi('/shell/catalogue');

type Search = ReturnType<typeof route.useSearch>;

/** What the account keeps: its customers, their locations, and all installations. */
export function Catalogue() {
  const { i18n, t } = useLingui();
  const search = route.useSearch();
  const { show = 'customers', q } = search;
  const navigate = route.useNavigate();
  const set = useCallback(
    (change: Search) => navigate({ search: (search) => ({ ...search, ...change }), replace: true }),
    [navigate],
  );
  const find = useCallback((q: string | undefined) => void set({ q }), [set]);
  const add = () => void set({ form: 'customer' });
  const close = () => set({ form: undefined });
  const isFiltered = q !== undefined || search.access !== undefined || search.archived !== undefined;
  const empty = isFiltered ? <NothingFits show={search.show} /> : <NothingYet onAdd={add} />;
  return (
    <Page
      title={t`Catalogue`}
      wide
      lead={<Trans>Your customers, where they are, and the installations there.</Trans>}
      actions={
        <>
          <LinkButton
            to="/catalogue/import"
            variant="default"
            leftSection={<IconFileImport size={16} aria-hidden />}
          >
            <Trans>Import a file</Trans>
          </LinkButton>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            <Trans>Add customer</Trans>
          </Button>
        </>
      }
    >
      <CatalogueTabs search={search} />
      <Toolbar>
        <SearchField label={i18n._(SEARCHES[show])} value={q} onSearch={find} />
        {show === 'installations' && (
          <InstallationFilters search={search} onChange={(change) => void set(change)} />
        )}
      </Toolbar>
      {show === 'customers' && <CustomerList q={q} empty={empty} />}
      {show === 'locations' && <LocationList filter={{ q }} empty={empty} />}
      {show === 'installations' && (
        <InstallationList
          filter={{ q, access: search.access, archived: search.archived ?? (isFiltered ? undefined : false) }}
          empty={empty}
        />
      )}
      {search.form === 'customer' && (
        <CustomerForm
          onClose={() => void close()}
          // Whoever goes back from the customer finds the list, not the form.
          onAdded={(customerId) =>
            void close().then(() =>
              navigate({ to: '/catalogue/customers/$customerId', params: { customerId } }),
            )
          }
        />
      )}
    </Page>
  );
}

const SEARCHES = {
  customers: msg`Search by name, VAT number or town`,
  locations: msg`Search by name, street or town`,
  installations: msg`Search by reference, brand, serial number or token`,
};

function CatalogueTabs({ search: { show = 'customers', q } }: { readonly search: Search }) {
  const { t } = useLingui();
  const tabs = [
    { is: 'customers', name: t`Customers` },
    { is: 'locations', name: t`Locations` },
    { is: 'installations', name: t`Installations` },
  ] as const;
  return (
    <Tabs label={t`What is listed`}>
      {tabs.map(({ is, name }) => (
        <TabLink
          key={is}
          to="/catalogue"
          search={{ show: is === 'customers' ? undefined : is, q }}
          shown={show === is}
        >
          {name}
        </TabLink>
      ))}
    </Tabs>
  );
}

interface FiltersProps {
  readonly search: Search;
  readonly onChange: (change: Search) => void;
}

function InstallationFilters({ search: { access, archived }, onChange }: FiltersProps) {
  const { t } = useLingui();
  const name = useAccessFilterName();
  return (
    <>
      <Select
        aria-label={t`Access`}
        placeholder={t`Any access`}
        clearable
        clearButtonProps={{ 'aria-label': t`Any access` }}
        value={access ?? null}
        onChange={(value) => onChange({ access: (value as AccessFilter | null) ?? undefined })}
        data={ACCESS_FILTERS.map((value) => ({ value, label: name(value) }))}
      />
      <Checkbox
        label={t`Only archived`}
        checked={archived === true}
        onChange={({ currentTarget }) => onChange({ archived: currentTarget.checked || undefined })}
        my="auto"
      />
    </>
  );
}

function NothingFits({ show }: Pick<Search, 'show'>) {
  return (
    <EmptyState icon={IconBuildingStore} title={<Trans>Nothing fits</Trans>}>
      <Trans>
        Nothing in your catalogue matches the search.{' '}
        <Link to="/catalogue" search={{ show }}>
          Show everything
        </Link>
      </Trans>
    </EmptyState>
  );
}

function NothingYet({ onAdd }: { readonly onAdd: () => void }) {
  return (
    <EmptyState
      icon={IconBuildingStore}
      title={<Trans>Your catalogue is empty</Trans>}
      action={
        <LinkButton to="/catalogue/import">
          <Trans>Import a file</Trans>
        </LinkButton>
      }
    >
      <Trans>
        Here are the customers you work for, their locations and the installations there. Bring them all in
        with one file, or{' '}
        <Anchor component="button" type="button" onClick={onAdd}>
          add the first customer
        </Anchor>{' '}
        by hand.
      </Trans>
    </EmptyState>
  );
}
