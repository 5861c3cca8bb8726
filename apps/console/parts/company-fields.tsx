import { useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import dialog from './dialog.module.css';
import type { EntryField } from './use-entry-form.ts';

/** The details of a company that its documents show, in a form that has them as `company`. */
export function CompanyFields({ field }: { readonly field: EntryField }) {
  const { t } = useLingui();
  return (
    <>
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
    </>
  );
}
