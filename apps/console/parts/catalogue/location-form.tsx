import { Trans, useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import type { components } from '#client';
import { tessera } from '../../api/client.ts';
import type { Customer, Location } from '../../api/queries.ts';
import { FormDialog } from '../form-dialog.tsx';
import { useEntryForm } from '../use-entry-form.ts';
import { AddressFields, NO_ADDRESS } from './address-fields.tsx';

type Schemas = components['schemas'];

type LocationFormProps = {
  readonly onClose: () => void;
  readonly onAdded?: (id: string) => void;
} & ({ readonly location: Location } | { readonly customer: Customer });

/** Adds a location of a customer, whose address it has unless another is entered; or changes one. */
export function LocationForm({ onClose, onAdded, ...of }: LocationFormProps) {
  const { t } = useLingui();
  const location = 'location' in of ? of.location : undefined;
  const { field, submit, pending, error } = useEntryForm({
    revision: location?.revision,
    initialValues: {
      name: location?.name ?? '',
      address: { ...NO_ADDRESS, ...('customer' in of ? of.customer.address : of.location.address) },
      region: location?.region ?? '',
    },
    ...('customer' in of
      ? {
          add: (body: Omit<Schemas['AddLocationData'], 'customerId'>) =>
            tessera.post('/v1/locations', { body: { ...body, customerId: of.customer.id } }),
        }
      : {
          change: (body: Partial<Schemas['ChangeLocationData']>, header) =>
            tessera.patch('/v1/locations/{id}', {
              params: { path: { id: of.location.id }, header },
              body,
            }),
        }),
    onDone: (answer) => {
      if (location === undefined && answer !== undefined) onAdded?.(answer.id);
      onClose();
    },
  });
  return (
    <FormDialog
      onClose={onClose}
      title={location === undefined ? <Trans>Add a location</Trans> : <Trans>Change {location.name}</Trans>}
      action={location === undefined ? <Trans>Add location</Trans> : <Trans>Save changes</Trans>}
      onSubmit={submit}
      pending={pending}
      error={error}
    >
      <TextInput label={t`Name`} required maxLength={200} data-autofocus {...field('name')} />
      <AddressFields props={field} />
      <TextInput
        label={t`Region`}
        description={t`Decides which regulation applies.`}
        maxLength={100}
        {...field('region')}
      />
    </FormDialog>
  );
}
