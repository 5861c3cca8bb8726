import { Trans } from '@lingui/react/macro';
import { Progress } from '@mantine/core';
import type { Share } from '../../api/queries.ts';
import { ShareStatusBadge } from '../../parts/status.tsx';
import classes from './share.module.css';
import { ShareSteps } from './share-steps.tsx';

/** The status of the share, and the progress of what is under way. */
export function ShareHeader({ share }: { readonly share: Share }) {
  const { status, role, progress, partlyRevoked, reason } = share;
  return (
    <section className={classes.standing}>
      <p className={classes.status}>
        <ShareStatusBadge status={status} side={role} />
        {partlyRevoked && status !== 'revoked' && status !== 'expired' && (
          <span>
            <Trans>partly revoked</Trans>
          </span>
        )}
        {reason && <q>{reason}</q>}
      </p>
      <ShareSteps share={share} />
      {progress && <ShareProgress progress={progress} />}
    </section>
  );
}

function ShareProgress({
  progress: { phase, done, of },
}: {
  readonly progress: NonNullable<Share['progress']>;
}) {
  const percent = of === 0 ? 0 : Math.round((done / of) * 100);
  return (
    <div className={classes.progress} aria-live="polite">
      <span className="numbers">
        {phase === 'preparing' ? (
          <Trans>
            Preparing the package: {done} of {of} installations
          </Trans>
        ) : (
          <Trans>
            Taking over: {done} of {of} installations
          </Trans>
        )}
      </span>
      <Progress value={percent} aria-hidden />
    </div>
  );
}
