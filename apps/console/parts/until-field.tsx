import { Trans, useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { exactly } from './time.tsx';

interface UntilFieldProps {
  readonly label: ReactNode;
  /** As the calendar has it: `2026-03-01`; empty for none. */
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly required?: boolean;
  /** Said while no day is chosen. */
  readonly without?: ReactNode;
}

/** The last day of something, and which moment that is where its reader is. */
export function UntilField({ label, value, onChange, required = false, without }: UntilFieldProps) {
  const { i18n } = useLingui();
  const end = endOfDay(value);
  return (
    <TextInput
      type="date"
      label={label}
      required={required}
      maw={280}
      value={value}
      description={
        end ? (
          <Trans>
            The whole of that day, in your time zone ({zone()}): access ends on {exactly(end, i18n.locale)}.
          </Trans>
        ) : (
          without
        )
      }
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** The moment after a day, here; `undefined` for what is no day. */
export function endOfDay(day: string): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const end = new Date(year, month - 1, date + 1);
  // A year below 100 is a day that is still being typed.
  return Number.isNaN(end.getTime()) || year < 100 ? undefined : end.toISOString();
}

function zone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
