import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { duration } from '../../parts/relative.ts';
import { dateOf } from '../../parts/time.tsx';
import type { ShareSide } from '../../parts/words.ts';
import classes from './home.module.css';
import { activityOf, type Day } from './weeks.ts';

interface ActivityProps {
  readonly series: readonly Day[];
  readonly asOf: string;
}

/** What was asked over the last weeks, on either side, and how fast it was answered. */
export default function Activity({ series, asOf }: ActivityProps) {
  return (
    <section className={classes.activity}>
      <Chart side="provider" series={series} asOf={asOf} />
      <Chart side="requester" series={series} asOf={asOf} />
    </section>
  );
}

function Chart({ side, series, asOf }: ActivityProps & { readonly side: ShareSide }) {
  const { t, i18n } = useLingui();
  const { weeks, requested, answeredIn } = activityOf(series, side, asOf);
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
        {answeredIn !== undefined && (
          <Trans>Answered on average within {duration(answeredIn, i18n.locale)}.</Trans>
        )}
      </figcaption>
    </figure>
  );
}
