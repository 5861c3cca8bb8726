import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import classes from './dialog.module.css';
import { ProblemNotice } from './problem.tsx';

interface FormDialogProps {
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** Names the effect, as in `Add customer`. */
  readonly action: ReactNode;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly pending: boolean;
  readonly error: unknown;
}

/** A form over the page that it belongs to. What was entered stays there until it is saved or given up. */
export function FormDialog({ onClose, title, children, action, onSubmit, pending, error }: FormDialogProps) {
  const { t } = useLingui();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form className={classes.body} onSubmit={onSubmit} noValidate>
        {children}
        {error !== null && error !== undefined && <ProblemNotice error={error} />}
        <Group justify="flex-end" className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={pending}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
