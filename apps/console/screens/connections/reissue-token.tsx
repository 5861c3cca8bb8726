import { Trans, useLingui } from '@lingui/react/macro';
import { Modal } from '@mantine/core';
import { tessera } from '../../api/client.ts';
import { useWrite } from '../../api/writes.ts';
import { Confirm } from '../../parts/confirm.tsx';
import type { ConnectionDialogProps } from './dialog.ts';
import { HandOver } from './hand-over.tsx';

export function ReissueToken({ connection: { id }, opened, onClose }: ConnectionDialogProps) {
  const { t } = useLingui();
  const reissue = useWrite(() => tessera.post('/v1/connections/{id}/reissue', { params: { path: { id } } }));
  const leave = () => {
    onClose();
    reissue.reset();
  };
  if (reissue.data) {
    return (
      <Modal
        opened={opened}
        onClose={leave}
        size="lg"
        title={t`Hand this token over`}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        <HandOver issued={reissue.data} onDone={leave} />
      </Modal>
    );
  }
  return (
    <Confirm
      opened={opened}
      onClose={leave}
      title={<Trans>Issue a new token</Trans>}
      action={<Trans>Issue a new token</Trans>}
      onConfirm={() => reissue.mutate(undefined)}
      pending={reissue.isPending}
      error={reissue.error}
    >
      <Trans>
        The token that you gave away stops working at once. You get a new one, which works for seven days.
      </Trans>
    </Confirm>
  );
}
