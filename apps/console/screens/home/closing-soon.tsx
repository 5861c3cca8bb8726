import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { components } from '#client';
import { now } from '../../api/clock.ts';
import { TimeLeft } from '../../parts/time.tsx';
import classes from './home.module.css';
import { Count } from './waiting-shares.tsx';

const SOON = 7 * 24 * 60 * 60 * 1_000;

interface ClosingSoonProps {
  readonly windows: readonly components['schemas']['ClosingWindow'][] | undefined;
}

/** What can be revoked only for a little longer. */
export function ClosingSoon({ windows = [] }: ClosingSoonProps) {
  const { t } = useLingui();
  const soon = windows.filter(({ closesAt }) => Date.parse(closesAt) - now() < SOON);
  if (soon.length === 0) return null;
  return (
    <section className={classes.list}>
      <h2>
        <Trans>Can be revoked only for a little longer</Trans> <Count>{soon.length}</Count>
      </h2>
      <ul>
        {soon.map(({ shareId, name, counterparty, closesAt, installations }) => (
          <li key={shareId} className={classes.line}>
            <span className={classes.what}>
              <Link to="/shares/$shareId" params={{ shareId }} className={classes.name}>
                {name}
              </Link>
              <span className={classes.who}>
                {counterparty.name}
                {' · '}
                <Plural value={installations} one="# installation" other="# installations" />
              </span>
            </span>
            <span className={classes.since}>
              <TimeLeft at={closesAt} />
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
