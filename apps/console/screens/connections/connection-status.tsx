import { useLingui } from '@lingui/react/macro';
import {
  type Icon,
  IconCircleCheck,
  IconCircleX,
  IconClockHour4,
  IconHourglassOff,
} from '@tabler/icons-react';
import type { Connection } from '../../api/queries.ts';
import { Status, type Tone } from '../../parts/status.tsx';

type ConnectionStatus = Connection['status'];

const LOOKS: Readonly<Record<ConnectionStatus, readonly [Tone, Icon]>> = {
  active: ['good', IconCircleCheck],
  pending: ['wait', IconClockHour4],
  expired: ['act', IconHourglassOff],
  ended: ['over', IconCircleX],
  cancelled: ['over', IconCircleX],
};

export function useConnectionStatusName(): (status: ConnectionStatus) => string {
  const { t } = useLingui();
  const names: Readonly<Record<ConnectionStatus, string>> = {
    active: t`Active`,
    pending: t`Waiting for the other company`,
    expired: t`Token expired`,
    ended: t`Ended`,
    cancelled: t`Cancelled`,
  };
  return (status) => names[status];
}

export function ConnectionStatusBadge({ status }: { readonly status: ConnectionStatus }) {
  const name = useConnectionStatusName();
  const [tone, icon] = LOOKS[status];
  return (
    <Status tone={tone} icon={icon}>
      {name(status)}
    </Status>
  );
}
