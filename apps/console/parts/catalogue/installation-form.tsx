import { Trans, useLingui } from '@lingui/react/macro';
import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { components } from '#client';
import { tessera } from '../../api/client.ts';
import { buildings, type Installation } from '../../api/queries.ts';
import dialog from '../dialog.module.css';
import { FormDialog } from '../form-dialog.tsx';
import { useEntryForm } from '../use-entry-form.ts';
import { INSTALLATION_TYPES, useInstallationTypeName } from '../words.ts';

type Schemas = components['schemas'];
type Registration = Schemas['RegisterInstallationData'];

type InstallationFormProps = {
  readonly onClose: () => void;
  readonly onAdded?: (id: string) => void;
} & ({ readonly installation: Installation } | { readonly locationId: string });

/** A choice of yes, no, and unknown. */
type Known = 'yes' | 'no' | '';

const known = (value: boolean | undefined): Known => (value === undefined ? '' : value ? 'yes' : 'no');

type Flag = 'hermeticallySealed' | 'leakDetection';
/** The building can be cleared, and booleans are choices. */
type AsEntered<Data> = Partial<Omit<Data, Flag | 'buildingId'>> &
  Readonly<Partial<Record<Flag, Known | null>>> & { readonly buildingId?: string | null };

function withFlags<Body extends Readonly<Partial<Record<Flag, Known | null>>>>(body: Body) {
  const { hermeticallySealed, leakDetection, ...rest } = body;
  return {
    ...rest,
    ...(hermeticallySealed !== undefined && { hermeticallySealed: answered(hermeticallySealed) }),
    ...(leakDetection !== undefined && { leakDetection: answered(leakDetection) }),
  };
}

const answered = (choice: Known | null) => (choice ? choice === 'yes' : null);

/** Registers an installation at a location, or changes one. */
export function InstallationForm({ onClose, onAdded, ...of }: InstallationFormProps) {
  const { t } = useLingui();
  const typeName = useInstallationTypeName();
  const it = 'installation' in of ? of.installation : undefined;
  const locationId = 'installation' in of ? of.installation.locationId : of.locationId;
  const { data: standing } = useInfiniteQuery(buildings({ locationId }));
  const { field, submit, pending, error } = useEntryForm({
    revision: it?.revision,
    initialValues: {
      reference: it?.reference ?? '',
      customerReference: it?.customerReference ?? '',
      buildingId: it?.buildingId ?? '',
      type: it?.type ?? '',
      brand: it?.brand ?? '',
      model: it?.model ?? '',
      serialNumber: it?.serialNumber ?? '',
      refrigerant: it?.refrigerant ?? '',
      chargeKg: it?.chargeKg ?? '',
      capacityKw: it?.capacityKw ?? '',
      hermeticallySealed: known(it?.hermeticallySealed),
      leakDetection: known(it?.leakDetection),
      commissionedOn: it?.commissionedOn ?? '',
      notes: it?.notes ?? '',
    },
    ...('installation' in of
      ? {
          change: ({ buildingId, ...body }: AsEntered<Schemas['ChangeInstallationData']>, header) =>
            tessera.patch('/v1/installations/{id}', {
              params: { path: { id: of.installation.id }, header },
              body: {
                ...withFlags(body),
                ...(buildingId === null ? { locationId } : { buildingId }),
              },
            }),
        }
      : {
          add: (body: AsEntered<Schemas['RegisterInstallationData']>) => {
            const place = body.buildingId ? { buildingId: body.buildingId } : { locationId };
            return tessera.post('/v1/installations', {
              body: { ...withFlags(body), ...place } as Registration,
            });
          },
        }),
    onDone: (answer) => {
      if (it === undefined && answer !== undefined) onAdded?.(answer.id);
      onClose();
    },
  });
  const yesNo = [
    { value: 'yes', label: t`Yes` },
    { value: 'no', label: t`No` },
  ];
  const inBuilding = standing?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <FormDialog
      onClose={onClose}
      title={it === undefined ? <Trans>Add an installation</Trans> : <Trans>Change {it.reference}</Trans>}
      action={it === undefined ? <Trans>Add installation</Trans> : <Trans>Save changes</Trans>}
      onSubmit={submit}
      pending={pending}
      error={error}
    >
      <div className={dialog.pair}>
        <TextInput label={t`Reference`} required maxLength={200} data-autofocus {...field('reference')} />
        <TextInput label={t`The customer’s reference`} maxLength={200} {...field('customerReference')} />
        <Select
          label={t`Building`}
          placeholder={t`In no named building`}
          clearable
          clearButtonProps={{ 'aria-label': t`In no named building` }}
          searchable
          data={inBuilding.map(({ id, name }) => ({ value: id, label: name }))}
          {...field('buildingId')}
        />
        <Select
          label={t`Kind`}
          clearable
          clearButtonProps={{ 'aria-label': t`Of no kind` }}
          data={INSTALLATION_TYPES.map((value) => ({ value, label: typeName(value) }))}
          {...field('type')}
        />
        <TextInput label={t`Brand`} maxLength={100} {...field('brand')} />
        <TextInput label={t`Model`} maxLength={100} {...field('model')} />
        <TextInput label={t`Serial number`} maxLength={100} {...field('serialNumber')} />
        <TextInput label={t`Commissioned on`} type="date" {...field('commissionedOn')} />
        <TextInput label={t`Refrigerant`} placeholder="R-410A" maxLength={50} {...field('refrigerant')} />
        <NumberInput
          label={t`Charge`}
          suffix=" kg"
          min={0}
          max={1e9}
          decimalScale={3}
          hideControls
          {...field('chargeKg')}
        />
        <NumberInput
          label={t`Capacity`}
          suffix=" kW"
          min={0}
          max={1e9}
          decimalScale={3}
          hideControls
          {...field('capacityKw')}
        />
        <Select
          label={t`Hermetically sealed`}
          placeholder={t`Not known`}
          clearable
          clearButtonProps={{ 'aria-label': t`Not known` }}
          data={yesNo}
          {...field('hermeticallySealed')}
        />
        <Select
          label={t`Leak detection`}
          placeholder={t`Not known`}
          clearable
          clearButtonProps={{ 'aria-label': t`Not known` }}
          data={yesNo}
          {...field('leakDetection')}
        />
      </div>
      <Textarea label={t`Notes`} autosize minRows={2} maxRows={8} maxLength={10_000} {...field('notes')} />
    </FormDialog>
  );
}
