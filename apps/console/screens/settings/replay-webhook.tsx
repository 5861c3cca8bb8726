import { Trans } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import { useWrite } from '../../api/writes.ts';
import { Confirm } from '../../parts/confirm.tsx';
import type { WebhookDialogProps } from './dialog.ts';

interface ReplayWebhookProps extends WebhookDialogProps {
  /** Where it begins, unless another is entered. */
  readonly after?: string;
}

/** Sends to a webhook again what happened after a cursor. */
export function ReplayWebhook({ webhook: { id }, after = '', onClose }: ReplayWebhookProps) {
  const [entered, setEntered] = useState(after);
  const cursor = entered.trim();
  const replay = useWrite(
    () => tessera.post('/v1/webhooks/{id}/replay', { params: { path: { id } }, body: { cursor } }),
    { onSuccess: onClose },
  );
  return (
    <Confirm
      opened
      onClose={onClose}
      title={<Trans>Send again</Trans>}
      action={<Trans>Send again what came after</Trans>}
      onConfirm={() => replay.mutate(undefined)}
      pending={replay.isPending}
      error={replay.error}
      ready={cursor !== ''}
    >
      <Trans>
        Every change after this place that the webhook is for is sent again, with the id that it had. The
        receiver ignores what it has already.
      </Trans>
      <TextInput
        label={<Trans>Cursor</Trans>}
        description={<Trans>Of a delivery, or of GET /v1/changes.</Trans>}
        value={entered}
        data-autofocus
        onChange={({ currentTarget }) => setEntered(currentTarget.value)}
      />
    </Confirm>
  );
}
