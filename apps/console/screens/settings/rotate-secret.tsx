import { Trans, useLingui } from '@lingui/react/macro';
import { tessera } from '../../api/client.ts';
import { useWrite } from '../../api/writes.ts';
import { Confirm } from '../../parts/confirm.tsx';
import type { WebhookDialogProps } from './dialog.ts';
import { Secret } from './secret.tsx';

/** Gives a webhook another secret, and shows it. */
export function RotateSecret({ webhook: { id }, onClose }: WebhookDialogProps) {
  const { t } = useLingui();
  const rotate = useWrite(() => tessera.post('/v1/webhooks/{id}/rotate', { params: { path: { id } } }));
  if (rotate.data !== undefined) {
    return (
      <Secret secret={rotate.data.secret ?? ''} onDone={onClose}>
        <Trans>The one before is valid for a day more.</Trans>
      </Secret>
    );
  }
  return (
    <Confirm
      opened
      onClose={onClose}
      title={t`Another secret`}
      action={<Trans>Make another secret</Trans>}
      onConfirm={() => rotate.mutate(undefined)}
      pending={rotate.isPending}
      error={rotate.error}
    >
      <Trans>
        A new secret is made and shown once. For a day each delivery is signed with both, so that the receiver
        can change over in its own time; after that only the new one is valid.
      </Trans>
    </Confirm>
  );
}
