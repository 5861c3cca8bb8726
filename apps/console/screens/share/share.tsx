import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type Share, share as shareQuery } from '../../api/queries.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { TabCount, TabLink, Tabs } from '../../parts/tabs.tsx';
import { ShareDocuments } from './documents.tsx';
import { Installations } from './installations.tsx';
import { Overview } from './overview.tsx';
import { ShareActions } from './share-actions.tsx';
import { ShareHeader } from './share-header.tsx';
import { ShareHistory } from './share-history.tsx';
import { SHARE_TABS, type ShareTab } from './tabs.ts';

const route = getRouteApi('/shell/shares/$shareId');

/** Everything of one share. */
export function ShareScreen() {
  const { shareId } = route.useParams();
  const { tab = 'overview' } = route.useSearch();
  const query = useQuery(shareQuery(shareId));
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(share) => (
        <Page
          title={share.name}
          above={
            <Link to="/shares">
              <Trans>Shares</Trans>
            </Link>
          }
          lead={<Parties share={share} />}
          actions={<ShareActions share={share} />}
          side={tab !== 'overview' && <Overview share={share} />}
        >
          <ShareHeader share={share} />
          <ShareTabs share={share} current={tab} />
          <Tab tab={tab} share={share} />
        </Page>
      )}
    </Loaded>
  );
}

function Parties({ share: { role, counterparty, connectionId } }: { readonly share: Share }) {
  const party = (
    <Link to="/connections/$connectionId" params={{ connectionId }}>
      {counterparty.name}
    </Link>
  );
  return role === 'provider' ? <Trans>Asked by {party}</Trans> : <Trans>Asked of {party}</Trans>;
}

interface ShareTabsProps {
  readonly share: Share;
  readonly current: ShareTab;
}

function ShareTabs({ share: { id, items }, current }: ShareTabsProps) {
  const { t } = useLingui();
  const names: Readonly<Record<ShareTab, string>> = {
    overview: t`Overview`,
    installations: t`Installations`,
    history: t`History`,
    documents: t`Documents`,
  };
  return (
    <Tabs label={t`Parts of this share`}>
      {SHARE_TABS.map((tab) => (
        <TabLink
          key={tab}
          to="/shares/$shareId"
          params={{ shareId: id }}
          search={{ tab: tab === 'overview' ? undefined : tab }}
          shown={tab === current}
        >
          {names[tab]}
          {tab === 'installations' && items.total > 0 && <TabCount>{items.total}</TabCount>}
        </TabLink>
      ))}
    </Tabs>
  );
}

function Tab({ tab, share }: { readonly tab: ShareTab; readonly share: Share }) {
  switch (tab) {
    case 'overview':
      return <Overview share={share} />;
    case 'installations':
      return <Installations share={share} />;
    case 'history':
      return <ShareHistory shareId={share.id} />;
    case 'documents':
      return <ShareDocuments share={share} />;
  }
}
