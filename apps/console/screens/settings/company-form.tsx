import { Trans, useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import type { components } from '#client';
import { tessera } from '../../api/client.ts';
import type { OwnAccount } from '../../api/queries.ts';
import { CompanyFields } from '../../parts/company-fields.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useEntryForm } from '../../parts/use-entry-form.ts';

interface CompanyFormProps {
  readonly account: OwnAccount;
  readonly onClose: () => void;
}

/** Changes the name of the account and the details of its company. */
export function CompanyForm({ account, onClose }: CompanyFormProps) {
  const { t } = useLingui();
  const { field, submit, pending, error } = useEntryForm({
    revision: account.revision,
    initialValues: {
      name: account.name,
      company: { ...account.company, certificateNumber: account.company.certificateNumber ?? '' },
    },
    change: (body: components['schemas']['ChangeAccountDetailsBody'], header) =>
      tessera.patch('/v1/accounts/me', { params: { header }, body }),
    onDone: onClose,
  });
  return (
    <FormDialog
      onClose={onClose}
      title={<Trans>Change your company’s details</Trans>}
      action={<Trans>Save changes</Trans>}
      onSubmit={submit}
      pending={pending}
      error={error}
    >
      <TextInput
        label={t`Name`}
        description={t`How the companies that you share with call you.`}
        required
        maxLength={200}
        data-autofocus
        {...field('name')}
      />
      <CompanyFields field={field} />
    </FormDialog>
  );
}
