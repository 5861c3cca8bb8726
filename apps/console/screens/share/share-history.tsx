import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { historyOf } from '../../api/queries.ts';
import { History, HistorySkeleton } from '../../parts/history/history.tsx';
import { Loaded } from '../../parts/loaded.tsx';

/** What happened to a share. */
export function ShareHistory({ shareId }: { readonly shareId: string }) {
  const query = useQuery(historyOf(shareId));
  return (
    <>
      <p>
        <Link to="/audit/$kind/$id" params={{ kind: 'shares', id: shareId }}>
          <Trans>As it was at any moment, as a file, and with its proof</Trans>
        </Link>
      </p>
      <Loaded query={query} skeleton={<HistorySkeleton />}>
        {(entries) => <History entries={entries} />}
      </Loaded>
    </>
  );
}
