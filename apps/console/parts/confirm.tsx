import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from './dialog.module.css';
import { ProblemNotice } from './problem.tsx';

interface ConfirmProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  /** What exactly will happen. */
  readonly children: ReactNode;
  /** Names the effect, as in `Share 14 installations`. */
  readonly action: ReactNode;
  readonly onConfirm: () => void;
  readonly pending: boolean;
  readonly error: unknown;
  /** Ends something. */
  readonly severe?: boolean;
  /** What has to be typed first, for what cannot be undone. */
  readonly typed?: string;
  readonly ready?: boolean;
}

/** Says what will happen beside the button that does it. */
export function Confirm(props: ConfirmProps) {
  const {
    opened,
    onClose,
    title,
    children,
    action,
    onConfirm,
    pending,
    error,
    severe,
    typed,
    ready = true,
  } = props;
  const { t } = useLingui();
  const [entered, setEntered] = useState('');
  const isTyped = typed === undefined || entered.trim() === typed.trim();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <div className={classes.body}>
        {children}
        {typed !== undefined && (
          <TextInput
            label={<Trans>This cannot be undone. Type “{typed}” to continue</Trans>}
            value={entered}
            onChange={({ currentTarget }) => setEntered(currentTarget.value)}
          />
        )}
        {error !== null && error !== undefined && <ProblemNotice error={error} />}
        <Group justify="flex-end" className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            <Trans>Leave it as it is</Trans>
          </Button>
          <Button
            color={severe ? 'red' : undefined}
            loading={pending}
            disabled={!isTyped || !ready}
            onClick={onConfirm}
          >
            {action}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
