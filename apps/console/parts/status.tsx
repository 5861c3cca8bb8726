import {
  type Icon,
  IconBan,
  IconCalendarOff,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockHour4,
  IconHourglass,
  IconPackage,
  IconRotateClockwise,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './status.module.css';
import { type ShareSide, type ShareStatus, useShareStatusName } from './words.ts';

/** The urgency of a status; each has a colour, and never the colour alone. */
export type Tone = 'act' | 'wait' | 'good' | 'over' | 'bad';

interface StatusProps {
  readonly tone: Tone;
  readonly icon: Icon;
  readonly children: ReactNode;
}

/** A status: icon, word and colour. */
export function Status({ tone, icon: Icon, children }: StatusProps) {
  return (
    <span className={classes.status} data-tone={tone}>
      <Icon size={15} stroke={2} aria-hidden />
      {children}
    </span>
  );
}

const LOOKS: Readonly<Record<ShareStatus, readonly [Tone, Icon]>> = {
  'to-evaluate': ['act', IconCircleDashed],
  requested: ['wait', IconClockHour4],
  approved: ['wait', IconHourglass],
  preparing: ['wait', IconRotateClockwise],
  available: ['act', IconPackage],
  processed: ['good', IconCircleCheck],
  rejected: ['bad', IconCircleX],
  cancelled: ['over', IconBan],
  revoked: ['over', IconCircleX],
  expired: ['over', IconCalendarOff],
};

interface ShareStatusProps {
  readonly status: ShareStatus;
  readonly side: ShareSide;
}

export function ShareStatusBadge({ status, side }: ShareStatusProps) {
  const name = useShareStatusName();
  const [tone, icon] = LOOKS[status];
  const isTheirs = status === 'available' && side === 'provider';
  return (
    <Status tone={isTheirs ? 'wait' : tone} icon={icon}>
      {name(status, side)}
    </Status>
  );
}
