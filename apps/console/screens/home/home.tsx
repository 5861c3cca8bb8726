import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { dashboard, ownAccount } from '../../api/queries.ts';
import { Page } from '../../parts/page.tsx';
import { ClosingSoon, EndingSoon } from './closing-soon.tsx';
import { FirstSteps } from './first-steps.tsx';
import classes from './home.module.css';
import { WaitingShares } from './waiting-shares.tsx';

const Activity = lazy(() => import('./activity.tsx'));

/** What waits for the account, what closes soon, what is under way. */
export function Home() {
  const { t } = useLingui();
  const { data: account } = useQuery(ownAccount());
  const { data: figures } = useQuery(dashboard());
  const isNew = figures !== undefined && isEmpty(figures);
  return (
    <Page title={account?.name ?? t`Home`} lead={<Trans>What waits for you, and what is under way.</Trans>}>
      {isNew ? (
        <FirstSteps />
      ) : (
        <div className={classes.lists}>
          <WaitingShares
            title={<Trans>To evaluate</Trans>}
            nothing={<Trans>No request waits for your decision.</Trans>}
            filter={{ role: 'provider', status: 'to-evaluate' }}
          />
          <WaitingShares
            title={<Trans>To process</Trans>}
            nothing={<Trans>Nothing that was shared with you is waiting to be processed.</Trans>}
            filter={{ role: 'requester', status: 'available' }}
          />
          <ClosingSoon windows={figures?.closingWindows} />
          <EndingSoon shares={figures?.endingShares} />
          <WaitingShares title={<Trans>Being prepared</Trans>} filter={{ status: 'preparing' }} />
          {figures && (
            <Suspense>
              <Activity figures={figures} />
            </Suspense>
          )}
        </div>
      )}
    </Page>
  );
}

function isEmpty({
  shares,
  installations,
}: {
  readonly shares: object;
  readonly installations: object;
}): boolean {
  const counts = [
    ...Object.values(shares).flatMap((side) => Object.values(side)),
    ...Object.values(installations),
  ];
  return counts.every((count) => count === 0);
}
