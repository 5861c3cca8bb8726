import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { components } from '#client';
import classes from './installation.module.css';

type Measurement = components['schemas']['Measurement'];

interface MeasurementsProps {
  readonly value: readonly Measurement[];
  readonly onChange: (value: readonly Measurement[]) => void;
}

/** What was measured: a name, a figure and its unit each. */
export function Measurements({ value, onChange }: MeasurementsProps) {
  const { t } = useLingui();
  const set = (index: number, change: Partial<Measurement>) =>
    onChange(value.map((each, at) => (at === index ? { ...each, ...change } : each)));
  return (
    <fieldset className={classes.measurements}>
      <legend>
        <Trans>Measured</Trans>
      </legend>
      {value.map(({ name, value: figure, unit }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: it has no other name while it is entered
        <div key={index}>
          <TextInput
            aria-label={t`What was measured`}
            placeholder={t`Suction pressure`}
            maxLength={100}
            value={name}
            onChange={({ currentTarget }) => set(index, { name: currentTarget.value })}
          />
          <NumberInput
            aria-label={t`Figure`}
            hideControls
            value={figure}
            onChange={(entered) => set(index, { value: Number(entered) })}
          />
          <TextInput
            aria-label={t`Unit`}
            placeholder="bar"
            maxLength={50}
            value={unit}
            onChange={({ currentTarget }) => set(index, { unit: currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t`Remove this measurement`}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={value.length >= 100}
        onClick={() => onChange([...value, { name: '', value: 0, unit: '' }])}
      >
        <Trans>Add a measurement</Trans>
      </Button>
    </fieldset>
  );
}
