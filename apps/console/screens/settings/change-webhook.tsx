import { Trans } from '@lingui/react/macro';
import type { components } from '#client';
import { tessera } from '../../api/client.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useEntryForm } from '../../parts/use-entry-form.ts';
import type { WebhookDialogProps } from './dialog.ts';
import { WebhookFields } from './webhook-fields.tsx';

export function ChangeWebhook({ webhook, onClose }: WebhookDialogProps) {
  const { id, url, types = [], description = '', revision } = webhook;
  const { field, submit, pending, error } = useEntryForm({
    revision,
    initialValues: { url, types: [...types], description },
    change: (body: components['schemas']['ChangeWebhookBody'], header) =>
      tessera.patch('/v1/webhooks/{id}', { params: { path: { id }, header }, body }),
    onDone: onClose,
  });
  return (
    <FormDialog
      onClose={onClose}
      title={<Trans>Change the webhook</Trans>}
      action={<Trans>Save changes</Trans>}
      onSubmit={submit}
      pending={pending}
      error={error}
    >
      <WebhookFields props={field} />
    </FormDialog>
  );
}
