import { Plural, Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import type { Share } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { forgetEdits } from './edits.ts';

/** Declines everything that is still on offer. */
export function DeclineRest({
  share: { id, counterparty, items, allowedActions },
}: {
  readonly share: Share;
}) {
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const finish = useWrite(() => tessera.post('/v1/shares/{id}/finish', { params: { path: { id } } }), {
    onSuccess: () => {
      forgetEdits(id);
      void navigate({ to: '/shares/$shareId', params: { shareId: id } });
    },
  });
  if (!allowedActions.includes('finish')) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {items.placed > 0 ? <Trans>Decline the rest</Trans> : <Trans>Decline all</Trans>}
      </Button>
      <Confirm
        opened={opened}
        onClose={() => setOpened(false)}
        title={<Trans>Decline what is still on offer</Trans>}
        action={<Plural value={items.offered} one="Decline # installation" other="Decline # installations" />}
        onConfirm={() => finish.mutate(undefined)}
        pending={finish.isPending}
        error={finish.error}
        severe
      >
        <Trans>
          You get no access to what is still on offer, and {counterparty.name} is notified. What you have
          taken over stays with you. To get the rest later, you would have to request it again.
        </Trans>
      </Confirm>
    </>
  );
}
