import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyField } from '../../parts/copy-field.tsx';
import dialog from '../../parts/dialog.module.css';

interface SecretProps {
  readonly secret: string;
  /** What is to be done with it. */
  readonly children: ReactNode;
  readonly onDone: () => void;
}

/** The secret that a webhook's deliveries are signed with, which is shown this once. */
export function Secret({ secret, children, onDone }: SecretProps) {
  const { t } = useLingui();
  return (
    <Modal
      opened
      onClose={onDone}
      title={<Trans>Give this secret to the receiver</Trans>}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <div className={dialog.body}>
        <CopyField label={<Trans>Secret</Trans>} value={secret} />
        <p className={dialog.text}>
          <Trans>
            Copy it now: it is not shown again. With it the receiver verifies that what arrives was sent by
            Tessera.
          </Trans>{' '}
          {children}
        </p>
        <Group justify="flex-end">
          <Button onClick={onDone}>
            <Trans>I have copied it</Trans>
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
