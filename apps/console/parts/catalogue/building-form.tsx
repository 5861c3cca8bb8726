import { Trans, useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import type { components } from '#client';
import { tessera } from '../../api/client.ts';
import type { Building } from '../../api/queries.ts';
import { FormDialog } from '../form-dialog.tsx';
import { useEntryForm } from '../use-entry-form.ts';

type Schemas = components['schemas'];

type BuildingFormProps = { readonly onClose: () => void } & (
  | { readonly building: Building }
  | { readonly locationId: string }
);

/** Adds a building of a location, or renames one. */
export function BuildingForm({ onClose, ...of }: BuildingFormProps) {
  const { t } = useLingui();
  const building = 'building' in of ? of.building : undefined;
  const { field, submit, pending, error } = useEntryForm({
    revision: building?.revision,
    initialValues: { name: building?.name ?? '' },
    ...('building' in of
      ? {
          change: (body: Partial<Schemas['ChangeBuildingData']>, header) =>
            tessera.patch('/v1/buildings/{id}', {
              params: { path: { id: of.building.id }, header },
              body,
            }),
        }
      : {
          add: (body: Omit<Schemas['AddBuildingData'], 'locationId'>) =>
            tessera.post('/v1/buildings', { body: { ...body, locationId: of.locationId } }),
        }),
    onDone: onClose,
  });
  return (
    <FormDialog
      onClose={onClose}
      title={building === undefined ? <Trans>Add a building</Trans> : <Trans>Rename {building.name}</Trans>}
      action={building === undefined ? <Trans>Add building</Trans> : <Trans>Rename building</Trans>}
      onSubmit={submit}
      pending={pending}
      error={error}
    >
      <TextInput label={t`Name`} required maxLength={200} data-autofocus {...field('name')} />
    </FormDialog>
  );
}
