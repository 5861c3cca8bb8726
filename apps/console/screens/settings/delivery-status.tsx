import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { type Icon, IconCircleCheck, IconCircleX, IconClockHour4 } from '@tabler/icons-react';
import type { components } from '#client';
import type { Delivery } from '../../api/queries.ts';
import { Status, type Tone } from '../../parts/status.tsx';

type Attempt = Delivery['attempts'][number];

const LOOKS: Readonly<Record<Delivery['status'], readonly [Tone, Icon]>> = {
  pending: ['wait', IconClockHour4],
  delivered: ['good', IconCircleCheck],
  failed: ['bad', IconCircleX],
};

const ERRORS: Readonly<Record<components['schemas']['DeliveryError'], MessageDescriptor>> = {
  'address-refused': msg`Its address is not one that is sent to`,
  'name-not-found': msg`Its name was not found`,
  'connection-failed': msg`No connection came about`,
  'certificate-invalid': msg`Its certificate is not valid`,
  'timed-out': msg`No answer in time`,
  'not-available': msg`The change to be sent does not exist any more`,
};

export function useDeliveryStatusName(): (status: Delivery['status']) => string {
  const { t } = useLingui();
  const names = { pending: t`To be sent`, delivered: t`Delivered`, failed: t`Given up` };
  return (status) => names[status];
}

export function DeliveryStatusBadge({ status }: Pick<Delivery, 'status'>) {
  const name = useDeliveryStatusName();
  const [tone, icon] = LOOKS[status];
  return (
    <Status tone={tone} icon={icon}>
      {name(status)}
    </Status>
  );
}

/** What the receiver answered, or why it did not. */
export function AttemptResult({ attempt }: { readonly attempt: Attempt | undefined }) {
  const { i18n } = useLingui();
  if (attempt === undefined) return '–';
  const { responseStatus, error } = attempt;
  if (responseStatus !== undefined) return <Trans>Answered {responseStatus}</Trans>;
  return error === undefined ? '–' : i18n._(ERRORS[error]);
}
