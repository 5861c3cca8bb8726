import { Trans } from '@lingui/react/macro';
import { IconAlertTriangle, IconCircleCheck, IconPlayerPause } from '@tabler/icons-react';
import type { Webhook } from '../../api/queries.ts';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';

interface WebhookStatusProps {
  readonly webhook: Webhook;
}

export function WebhookStatusBadge({ webhook: { status, disabled, failingSince } }: WebhookStatusProps) {
  if (status === 'disabled') {
    return disabled?.reason === 'asked' ? (
      <Status tone="over" icon={IconPlayerPause}>
        <Trans>Disabled</Trans>
      </Status>
    ) : (
      <Status tone="bad" icon={IconAlertTriangle}>
        <Trans>Disabled</Trans>
      </Status>
    );
  }
  return failingSince === undefined ? (
    <Status tone="good" icon={IconCircleCheck}>
      <Trans>Enabled</Trans>
    </Status>
  ) : (
    <Status tone="act" icon={IconAlertTriangle}>
      <Trans>Failing</Trans>
    </Status>
  );
}

/** Why nothing arrives there, and what follows; nothing where all is well. */
export function WhyNotDelivered({ webhook: { disabled, failingSince } }: WebhookStatusProps) {
  switch (disabled?.reason) {
    case 'asked':
      return (
        <Trans>
          Your company disabled it. Nothing is lost: once it is enabled, it continues where it stopped.
        </Trans>
      );
    case 'gone':
      return (
        <Trans>
          The receiver answered that it is gone (410). Nothing is lost: once it is enabled, it continues where
          it stopped.
        </Trans>
      );
    case 'failing':
      return disabled.since === undefined ? (
        <Trans>
          Every delivery failed. Nothing is lost: once it is enabled, it continues where it stopped.
        </Trans>
      ) : (
        <Trans>
          Every delivery failed since <Time at={disabled.since} />. Nothing is lost: once it is enabled, it
          continues where it stopped.
        </Trans>
      );
    case undefined:
      return failingSince === undefined ? null : (
        <Trans>
          Every delivery failed since <Time at={failingSince} />. If none arrives for a day, it is disabled.
        </Trans>
      );
  }
}
