import { Trans, useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import type { components } from '#client';
import { tessera } from '../../api/client.ts';
import type { OwnAccount } from '../../api/queries.ts';
import dialog from '../../parts/form-dialog.module.css';
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
      <TextInput label={t`Registered name`} required maxLength={200} {...field('company.name')} />
      <TextInput label={t`Street and number`} required maxLength={200} {...field('company.street')} />
      <div className={dialog.pair}>
        <TextInput label={t`Postal code`} required maxLength={50} {...field('company.postalCode')} />
        <TextInput label={t`City`} required maxLength={200} {...field('company.city')} />
        <TextInput label={t`Country`} required maxLength={100} {...field('company.country')} />
      </div>
      <div className={dialog.pair}>
        <TextInput label={t`VAT number`} required maxLength={50} {...field('company.vatNumber')} />
        <TextInput label={t`Certificate number`} maxLength={100} {...field('company.certificateNumber')} />
      </div>
    </FormDialog>
  );
}
