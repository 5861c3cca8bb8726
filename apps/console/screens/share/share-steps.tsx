import { useLingui } from '@lingui/react/macro';
import type { Share } from '../../api/queries.ts';
import { type Step, Steps } from '../../parts/steps.tsx';

/** How far a share is in its life, with the dates. */
export function ShareSteps({ share }: { readonly share: Share }) {
  const { t } = useLingui();
  const { status, requestedAt, evaluatedAt, cancelledAt, availableAt, processedAt, revokedAt, expiredAt } =
    share;
  const asked: Step = { key: 'requested', name: t`Requested`, at: requestedAt };
  const steps: readonly Step[] = (() => {
    switch (status) {
      case 'rejected':
        return [asked, { key: 'rejected', name: t`Rejected`, at: evaluatedAt, ends: true }];
      case 'cancelled':
        return [asked, { key: 'cancelled', name: t`Cancelled`, at: cancelledAt, ends: true }];
      default:
        return [
          asked,
          { key: 'approved', name: evaluatedAt ? t`Approved` : t`Evaluation`, at: evaluatedAt },
          { key: 'available', name: availableAt ? t`Prepared` : t`Preparation`, at: availableAt },
          { key: 'processed', name: processedAt ? t`Processed` : t`Processing`, at: processedAt },
          ...(revokedAt ? [{ key: 'revoked', name: t`Revoked`, at: revokedAt, ends: true }] : []),
          ...(expiredAt ? [{ key: 'expired', name: t`Ended as agreed`, at: expiredAt, ends: true }] : []),
        ].filter(({ at }) => (status !== 'revoked' && status !== 'expired') || at !== undefined);
    }
  })();
  return <Steps label={t`The lifecycle of this share`} steps={steps} />;
}
