import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { share as shareQuery } from '../../api/queries.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Overview } from './overview.tsx';
import { ShareHeader } from './share-header.tsx';
import { ShareSkeleton } from './share-skeleton.tsx';

const route = getRouteApi('/shell/shares/$shareId');

/** Everything of one share. */
export function ShareScreen() {
  const { shareId } = route.useParams();
  const query = useQuery(shareQuery(shareId));
  return (
    <Loaded query={query} skeleton={<ShareSkeleton />}>
      {(share) => (
        <Page
          title={share.name}
          above={
            <Link to="/shares">
              <Trans>Shares</Trans>
            </Link>
          }
          lead={share.counterparty.name}
        >
          <ShareHeader share={share} />
          <Overview share={share} />
        </Page>
      )}
    </Loaded>
  );
}
