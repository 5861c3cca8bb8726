import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconMapPin, IconPlus, IconTool } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { type Customer, customer as customerQuery } from '../../api/queries.ts';
import { addressLine } from '../../parts/address.ts';
import { Breadcrumbs } from '../../parts/breadcrumbs.tsx';
import { CopiedFrom } from '../../parts/catalogue/copied-from.tsx';
import { CustomerForm } from '../../parts/catalogue/customer-form.tsx';
import { InstallationList } from '../../parts/catalogue/installation-list.tsx';
import { LocationForm } from '../../parts/catalogue/location-form.tsx';
import { LocationList } from '../../parts/catalogue/location-list.tsx';
import { ChangeButton } from '../../parts/change-button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Fact, Facts } from '../../parts/facts.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { TabLink, Tabs } from '../../parts/tabs.tsx';
import { Toolbar } from '../../parts/toolbar.tsx';

const route = getRouteApi('/shell/catalogue/customers/$customerId');

type Search = ReturnType<typeof route.useSearch>;

/** A customer: its locations, installations and details. */
export function CustomerScreen() {
  const { customerId } = route.useParams();
  const query = useQuery(customerQuery(customerId));
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(customer) => <LoadedCustomer customer={customer} />}
    </Loaded>
  );
}

function LoadedCustomer({ customer }: { readonly customer: Customer }) {
  const { t } = useLingui();
  const { show = 'locations', q } = route.useSearch();
  const navigate = route.useNavigate();
  const find = useCallback(
    (q: string | undefined) => void navigate({ search: (search) => ({ ...search, q }), replace: true }),
    [navigate],
  );
  const [open, setOpen] = useState<'change' | 'add'>();
  const close = () => setOpen(undefined);
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('add')}>
      <Trans>Add location</Trans>
    </Button>
  );
  const filter = { customerId: customer.id, q };
  return (
    <Page
      title={customer.name}
      wide
      side={show !== 'details' && <Details customer={customer} />}
      above={
        <Breadcrumbs>
          <Link to="/catalogue">
            <Trans>Catalogue</Trans>
          </Link>
        </Breadcrumbs>
      }
      lead={addressLine(customer.address)}
      actions={
        <>
          <ChangeButton onClick={() => setOpen('change')} />
          {add}
        </>
      }
    >
      <CustomerTabs id={customer.id} show={show} />
      {show !== 'details' && (
        <Toolbar>
          <SearchField label={t`Search at this customer`} value={q} onSearch={find} />
        </Toolbar>
      )}
      {show === 'locations' && (
        <LocationList
          filter={filter}
          empty={
            <EmptyState
              icon={IconMapPin}
              title={q ? <Trans>No location fits</Trans> : <Trans>No locations yet</Trans>}
              action={q ? undefined : add}
            >
              <Trans>A location is an address with a name, where this customer has installations.</Trans>
            </EmptyState>
          }
        />
      )}
      {show === 'installations' && (
        <InstallationList
          filter={filter}
          empty={
            <EmptyState
              icon={IconTool}
              title={q ? <Trans>No installation fits</Trans> : <Trans>No installations yet</Trans>}
            >
              <Trans>Installations are added at a location of this customer.</Trans>
            </EmptyState>
          }
        />
      )}
      {show === 'details' && <Details customer={customer} />}
      {open === 'change' && <CustomerForm customer={customer} onClose={close} />}
      {open === 'add' && (
        <LocationForm
          customer={customer}
          onClose={close}
          onAdded={(locationId) =>
            void navigate({ to: '/catalogue/locations/$locationId', params: { locationId } })
          }
        />
      )}
    </Page>
  );
}

interface TabsProps {
  readonly id: string;
  readonly show: NonNullable<Search['show']>;
}

function CustomerTabs({ id, show }: TabsProps) {
  const { t } = useLingui();
  const tabs = [
    { is: 'locations', name: t`Locations` },
    { is: 'installations', name: t`Installations` },
    { is: 'details', name: t`Details` },
  ] as const;
  return (
    <Tabs label={t`What is shown of this customer`}>
      {tabs.map(({ is, name }) => (
        <TabLink
          key={is}
          to="/catalogue/customers/$customerId"
          params={{ customerId: id }}
          search={{ show: is === 'locations' ? undefined : is }}
          shown={show === is}
        >
          {name}
        </TabLink>
      ))}
    </Tabs>
  );
}

function Details({ customer }: { readonly customer: Customer }) {
  const { address, vatNumber, customerNumber, internalName, contact, labels, copiedFrom } = customer;
  return (
    <Facts>
      <Fact name={<Trans>Address</Trans>}>{addressLine(address)}</Fact>
      {vatNumber && <Fact name={<Trans>VAT number</Trans>}>{vatNumber}</Fact>}
      {customerNumber && <Fact name={<Trans>Customer number</Trans>}>{customerNumber}</Fact>}
      {internalName && <Fact name={<Trans>Internal name</Trans>}>{internalName}</Fact>}
      {contact && <Fact name={<Trans>Contact</Trans>}>{contact}</Fact>}
      {labels && labels.length > 0 && <Fact name={<Trans>Labels</Trans>}>{labels.join(', ')}</Fact>}
      <CopiedFrom share={copiedFrom} />
    </Facts>
  );
}
