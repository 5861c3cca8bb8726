import { Trans, useLingui } from '@lingui/react/macro';
import { Alert } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconPencil, IconSnowflake } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import { type Installation, installation as installationQuery } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Breadcrumbs } from '../../parts/breadcrumbs.tsx';
import { InstallationForm } from '../../parts/catalogue/installation-form.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { TabLink, Tabs } from '../../parts/tabs.tsx';
import { exactly } from '../../parts/time.tsx';
import { Access } from './access.tsx';
import { InstallationDocuments } from './documents.tsx';
import classes from './installation.module.css';
import { Logbook } from './logbook.tsx';
import { OwnAccess } from './own-access.tsx';
import { Properties } from './properties.tsx';
import type { InstallationTab } from './tabs.ts';

const route = getRouteApi('/shell/installations/$installationId');

/** A machine: its logbook, its properties, and who has access to it. */
export function InstallationScreen() {
  const { installationId } = route.useParams();
  const query = useQuery(installationQuery(installationId));
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(installation) => <LoadedInstallation installation={installation} />}
    </Loaded>
  );
}

function LoadedInstallation({ installation }: { readonly installation: Installation }) {
  const { i18n, t } = useLingui();
  const { tab = 'logbook' } = route.useSearch();
  const { id, reference, customerId, locationId, place, brand, model, access, allowedActions } = installation;
  const [isChanging, setChanging] = useState(false);
  const mayChange = allowedActions.includes('change-properties');
  return (
    <Page
      title={reference}
      above={
        <Breadcrumbs>
          <Link to="/catalogue">
            <Trans>Catalogue</Trans>
          </Link>
          <Link to="/catalogue/customers/$customerId" params={{ customerId }}>
            {place.customer ?? '…'}
          </Link>
          <Link to="/catalogue/locations/$locationId" params={{ locationId }}>
            {place.location ?? '…'}
          </Link>
          {place.building && <span>{place.building}</span>}
        </Breadcrumbs>
      }
      lead={[brand, model].filter(Boolean).join(' ') || undefined}
      side={
        <>
          {tab !== 'access' && <OwnAccess installation={installation} />}
          {tab !== 'properties' && <Properties installation={installation} />}
        </>
      }
      actions={
        <>
          <ArchiveButton installation={installation} />
          <ActionButton
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            allowed={mayChange}
            because={access.endedAt && t`Your access has ended: nothing can be changed any more.`}
            onClick={() => setChanging(true)}
          >
            <Trans>Change</Trans>
          </ActionButton>
        </>
      }
    >
      {access.readableAsOf && (
        <Alert
          className={classes.frozen}
          variant="outline"
          color="gray"
          icon={<IconSnowflake aria-hidden />}
          title={<Trans>As it was on {exactly(access.readableAsOf, i18n.locale)}</Trans>}
        >
          <Trans>
            Your access ended then. You keep reading what there was, and what you recorded; nothing that
            happened since is shown.
          </Trans>
        </Alert>
      )}
      <InstallationTabs id={id} tab={tab} />
      {tab === 'logbook' && <Logbook installation={installation} />}
      {tab === 'documents' && <InstallationDocuments id={id} />}
      {tab === 'properties' && <Properties installation={installation} />}
      {tab === 'access' && <Access installation={installation} />}
      {isChanging && <InstallationForm installation={installation} onClose={() => setChanging(false)} />}
    </Page>
  );
}

interface TabsProps {
  readonly id: string;
  readonly tab: InstallationTab;
}

function InstallationTabs({ id, tab }: TabsProps) {
  const { t } = useLingui();
  const tabs = [
    { is: 'logbook', name: t`Logbook` },
    { is: 'documents', name: t`Documents` },
    { is: 'properties', name: t`Properties` },
    { is: 'access', name: t`Access` },
  ] as const;
  return (
    <Tabs label={t`What is shown of this installation`}>
      {tabs.map(({ is, name }) => (
        <TabLink
          key={is}
          to="/installations/$installationId"
          params={{ installationId: id }}
          search={{ tab: is === 'logbook' ? undefined : is }}
          shown={tab === is}
        >
          {name}
        </TabLink>
      ))}
    </Tabs>
  );
}

/** In the account's own catalogue; nobody else notices. */
function ArchiveButton({
  installation: { id, archived, allowedActions },
}: {
  readonly installation: Installation;
}) {
  const { t } = useLingui();
  const params = { path: { id } };
  const write = useWrite(() =>
    archived
      ? tessera.post('/v1/installations/{id}/restore', { params })
      : tessera.post('/v1/installations/{id}/archive', { params }),
  );
  return (
    <>
      <ActionButton
        variant="subtle"
        leftSection={
          archived ? <IconArchiveOff size={16} aria-hidden /> : <IconArchive size={16} aria-hidden />
        }
        allowed={allowedActions.includes('archive')}
        because={t`Your access has ended, and with it what you could do here.`}
        loading={write.isPending}
        onClick={() => write.mutate(undefined)}
      >
        {archived ? <Trans>Take out of the archive</Trans> : <Trans>Archive</Trans>}
      </ActionButton>
      {write.error && <ProblemNotice error={write.error} />}
    </>
  );
}
