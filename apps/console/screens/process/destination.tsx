import { Trans } from '@lingui/react/macro';
import {
  IconAlertCircle,
  IconCircleCheck,
  IconCornerDownRight,
  IconLink,
  IconPlus,
  IconX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Status } from '../../parts/status.tsx';
import type { Outcome } from './decided.ts';
import type { Line } from './lines.ts';
import { OwnCustomerName, OwnLocationName } from './own-name.tsx';
import classes from './process.module.css';
import { Reason } from './reason.tsx';

/** Where a line goes in one's own catalogue, and why that is proposed. */
export function Destination({ line }: { readonly line: Line }) {
  const outcome = line.kind === 'together' ? line.outcome : line.decided.outcome;
  return (
    <div className={classes.destination}>
      <Where line={line} outcome={outcome} />
      <span className={classes.about}>
        <Why line={line} outcome={outcome} />
      </span>
    </div>
  );
}

interface PartProps {
  readonly line: Line;
  readonly outcome: Outcome;
}

function Where({ line, outcome }: PartProps): ReactNode {
  switch (outcome.to) {
    case 'new':
      return (
        <Status tone="wait" icon={IconPlus}>
          {line.kind === 'customer' ? <Trans>New customer</Trans> : <Trans>New location</Trans>}
        </Status>
      );
    case 'own':
      return (
        <Status tone="good" icon={IconLink}>
          <OwnEntry line={line} id={outcome.id} />
        </Status>
      );
    case 'with-location':
      return (
        <Status tone="wait" icon={IconCornerDownRight}>
          <Trans>At its location</Trans>
        </Status>
      );
    case 'building':
      return (
        <Status tone="good" icon={IconLink}>
          {line.kind === 'installation' && line.decided.planned.building !== undefined ? (
            <Trans>In your building “{line.decided.planned.building}”</Trans>
          ) : (
            <Trans>In a building of yours</Trans>
          )}
        </Status>
      );
    case 'placed':
      return (
        <Status tone="good" icon={IconCircleCheck}>
          <Trans>Taken over already</Trans>
        </Status>
      );
    case 'declined':
      return (
        <Status tone="over" icon={IconX}>
          <Trans>Declined</Trans>
        </Status>
      );
    case 'undecided':
      return (
        <Status tone="act" icon={IconAlertCircle}>
          <Trans>Choose where it goes</Trans>
        </Status>
      );
  }
}

function OwnEntry({ line, id }: { readonly line: Line; readonly id: string }) {
  if (line.kind === 'customer') {
    const { match } = line.decided.planned;
    return <OwnCustomerName id={id} known={match?.id === id ? match.name : undefined} />;
  }
  if (line.kind === 'location') {
    const { match } = line.decided.planned;
    return <OwnLocationName id={id} known={match?.id === id ? match.name : undefined} />;
  }
  return <OwnLocationName id={id} />;
}

function Why({ line, outcome }: PartProps): ReactNode {
  if (line.kind === 'together') return null;
  const { planned, isEdited, isInherited } = line.decided;
  if (isInherited) return <Trans>with what it belongs to</Trans>;
  if (line.kind === 'installation' && line.decided.replaces !== undefined) {
    return <Trans>your record {planned.match?.name} is archived</Trans>;
  }
  if (outcome.to === 'new' && outcome.customerId !== undefined) {
    return (
      <Trans>
        under <OwnCustomerName id={outcome.customerId} />
      </Trans>
    );
  }
  if (isEdited) return <Trans>changed by you</Trans>;
  if (outcome.to === 'undecided' || outcome.to === 'placed') return null;
  if ('outcome' in planned && planned.outcome !== undefined) {
    return <Trans>same serial number as your {planned.match?.name}: you would have two records of it</Trans>;
  }
  if (planned.action === 'create' && planned.match !== undefined) {
    return (
      <Trans>
        perhaps your {planned.match.name}: <Reason reason={planned.reason} score={planned.score} />
      </Trans>
    );
  }
  if (outcome.to === 'with-location') return null;
  return <Reason reason={planned.reason} score={planned.score} />;
}
