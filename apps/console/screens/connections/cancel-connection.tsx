import { Trans } from '@lingui/react/macro';
import { tessera } from '../../api/client.ts';
import { useWrite } from '../../api/writes.ts';
import { Confirm } from '../../parts/confirm.tsx';
import type { ConnectionDialogProps } from './dialog.ts';

export function CancelConnection({ connection: { id }, opened, onClose }: ConnectionDialogProps) {
  const cancel = useWrite(() => tessera.post('/v1/connections/{id}/cancel', { params: { path: { id } } }), {
    onSuccess: onClose,
  });
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={<Trans>Cancel the connection</Trans>}
      action={<Trans>Cancel the connection</Trans>}
      onConfirm={() => cancel.mutate(undefined)}
      pending={cancel.isPending}
      error={cancel.error}
      severe
    >
      <Trans>Nobody has used its token, and from now on nobody can. Nothing was shared over it.</Trans>
    </Confirm>
  );
}
