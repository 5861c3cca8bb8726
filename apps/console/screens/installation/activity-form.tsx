import { Trans, useLingui } from '@lingui/react/macro';
import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { components } from '#client';
import { tessera } from '../../api/client.ts';
import { now } from '../../api/clock.ts';
import type { Activity } from '../../api/queries.ts';
import dialog from '../../parts/dialog.module.css';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useEntryForm } from '../../parts/use-entry-form.ts';
import { useActivityKindName } from '../../parts/words.ts';
import { Measurements } from './measurements.tsx';

type Schemas = components['schemas'];

interface ActivityFormProps {
  readonly installationId: string;
  /** The one to change; without it one is added. */
  readonly activity?: Activity;
  readonly onClose: () => void;
}

/** Files are kept elsewhere: what is attached to a logbook comes from the systems that keep them. */
const KINDS = ['work-order', 'measurement', 'operation', 'note'] as const;

/** Adds to the logbook of an installation, or changes what the account added. */
export function ActivityForm({ installationId, activity, onClose }: ActivityFormProps) {
  const { t } = useLingui();
  const kindName = useActivityKindName();
  const [kind, setKind] = useState<Activity['kind']>(activity?.kind ?? 'work-order');
  const [measurements, setMeasurements] = useState(activity?.measurements ?? []);
  const { field, submit, pending, error } = useEntryForm({
    initialValues: {
      performedOn: activity?.performedOn.slice(0, 10) ?? today(),
      summary: activity?.summary ?? '',
      performedBy: activity?.performedBy ?? '',
      refrigerantAddedKg: activity?.refrigerantAddedKg ?? '',
      refrigerantRecoveredKg: activity?.refrigerantRecoveredKg ?? '',
      leakFound: activity?.leakFound === undefined ? '' : activity.leakFound ? 'yes' : 'no',
    },
    ...(activity === undefined
      ? {
          add: ({ leakFound, ...body }: AsEntered<Schemas['AddActivityData']>) =>
            tessera.post('/v1/installations/{id}/activities', {
              params: { path: { id: installationId } },
              body: {
                ...body,
                kind,
                ...(leakFound && { leakFound: leakFound === 'yes' }),
                ...(measurements.length > 0 && { measurements }),
              } as Schemas['AddActivityData'],
            }),
        }
      : {
          change: ({ leakFound, ...body }: AsEntered<Schemas['ChangeActivityData']>) =>
            tessera.patch('/v1/installations/{id}/activities/{activityId}', {
              params: { path: { id: installationId, activityId: activity.id } },
              body: {
                ...body,
                ...(leakFound !== undefined && { leakFound: leakFound ? leakFound === 'yes' : null }),
                ...(measurements !== activity.measurements && { measurements }),
              },
            }),
        }),
    onDone: onClose,
  });
  return (
    <FormDialog
      onClose={onClose}
      title={activity === undefined ? <Trans>Add to the logbook</Trans> : <Trans>Change the entry</Trans>}
      action={activity === undefined ? <Trans>Add {kindName(kind)}</Trans> : <Trans>Save changes</Trans>}
      onSubmit={submit}
      pending={pending}
      error={error}
    >
      <div className={dialog.pair}>
        <Select
          label={t`What it is`}
          disabled={activity !== undefined}
          allowDeselect={false}
          value={kind}
          onChange={(value) => setKind((value as Activity['kind'] | null) ?? kind)}
          data={KINDS.map((value) => ({ value, label: kindName(value) }))}
        />
        <TextInput label={t`Done on`} type="date" required {...field('performedOn')} />
      </div>
      <Textarea
        label={t`What was done or seen`}
        required
        autosize
        minRows={3}
        maxRows={12}
        maxLength={10_000}
        data-autofocus
        {...field('summary')}
      />
      <TextInput label={t`Done by`} maxLength={200} {...field('performedBy')} />
      {(kind === 'work-order' || kind === 'operation') && (
        <div className={dialog.pair}>
          <NumberInput
            label={t`Refrigerant added`}
            suffix=" kg"
            min={0}
            decimalScale={3}
            hideControls
            {...field('refrigerantAddedKg')}
          />
          <NumberInput
            label={t`Refrigerant recovered`}
            suffix=" kg"
            min={0}
            decimalScale={3}
            hideControls
            {...field('refrigerantRecoveredKg')}
          />
          <Select
            label={t`Leak`}
            placeholder={t`Not looked for`}
            clearable
            clearButtonProps={{ 'aria-label': t`Not looked for` }}
            data={[
              { value: 'yes', label: t`Leak found` },
              { value: 'no', label: t`No leak found` },
            ]}
            {...field('leakFound')}
          />
        </div>
      )}
      {kind === 'measurement' && <Measurements value={measurements} onChange={setMeasurements} />}
    </FormDialog>
  );
}

/** The result of a leak check is a choice. */
type AsEntered<Data> = Partial<Omit<Data, 'leakFound'>> & { readonly leakFound?: 'yes' | 'no' | null };

/** The day it is here, as `2026-03-01`. */
function today(): string {
  const at = new Date(now());
  return new Date(now() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
