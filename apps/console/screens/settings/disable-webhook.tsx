import { Trans } from '@lingui/react/macro';
import { tessera } from '../../api/client.ts';
import { useWrite } from '../../api/writes.ts';
import { Confirm } from '../../parts/confirm.tsx';
import type { WebhookDialogProps } from './dialog.ts';

/** Disables a webhook until it is enabled again. */
export function DisableWebhook({ webhook: { id }, onClose }: WebhookDialogProps) {
  const disable = useWrite(
    () => tessera.patch('/v1/webhooks/{id}', { params: { path: { id } }, body: { enabled: false } }),
    { onSuccess: onClose },
  );
  return (
    <Confirm
      opened
      onClose={onClose}
      title={<Trans>Disable the webhook</Trans>}
      action={<Trans>Disable the webhook</Trans>}
      onConfirm={() => disable.mutate(undefined)}
      pending={disable.isPending}
      error={disable.error}
    >
      <Trans>
        Nothing is sent to it any more. Nothing is lost either: once it is enabled again, it continues where
        it stopped.
      </Trans>
    </Confirm>
  );
}
