import { Trans, useLingui } from '@lingui/react/macro';
import { Radio, Stack } from '@mantine/core';
import type { ReferenceStyle as Style } from './edits.ts';
import type { Plan } from './plan.ts';
import classes from './process.module.css';

interface ReferenceStyleProps {
  readonly plan: Plan;
  readonly value: Style;
  readonly onChange: (style: Style) => void;
}

/** By which reference the installations go with the account, with one of them as the example. */
export function ReferenceStyle({ plan: { installations }, value, onChange }: ReferenceStyleProps) {
  const { t } = useLingui();
  const example =
    installations.find(({ customerReference }) => customerReference !== undefined) ?? installations[0];
  if (example === undefined) return null;
  const { reference, customerReference } = example;
  return (
    <Radio.Group label={t`Reference with you`} value={value} onChange={(style) => onChange(style as Style)}>
      <Stack gap={6} mt={6}>
        <Radio value="original" label={<Trans>As the giver calls it</Trans>} />
        <Radio value="customer" label={<Trans>As its customer calls it</Trans>} />
      </Stack>
      <p className={classes.example} aria-live="polite">
        {value === 'customer' && customerReference === undefined ? (
          <Trans>
            None of these has a reference of its customer, so the giver’s is kept:{' '}
            <strong>{reference}</strong>
          </Trans>
        ) : value === 'customer' ? (
          <Trans>
            For example <strong>{customerReference}</strong> for what the giver calls {reference}
          </Trans>
        ) : (
          <Trans>
            For example <strong>{reference}</strong>
          </Trans>
        )}
        {value === 'original' && customerReference !== undefined && (
          <>
            {' '}
            <Trans>with {customerReference} kept beside it</Trans>
          </>
        )}
      </p>
    </Radio.Group>
  );
}
