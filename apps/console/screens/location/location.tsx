import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconBuilding, IconPlus, IconTool } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import {
  type Building,
  buildings,
  customer as customerQuery,
  type Location,
  location as locationQuery,
} from '../../api/queries.ts';
import { addressLine } from '../../parts/address.ts';
import { Breadcrumbs } from '../../parts/breadcrumbs.tsx';
import { BuildingForm } from '../../parts/catalogue/building-form.tsx';
import { CopiedFrom } from '../../parts/catalogue/copied-from.tsx';
import { InstallationForm } from '../../parts/catalogue/installation-form.tsx';
import { InstallationList } from '../../parts/catalogue/installation-list.tsx';
import { LocationForm } from '../../parts/catalogue/location-form.tsx';
import { ChangeButton } from '../../parts/change-button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Fact, Facts } from '../../parts/facts.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { TabLink, Tabs } from '../../parts/tabs.tsx';
import { Toolbar } from '../../parts/toolbar.tsx';

const route = getRouteApi('/shell/catalogue/locations/$locationId');

type Search = ReturnType<typeof route.useSearch>;
type Open = 'change' | 'add-installation' | 'add-building' | { readonly rename: Building };

/** A location: its installations, buildings and details. */
export function LocationScreen() {
  const { locationId } = route.useParams();
  const query = useQuery(locationQuery(locationId));
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(location) => <LoadedLocation location={location} />}
    </Loaded>
  );
}

function LoadedLocation({ location }: { readonly location: Location }) {
  const { t } = useLingui();
  const { show = 'installations', q } = route.useSearch();
  const { data: customer } = useQuery(customerQuery(location.customerId));
  const navigate = route.useNavigate();
  const find = useCallback(
    (q: string | undefined) => void navigate({ search: (search) => ({ ...search, q }), replace: true }),
    [navigate],
  );
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const isOfBuildings = show === 'buildings';
  const add = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setOpen(isOfBuildings ? 'add-building' : 'add-installation')}
    >
      {isOfBuildings ? <Trans>Add building</Trans> : <Trans>Add installation</Trans>}
    </Button>
  );
  const filter = { locationId: location.id, q };
  return (
    <Page
      title={location.name}
      wide
      side={show !== 'details' && <Details location={location} />}
      above={
        <Breadcrumbs>
          <Link to="/catalogue">
            <Trans>Catalogue</Trans>
          </Link>
          <Link to="/catalogue/customers/$customerId" params={{ customerId: location.customerId }}>
            {customer?.name ?? '…'}
          </Link>
        </Breadcrumbs>
      }
      lead={addressLine(location.address)}
      actions={
        <>
          <ChangeButton onClick={() => setOpen('change')} />
          {add}
        </>
      }
    >
      <LocationTabs id={location.id} show={show} />
      {show !== 'details' && (
        <Toolbar>
          <SearchField label={t`Search at this location`} value={q} onSearch={find} />
        </Toolbar>
      )}
      {show === 'installations' && (
        <InstallationList
          filter={filter}
          empty={
            <EmptyState
              icon={IconTool}
              title={q ? <Trans>No installation fits</Trans> : <Trans>No installations yet</Trans>}
              action={q ? undefined : add}
            >
              <Trans>An installation is a machine with a logbook. Only installations are shared.</Trans>
            </EmptyState>
          }
        />
      )}
      {isOfBuildings && (
        <BuildingList
          filter={filter}
          onRename={(rename) => setOpen({ rename })}
          empty={
            <EmptyState
              icon={IconBuilding}
              title={q ? <Trans>No building fits</Trans> : <Trans>No named buildings</Trans>}
              action={q ? undefined : add}
            >
              <Trans>Where a location has several buildings, they show where each machine is.</Trans>
            </EmptyState>
          }
        />
      )}
      {show === 'details' && <Details location={location} />}
      {open === 'change' && <LocationForm location={location} onClose={close} />}
      {open === 'add-building' && <BuildingForm locationId={location.id} onClose={close} />}
      {open === 'add-installation' && (
        <InstallationForm
          locationId={location.id}
          onClose={close}
          onAdded={(installationId) =>
            void navigate({ to: '/installations/$installationId', params: { installationId } })
          }
        />
      )}
      {typeof open === 'object' && <BuildingForm building={open.rename} onClose={close} />}
    </Page>
  );
}

interface TabsProps {
  readonly id: string;
  readonly show: NonNullable<Search['show']>;
}

function LocationTabs({ id, show }: TabsProps) {
  const { t } = useLingui();
  const tabs = [
    { is: 'installations', name: t`Installations` },
    { is: 'buildings', name: t`Buildings` },
    { is: 'details', name: t`Details` },
  ] as const;
  return (
    <Tabs label={t`What is shown of this location`}>
      {tabs.map(({ is, name }) => (
        <TabLink
          key={is}
          to="/catalogue/locations/$locationId"
          params={{ locationId: id }}
          search={{ show: is === 'installations' ? undefined : is }}
          shown={show === is}
        >
          {name}
        </TabLink>
      ))}
    </Tabs>
  );
}

interface BuildingListProps {
  readonly filter: { readonly locationId: string; readonly q?: string };
  readonly onRename: (building: Building) => void;
  readonly empty: React.ReactNode;
}

function BuildingList({ filter, onRename, empty }: BuildingListProps) {
  const { t } = useLingui();
  const query = useInfiniteQuery(buildings(filter));
  return (
    <ListTable
      label={t`Buildings`}
      query={query}
      idOf={({ id }) => id}
      empty={empty}
      columns={[
        { key: 'name', header: t`Name`, width: 'minmax(0, 1fr)', cell: ({ name }) => name },
        {
          key: 'rename',
          header: '',
          width: '130px',
          onPhone: true,
          cell: (building) => (
            <Button variant="subtle" size="compact-sm" onClick={() => onRename(building)}>
              <Trans>Rename</Trans>
            </Button>
          ),
        },
      ]}
    />
  );
}

function Details({ location: { address, region, copiedFrom } }: { readonly location: Location }) {
  return (
    <Facts>
      <Fact name={<Trans>Address</Trans>}>{addressLine(address)}</Fact>
      {region && <Fact name={<Trans>Region</Trans>}>{region}</Fact>}
      <CopiedFrom share={copiedFrom} />
    </Facts>
  );
}
