import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { exactly } from '../../parts/time.tsx';
import { type AccessType, useAccessTypeName } from '../../parts/words.ts';
import classes from './evaluate.module.css';
import { LeftOutReason } from './left-out-reason.tsx';
import type { Preview } from './preview.ts';

const SHOWN = 200;

interface PreviewedEffectProps {
  readonly preview: Preview;
  readonly accessType: AccessType;
}

/** Who would get what, and what would be left out and why. */
export function PreviewedEffect({ preview, accessType }: PreviewedEffectProps) {
  const { i18n } = useLingui();
  const { receiver, counts, customers, leftOut, refusal, terms, atMostUntil } = preview;
  const typeName = useAccessTypeName();
  const reasons = Map.groupBy(leftOut, ({ code }) => code);
  return (
    <section className={classes.effect} aria-live="polite">
      <h2>
        <Trans>What happens</Trans>
      </h2>
      <p>
        {refusal ? (
          refusal.detail
        ) : (
          <Trans>
            {receiver.name} gets access to{' '}
            <strong>
              <Plural value={counts.installations} one="# installation" other="# installations" />
            </strong>{' '}
            as {typeName(accessType, 'giver').toLowerCase()}, once they are collected and taken over.
          </Trans>
        )}
      </p>
      {terms?.until && (
        <p>
          <Trans>
            It ends on <strong>{exactly(terms.until, i18n.locale)}</strong>, with what {receiver.name} gives
            on. You are both notified a week and a day before, and you may extend it until then.
          </Trans>
        </p>
      )}
      {atMostUntil && (
        <p>
          <Plural
            value={atMostUntil.installations}
            one="Your own access to # of them ends by itself"
            other="Your own access to # of them ends by itself"
          />
          {': '}
          <Trans>
            they are given at most until then, the first until {exactly(atMostUntil.first, i18n.locale)}.
          </Trans>
        </p>
      )}
      <ul className={classes.tree}>
        {customers.map(({ id, name, locations }) => (
          <li key={id}>
            <details open={customers.length === 1}>
              <summary>{name}</summary>
              <ul>
                {locations.map((location) => (
                  <li key={location.id}>
                    {location.name}
                    <span className={classes.about}>
                      <Plural
                        value={installationsAt(location)}
                        one="# installation"
                        other="# installations"
                      />
                    </span>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
      {counts.installations > SHOWN && (
        <p className={classes.hint}>
          <Trans>
            The first {SHOWN} of {counts.installations} are shown.
          </Trans>
        </p>
      )}
      {leftOut.length > 0 && (
        <>
          <h3>
            <Plural value={leftOut.length} one="# is left out" other="# are left out" />
          </h3>
          <ul className={classes.reasons}>
            {[...reasons].map(([code, items]) => (
              <li key={code}>
                <strong className="numbers">{items.length}</strong> <LeftOutReason code={code} />
              </li>
            ))}
          </ul>
          <p className={classes.hint}>
            <Trans>{receiver.name} does not learn what is left out.</Trans>
          </p>
        </>
      )}
    </section>
  );
}

function installationsAt({
  installations,
  buildings,
}: Preview['customers'][number]['locations'][number]): number {
  return buildings.reduce((sum, building) => sum + building.installations.length, installations.length);
}
