import { Trans, useLingui } from '@lingui/react/macro';
import { Select, TextInput } from '@mantine/core';
import type { components } from '#client';
import { tessera } from '../../api/client.ts';
import { CompanyFields } from '../../parts/company-fields.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useEntryForm } from '../../parts/use-entry-form.ts';
import { KINDS_IN_ORDER, useKindName } from '../../parts/words.ts';

type Body = components['schemas']['RegisterAccountBody'];

const COMPANY = {
  name: '',
  vatNumber: '',
  street: '',
  postalCode: '',
  city: '',
  country: '',
  certificateNumber: '',
};

/** Registers a company, whose people may then sign in. */
export function RegisterCompany({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const kindName = useKindName();
  const { field, submit, pending, error } = useEntryForm({
    initialValues: { kind: 'service', name: '', company: COMPANY },
    add: (body: Body) => tessera.post('/v1/accounts', { body }),
    onDone: onClose,
  });
  return (
    <FormDialog
      onClose={onClose}
      title={<Trans>Register a company</Trans>}
      action={<Trans>Register the company</Trans>}
      onSubmit={submit}
      pending={pending}
      error={error}
    >
      <Select
        label={t`Kind`}
        allowDeselect={false}
        data={KINDS_IN_ORDER.map((value) => ({ value, label: kindName(value) }))}
        {...field('kind')}
      />
      <TextInput
        label={t`Name`}
        description={t`How the companies that it shares with call it.`}
        required
        maxLength={200}
        data-autofocus
        {...field('name')}
      />
      <CompanyFields field={field} />
    </FormDialog>
  );
}
