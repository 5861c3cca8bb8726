import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { components } from '#client';
import type { ShareFilter } from '../../api/queries.ts';
import { duration } from '../../parts/relative.ts';
import { dateOf } from '../../parts/time.tsx';
import { type ShareSide, useShareStatusName } from '../../parts/words.ts';
import classes from './home.module.css';
import { activityOf } from './weeks.ts';

interface ActivityProps {
  readonly figures: components['schemas']['DashboardView'];
}

/** What was asked over the last weeks, on either side, how fast it was answered, and the status of the shares. */
export default function Activity({ figures }: ActivityProps) {
  return (
    <section className={classes.activity}>
      <Chart side="provider" figures={figures} />
      <Chart side="requester" figures={figures} />
    </section>
  );
}

interface SideProps extends ActivityProps {
  readonly side: ShareSide;
}

function Chart({ side, figures }: SideProps) {
  const { t, i18n } = useLingui();
  const { series, asOf, answers } = figures;
  const { weeks, requested } = activityOf(series, side, asOf);
  const { medianMs } = answers[side];
  const most = Math.max(1, ...weeks.map(({ count }) => count));
  return (
    <figure className={classes.chart}>
      <h2>{side === 'provider' ? <Trans>Asked of you</Trans> : <Trans>Asked by you</Trans>}</h2>
      <div className={classes.bars} role="img" aria-label={t`Requests per week, over the last twelve weeks`}>
        {weeks.map(({ begins, count }) => (
          <span key={begins} title={`${dateOf(begins, i18n.locale)}: ${count}`}>
            {count > 0 && i18n.number(count)}
            <i data-none={count === 0} style={{ height: `calc((100% - var(--figure)) * ${count / most})` }} />
          </span>
        ))}
      </div>
      <div className={classes.weeks}>
        <span>{dateOf(weeks[0]?.begins ?? asOf, i18n.locale)}</span>
        <span>
          <Trans>this week</Trans>
        </span>
      </div>
      <figcaption>
        <Plural
          value={requested}
          _0="No request in twelve weeks."
          one="# request in twelve weeks."
          other="# requests in twelve weeks."
        />{' '}
        {medianMs !== undefined && (
          <Trans>Half of the answers came within about {duration(medianMs, i18n.locale)}.</Trans>
        )}
      </figcaption>
      <Statuses side={side} figures={figures} />
    </figure>
  );
}

type Status = NonNullable<ShareFilter['status']>;

/** How many shares there are of each status, each leading to them. */
function Statuses({ side, figures }: SideProps) {
  const { i18n } = useLingui();
  const statusName = useShareStatusName();
  const counts = Object.entries(figures.shares[side]).filter(([, count]) => count > 0) as [Status, number][];
  const most = Math.max(1, ...counts.map(([, count]) => count));
  if (counts.length === 0) return null;
  return (
    <ul className={classes.statuses}>
      {counts.map(([status, count]) => (
        <li key={status}>
          <Link to="/shares" search={{ role: side, status }}>
            {statusName(status, side)}
          </Link>
          <span aria-hidden>
            <i style={{ width: `${(100 * count) / most}%` }} />
          </span>
          <span className="numbers">{i18n.number(count)}</span>
        </li>
      ))}
    </ul>
  );
}
