import { Trans, useLingui } from '@lingui/react/macro';
import type { PlannedInstallation } from './plan.ts';

interface ReasonProps {
  readonly reason: PlannedInstallation['reason'];
  /** How sure, from 0 to 1. */
  readonly score: number;
}

/** Why something is taken to be one of the account's own, and how surely. */
export function Reason({ reason, score }: ReasonProps) {
  const { i18n } = useLingui();
  if (reason === 'no-match') return <Trans>nothing like it with you</Trans>;
  if (reason === 'confirmed-before') return <Trans>as you decided before</Trans>;
  const sure = new Intl.NumberFormat(i18n.locale, { style: 'percent' }).format(score);
  return (
    <>
      <MatchReason reason={reason} /> · <span className="numbers">{sure}</span>
    </>
  );
}

function MatchReason({
  reason,
}: {
  readonly reason: Exclude<ReasonProps['reason'], 'no-match' | 'confirmed-before'>;
}) {
  switch (reason) {
    case 'copied-before':
      return <Trans>taken over before</Trans>;
    case 'vat-number':
      return <Trans>same VAT number</Trans>;
    case 'name-and-address':
      return <Trans>same name and address</Trans>;
    case 'similar-name-and-address':
      return <Trans>similar name, same address</Trans>;
    case 'address':
      return <Trans>same address</Trans>;
    case 'name':
      return <Trans>same name</Trans>;
    case 'token':
      return <Trans>you have this machine already</Trans>;
    case 'serial-number':
      return <Trans>same serial number</Trans>;
  }
}
