import { Trans } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import { useWrite } from '../../api/writes.ts';
import { Confirm } from '../../parts/confirm.tsx';
import type { ConnectionDialogProps } from './dialog.ts';

export function RenameConnection({ connection: { id, label }, opened, onClose }: ConnectionDialogProps) {
  const [name, setName] = useState(label);
  const rename = useWrite(
    () =>
      tessera.post('/v1/connections/{id}/rename', { params: { path: { id } }, body: { label: name.trim() } }),
    { onSuccess: onClose },
  );
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={<Trans>Rename the connection</Trans>}
      action={<Trans>Rename</Trans>}
      onConfirm={() => rename.mutate(undefined)}
      pending={rename.isPending}
      error={rename.error}
      ready={name.trim() !== ''}
    >
      <TextInput
        label={<Trans>Label</Trans>}
        description={<Trans>How you call the other company. Only your own company sees it.</Trans>}
        value={name}
        maxLength={200}
        data-autofocus
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
    </Confirm>
  );
}
