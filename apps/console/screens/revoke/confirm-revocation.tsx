import { Plural, Trans } from '@lingui/react/macro';
import { Button, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import type { Share } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { forgetPicked } from './picked.ts';
import { type Asked, bodyOf, type Revocation } from './revocation.ts';
import { RevocationEffect } from './revocation-effect.tsx';

interface ConfirmRevocationProps {
  readonly share: Share;
  readonly asked: Asked;
  readonly effect: Revocation | undefined;
}

/** Revokes, once its effect was read; where others lose access that cannot be given back to them, by the typed name. */
export function ConfirmRevocation({ share, asked, effect }: ConfirmRevocationProps) {
  const { id, name, counterparty, items } = share;
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState('');
  const revoke = useWrite(
    () => {
      const why = reason.trim();
      return tessera.post('/v1/shares/{id}/revoke', {
        params: { path: { id } },
        body: { ...bodyOf(asked), ...(why && { reason: why }) },
      });
    },
    {
      onSuccess: () => {
        forgetPicked(id);
        void navigate({ to: '/shares/$shareId', params: { shareId: id } });
      },
    },
  );
  const count = effect?.withdrawn.length ?? 0;
  // Before the package is there, the share itself is revoked.
  const isWhole = asked === 'everything' && items.total === 0;
  const action = isWhole ? (
    <Trans>Revoke the share</Trans>
  ) : (
    <Plural value={count} _0="Nothing to revoke" one="Revoke # installation" other="Revoke # installations" />
  );
  return (
    <>
      <Button
        fullWidth
        color="red"
        disabled={effect === undefined || (count === 0 && !isWhole)}
        onClick={() => setOpened(true)}
      >
        {action}
      </Button>
      <Confirm
        opened={opened}
        onClose={() => setOpened(false)}
        title={action}
        action={action}
        onConfirm={() => revoke.mutate(undefined)}
        pending={revoke.isPending}
        error={revoke.error}
        severe
        typed={effect && effect.downstream.length > 0 ? name : undefined}
      >
        {effect && <RevocationEffect share={share} effect={effect} />}
        <Textarea
          label={<Trans>Reason</Trans>}
          description={<Trans>{counterparty.name} reads it.</Trans>}
          value={reason}
          maxLength={1_000}
          autosize
          minRows={2}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </Confirm>
    </>
  );
}
