import { Trans, useLingui } from '@lingui/react/macro';
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import type { Share } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { ExtendShare } from './extend-share.tsx';

type Dialog = 'reject' | 'cancel' | 'extend';

/** What can be done with a share: the next step of its life first. */
export function ShareActions({ share }: { readonly share: Share }) {
  const { t } = useLingui();
  const { id, status, role, allowedActions, expiresAt } = share;
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const because = t`Only an administrator of your company may do this.`;
  return (
    <>
      {status === 'to-evaluate' && (
        <>
          <ActionButton
            variant="default"
            allowed={allowedActions.includes('reject')}
            because={because}
            onClick={() => setDialog('reject')}
          >
            <Trans>Reject</Trans>
          </ActionButton>
          {allowedActions.includes('approve') ? (
            <LinkButton to="/shares/$shareId/evaluate" params={{ shareId: id }}>
              <Trans>Evaluate</Trans>
            </LinkButton>
          ) : (
            <ActionButton allowed={false} because={because} onClick={close}>
              <Trans>Evaluate</Trans>
            </ActionButton>
          )}
        </>
      )}
      {allowedActions.includes('process') && (
        <LinkButton to="/shares/$shareId/process" params={{ shareId: id }}>
          <Trans>Process</Trans>
        </LinkButton>
      )}
      {allowedActions.includes('extend') && (
        <ActionButton variant="default" allowed because={because} onClick={() => setDialog('extend')}>
          <Trans>Extend</Trans>
        </ActionButton>
      )}
      {allowedActions.includes('revoke') && (
        <LinkButton variant="default" to="/shares/$shareId/revoke" params={{ shareId: id }}>
          <Trans>Revoke</Trans>
        </LinkButton>
      )}
      {status === 'requested' && role === 'requester' && (
        <ActionButton
          variant="default"
          allowed={allowedActions.includes('cancel')}
          because={because}
          onClick={() => setDialog('cancel')}
        >
          <Trans>Cancel the request</Trans>
        </ActionButton>
      )}
      <RejectShare share={share} opened={dialog === 'reject'} onClose={close} />
      <CancelShare share={share} opened={dialog === 'cancel'} onClose={close} />
      {expiresAt && (
        <ExtendShare share={share} expiresAt={expiresAt} opened={dialog === 'extend'} onClose={close} />
      )}
    </>
  );
}

interface DialogProps {
  readonly share: Share;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function RejectShare({ share: { id, counterparty }, opened, onClose }: DialogProps) {
  const [reason, setReason] = useState('');
  const reject = useWrite(
    () => {
      const why = reason.trim();
      return tessera.post('/v1/shares/{id}/reject', {
        params: { path: { id } },
        body: why ? { reason: why } : {},
      });
    },
    { onSuccess: onClose },
  );
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={<Trans>Reject the request</Trans>}
      action={<Trans>Reject the request</Trans>}
      onConfirm={() => reject.mutate(undefined)}
      pending={reject.isPending}
      error={reject.error}
      severe
    >
      <Trans>
        {counterparty.name} gets nothing, and is notified. This request ends; they may send a new one.
      </Trans>
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
  );
}

function CancelShare({ share: { id, counterparty }, opened, onClose }: DialogProps) {
  const cancel = useWrite(() => tessera.post('/v1/shares/{id}/cancel', { params: { path: { id } } }), {
    onSuccess: onClose,
  });
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={<Trans>Cancel the request</Trans>}
      action={<Trans>Cancel the request</Trans>}
      onConfirm={() => cancel.mutate(undefined)}
      pending={cancel.isPending}
      error={cancel.error}
      severe
    >
      <Trans>
        {counterparty.name} has not decided yet, and is notified that you do not need it any more.
      </Trans>
    </Confirm>
  );
}
