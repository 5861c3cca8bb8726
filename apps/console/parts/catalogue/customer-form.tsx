import { Trans, useLingui } from '@lingui/react/macro';
import { TagsInput, Textarea, TextInput } from '@mantine/core';
import type { components } from '#client';
import { tessera } from '../../api/client.ts';
import type { Customer } from '../../api/queries.ts';
import dialog from '../dialog.module.css';
import { FormDialog } from '../form-dialog.tsx';
import { useEntryForm } from '../use-entry-form.ts';
import { AddressFields, NO_ADDRESS } from './address-fields.tsx';

type Schemas = components['schemas'];

interface CustomerFormProps {
  /** The one to change; without it one is added. */
  readonly customer?: Customer;
  readonly onClose: () => void;
  readonly onAdded?: (id: string) => void;
}

/** Adds a customer to the catalogue, or changes one. */
export function CustomerForm({ customer, onClose, onAdded }: CustomerFormProps) {
  const { t } = useLingui();
  const { field, submit, pending, error } = useEntryForm({
    revision: customer?.revision,
    initialValues: {
      name: customer?.name ?? '',
      address: { ...NO_ADDRESS, ...customer?.address },
      vatNumber: customer?.vatNumber ?? '',
      customerNumber: customer?.customerNumber ?? '',
      internalName: customer?.internalName ?? '',
      contact: customer?.contact ?? '',
      labels: [...(customer?.labels ?? [])],
    },
    ...(customer === undefined
      ? { add: (body: Schemas['AddCustomerData']) => tessera.post('/v1/customers', { body }) }
      : {
          change: (body: Partial<Schemas['ChangeCustomerData']>, header) =>
            tessera.patch('/v1/customers/{id}', {
              params: { path: { id: customer.id }, header },
              body,
            }),
        }),
    onDone: (answer) => {
      if (customer === undefined && answer !== undefined) onAdded?.(answer.id);
      onClose();
    },
  });
  return (
    <FormDialog
      onClose={onClose}
      title={customer === undefined ? <Trans>Add a customer</Trans> : <Trans>Change {customer.name}</Trans>}
      action={customer === undefined ? <Trans>Add customer</Trans> : <Trans>Save changes</Trans>}
      onSubmit={submit}
      pending={pending}
      error={error}
    >
      <TextInput label={t`Name`} required maxLength={200} data-autofocus {...field('name')} />
      <AddressFields props={field} />
      <div className={dialog.pair}>
        <TextInput label={t`VAT number`} maxLength={50} {...field('vatNumber')} />
        <TextInput label={t`Customer number`} maxLength={100} {...field('customerNumber')} />
      </div>
      <TextInput
        label={t`Internal name`}
        description={t`Only your own company sees the internal name, the number, the contact and the labels.`}
        maxLength={200}
        {...field('internalName')}
      />
      <Textarea label={t`Contact`} autosize minRows={2} maxLength={1_000} {...field('contact')} />
      <TagsInput label={t`Labels`} maxTags={50} {...field('labels')} />
    </FormDialog>
  );
}
