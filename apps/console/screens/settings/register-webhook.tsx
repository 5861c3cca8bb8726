import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import type { components } from '#client';
import { tessera } from '../../api/client.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useEntryForm } from '../../parts/use-entry-form.ts';
import { Secret } from './secret.tsx';
import { WebhookFields } from './webhook-fields.tsx';

type Schemas = components['schemas'];

interface RegisterWebhookProps {
  readonly onClose: () => void;
  /** Once its secret was shown. */
  readonly onRegistered: (id: string) => void;
}

/** Registers a webhook, and shows its secret. */
export function RegisterWebhook({ onClose, onRegistered }: RegisterWebhookProps) {
  const [issued, setIssued] = useState<Schemas['WebhookSecretIssued']>();
  const { field, submit, pending, error } = useEntryForm({
    initialValues: { url: '', types: [] as string[], description: '' },
    add: (body: Schemas['RegisterWebhookBody']) => tessera.post('/v1/webhooks', { body }),
    onDone: setIssued,
  });
  if (issued !== undefined) {
    return (
      <Secret secret={issued.secret ?? ''} onDone={() => onRegistered(issued.id)}>
        <Trans>Then send a test, to see whether it arrives.</Trans>
      </Secret>
    );
  }
  return (
    <FormDialog
      onClose={onClose}
      title={<Trans>Register a webhook</Trans>}
      action={<Trans>Register and show the secret</Trans>}
      onSubmit={submit}
      pending={pending}
      error={error}
    >
      <WebhookFields props={field} />
    </FormDialog>
  );
}
