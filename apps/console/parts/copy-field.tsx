import { Trans } from '@lingui/react/macro';
import { Button, CopyButton, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './copy-field.module.css';

interface CopyFieldProps {
  readonly label: ReactNode;
  readonly value: string;
}

/** What is to be copied elsewhere, as it is. */
export function CopyField({ label, value }: CopyFieldProps) {
  return (
    <div className={classes.field}>
      <TextInput
        label={label}
        readOnly
        value={value}
        classNames={{ input: classes.code }}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            onClick={copy}
            leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          >
            {copied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
