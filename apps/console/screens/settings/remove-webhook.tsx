import { Trans } from '@lingui/react/macro';
import { tessera } from '../../api/client.ts';
import { useWrite } from '../../api/writes.ts';
import { Confirm } from '../../parts/confirm.tsx';
import dialog from '../../parts/dialog.module.css';
import type { WebhookDialogProps } from './dialog.ts';

interface RemoveWebhookProps extends WebhookDialogProps {
  readonly onRemoved: () => void;
}

export function RemoveWebhook({ webhook: { id, url }, onClose, onRemoved }: RemoveWebhookProps) {
  const remove = useWrite(() => tessera.delete('/v1/webhooks/{id}', { params: { path: { id } } }), {
    onSuccess: onRemoved,
  });
  return (
    <Confirm
      opened
      onClose={onClose}
      title={<Trans>Remove the webhook</Trans>}
      action={<Trans>Remove the webhook</Trans>}
      onConfirm={() => remove.mutate(undefined)}
      pending={remove.isPending}
      error={remove.error}
      severe
    >
      <p className={dialog.text}>
        <Trans>
          Nothing is sent to {url} any more, and what was waiting is not sent either. Its secret and the list
          of its deliveries are removed with it.
        </Trans>
      </p>
      <p className={dialog.text}>
        <Trans>This cannot be undone. To pause it instead, disable it.</Trans>
      </p>
    </Confirm>
  );
}
