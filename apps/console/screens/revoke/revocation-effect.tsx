import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { lazy, Suspense } from 'react';
import type { Share } from '../../api/queries.ts';
import { exactly } from '../../parts/time.tsx';
import { losingBelow } from './losses.ts';
import type { Revocation } from './revocation.ts';
import classes from './revoke.module.css';

const LossesChain = lazy(() => import('./losses-chain.tsx'));

/** Of more companies than that the list says it better than a drawing. */
const MOST_DRAWN = 40;

interface RevocationEffectProps {
  readonly share: Share;
  readonly effect: Revocation;
}

/** Who loses what, and what stays and why. */
export function RevocationEffect({ share: { counterparty, items }, effect }: RevocationEffectProps) {
  const { withdrawn, retained, downstream } = effect;
  return (
    <section className={classes.effect} aria-live="polite">
      <h2>
        <Trans>What happens</Trans>
      </h2>
      {items.total === 0 && (
        <p>
          <Trans>Nothing of it is ready yet: {counterparty.name} gets nothing, and the share ends.</Trans>
        </p>
      )}
      {withdrawn.length > 0 && (
        <p>
          <Trans>
            {counterparty.name} loses{' '}
            <strong>
              <Plural value={withdrawn.length} one="# installation" other="# installations" />
            </strong>
            . They change nothing any more, and read what they had taken over as it was at that moment.
          </Trans>
        </p>
      )}
      {retained.length > 0 && <Retained retained={retained} />}
      {downstream.length > 0 && <FurtherDown top={counterparty} downstream={downstream} />}
    </section>
  );
}

function Retained({ retained }: Pick<Revocation, 'retained'>) {
  const { i18n } = useLingui();
  const last = retained.map(({ since }) => since).reduce((one, other) => (one > other ? one : other));
  return (
    <>
      <h3>
        <Plural value={retained.length} one="# stays with them" other="# stay with them" />
      </h3>
      <p>
        <Plural
          value={retained.length}
          one="The time in which it could be revoked ended on"
          other="The time in which they could be revoked ended, for the last of them on"
        />{' '}
        {exactly(last, i18n.locale)}.
      </p>
    </>
  );
}

interface FurtherDownProps extends Pick<Revocation, 'downstream'> {
  readonly top: Share['counterparty'];
}

function FurtherDown({ top, downstream }: FurtherDownProps) {
  const losing = losingBelow(top.id, downstream);
  return (
    <>
      <h3>
        <Trans>Further down</Trans>
      </h3>
      {losing.length <= MOST_DRAWN && (
        <Suspense>
          <LossesChain top={top} losing={losing} />
        </Suspense>
      )}
      <ul className={classes.losses}>
        {downstream.map(({ name, share, installations, keeping }) => (
          <li key={share}>
            <span>{name}</span>
            <span className={classes.about}>
              <Plural
                value={installations.length - keeping.length}
                one="loses # installation"
                other="loses # installations"
              />
              {keeping.length > 0 && (
                <>
                  {', '}
                  <Plural
                    value={keeping.length}
                    one="keeps # by another share"
                    other="keeps # by another share"
                  />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
