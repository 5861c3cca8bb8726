import { Plural, Trans } from '@lingui/react/macro';
import { Radio, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import { useWrite } from '../../api/writes.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import classes from './connections.module.css';
import type { ConnectionDialogProps } from './dialog.ts';
import { type EndingEffect, endingEffect } from './ending-effect.ts';

/** Ends a connection, with or without what was given over it; says exactly what that comes to. */
export function EndConnection({ connection, opened, onClose }: ConnectionDialogProps) {
  const { id, counterparty, label } = connection;
  const name = counterparty?.name ?? label;
  const [revokeShares, setRevokeShares] = useState(false);
  const effect = useQuery({ ...endingEffect(id), enabled: opened });
  const end = useWrite(
    () => tessera.post('/v1/connections/{id}/end', { params: { path: { id } }, body: { revokeShares } }),
    { onSuccess: onClose },
  );
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={<Trans>End the connection with {name}</Trans>}
      action={revokeShares ? <Trans>End and revoke</Trans> : <Trans>End the connection</Trans>}
      onConfirm={() => end.mutate(undefined)}
      pending={end.isPending}
      error={end.error}
      severe
      typed={revokeShares ? name : undefined}
      ready={effect.data !== undefined}
    >
      {effect.error && <ProblemNotice error={effect.error} onRetry={() => void effect.refetch()} />}
      {effect.data === undefined ? (
        <Skeleton height={120} />
      ) : (
        <>
          <OpenRequests count={effect.data.open} />
          <Radio.Group
            label={<Trans>What you gave {name}</Trans>}
            value={revokeShares ? 'revoke' : 'keep'}
            onChange={(value) => setRevokeShares(value === 'revoke')}
          >
            <Stack gap="xs" mt={6}>
              <Radio value="keep" label={<Trans>Leave it with them, on the terms you agreed</Trans>} />
              <Radio
                value="revoke"
                disabled={effect.data.shares === 0}
                label={<Trans>Revoke what can still be revoked</Trans>}
                description={<Revoked effect={effect.data} name={name} />}
              />
            </Stack>
          </Radio.Group>
          <p className={classes.hint}>
            <Trans>What {name} gave you stays with you. To share again, you need a new connection.</Trans>
          </p>
        </>
      )}
    </Confirm>
  );
}

function OpenRequests({ count }: { readonly count: number }) {
  return (
    <p className={classes.effect}>
      {count === 0 ? (
        <Trans>No request is open between you.</Trans>
      ) : (
        <Plural value={count} one="# open request is cancelled." other="# open requests are cancelled." />
      )}
    </p>
  );
}

function Revoked({ effect, name }: { readonly effect: EndingEffect; readonly name: string }) {
  const { shares, withdrawn, retained, others } = effect;
  if (shares === 0) return <Trans>There is nothing that you gave and may still revoke.</Trans>;
  return (
    <>
      <Plural
        value={withdrawn}
        one={`# installation is withdrawn from ${name}.`}
        other={`# installations are withdrawn from ${name}.`}
      />{' '}
      {retained > 0 && (
        <Plural
          value={retained}
          one="# stays: the time in which it could be revoked is over."
          other="# stay: the time in which they could be revoked is over."
        />
      )}{' '}
      {others > 0 && (
        <Plural
          value={others}
          one="# further company loses what was given on to it."
          other="# further companies lose what was given on to them."
        />
      )}
    </>
  );
}
