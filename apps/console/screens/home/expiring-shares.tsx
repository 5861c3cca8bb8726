import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { now } from '../../api/clock.ts';
import { TimeLeft } from '../../parts/time.tsx';
import classes from './home.module.css';
import { Count } from './waiting-shares.tsx';

const SOON = 7 * 24 * 60 * 60 * 1_000;

/** A share with a deadline. */
export interface ExpiringShare {
  readonly shareId: string;
  readonly name: string;
  readonly about: ReactNode;
  readonly at: string;
}

interface ExpiringSharesProps {
  readonly title: ReactNode;
  readonly shares: readonly ExpiringShare[];
}

/** The shares with a deadline within a week, with the time left. */
export function ExpiringShares({ title, shares }: ExpiringSharesProps) {
  const { t } = useLingui();
  const soon = shares.filter(({ at }) => Date.parse(at) - now() < SOON);
  if (soon.length === 0) return null;
  return (
    <section className={classes.list}>
      <h2>
        {title} <Count>{soon.length}</Count>
      </h2>
      <ul>
        {soon.map(({ shareId, name, about, at }) => (
          <li key={shareId} className={classes.line}>
            <span className={classes.what}>
              <Link to="/shares/$shareId" params={{ shareId }} className={classes.name}>
                {name}
              </Link>
              <span className={classes.who}>{about}</span>
            </span>
            <span className={classes.since}>
              <TimeLeft at={at} alone />
            </span>
            <Link
              to="/shares/$shareId"
              params={{ shareId }}
              className={classes.action}
              aria-label={t`Open ${name}`}
            >
              <Trans>Open</Trans>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
