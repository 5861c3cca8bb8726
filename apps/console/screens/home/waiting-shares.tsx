import { Trans, useLingui } from '@lingui/react/macro';
import { Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useChangedJustNow } from '../../api/live.ts';
import { type Share, type ShareFilter, shares } from '../../api/queries.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import { Time } from '../../parts/time.tsx';
import classes from './home.module.css';

interface WaitingSharesProps {
  readonly title: ReactNode;
  /** Said where there are none; without it nothing is shown then. */
  readonly nothing?: ReactNode;
  readonly filter: ShareFilter;
}

const SHOWN = 6;

/** Shares that wait for the same thing to be done, those that changed last first. */
export function WaitingShares({ title, nothing, filter }: WaitingSharesProps) {
  const { data, error, refetch } = useInfiniteQuery(shares(filter));
  const items = data?.pages.flatMap((page) => page.items);
  if (items?.length === 0 && nothing === undefined) return null;
  const rest = (data?.pages[0]?.total ?? items?.length ?? 0) - SHOWN;
  return (
    <section className={classes.list}>
      <h2>
        {title}{' '}
        {items !== undefined && items.length > 0 && <Count>{data?.pages[0]?.total ?? items.length}</Count>}
      </h2>
      {items === undefined &&
        (error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <LineSkeletons />)}
      {items?.length === 0 && <p className={classes.nothing}>{nothing}</p>}
      {items !== undefined && items.length > 0 && (
        <ul>
          {items.slice(0, SHOWN).map((share) => (
            <Line key={share.id} share={share} />
          ))}
        </ul>
      )}
      {rest > 0 && (
        <Link to="/shares" search={filter} className={classes.rest}>
          <Trans>and {rest} more</Trans>
        </Link>
      )}
    </section>
  );
}

function Line({ share }: { readonly share: Share }) {
  const { id, name, counterparty, items, lastChangedAt } = share;
  const isChanged = useChangedJustNow(id);
  return (
    <li className={classes.line} data-changed={isChanged}>
      <span className={classes.what}>
        <Link to="/shares/$shareId" params={{ shareId: id }} className={classes.name}>
          {name}
        </Link>
        <span className={classes.who}>
          {counterparty.name}
          {items.total > 0 && (
            <>
              {' · '}
              <Trans>{items.total} installations</Trans>
            </>
          )}
        </span>
      </span>
      <span className={classes.since}>
        <Time at={lastChangedAt} />
      </span>
      <NextAction share={share} />
    </li>
  );
}

/** The one thing to do with it next. */
function NextAction({ share: { id, name, allowedActions } }: { readonly share: Share }) {
  const { t } = useLingui();
  if (allowedActions.includes('approve')) {
    return (
      <Link
        to="/shares/$shareId/evaluate"
        params={{ shareId: id }}
        className={classes.action}
        aria-label={t`Evaluate ${name}`}
      >
        <Trans>Evaluate</Trans>
      </Link>
    );
  }
  if (allowedActions.includes('process')) {
    return (
      <Link
        to="/shares/$shareId/process"
        params={{ shareId: id }}
        className={classes.action}
        aria-label={t`Process ${name}`}
      >
        <Trans>Process</Trans>
      </Link>
    );
  }
  return (
    <Link
      to="/shares/$shareId"
      params={{ shareId: id }}
      className={classes.action}
      aria-label={t`Open ${name}`}
    >
      <Trans>Open</Trans>
    </Link>
  );
}

export function Count({ children }: { readonly children: number }) {
  return <span className={classes.count}>{children}</span>;
}

function LineSkeletons() {
  return (
    <ul aria-busy>
      {[55, 40].map((width) => (
        <li key={width} className={classes.line}>
          <span className={classes.what}>
            <Skeleton height={12} width={`${width}%`} mb={8} mt={4} />
            <Skeleton height={10} width="30%" mb={4} />
          </span>
        </li>
      ))}
    </ul>
  );
}
