import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import type { Share } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { exactly } from '../../parts/time.tsx';
import { endOfDay, UntilField } from '../../parts/until-field.tsx';

interface ExtendShareProps {
  readonly share: Share;
  /** When it ends now. */
  readonly expiresAt: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Lets access end later, and says what that does. */
export function ExtendShare({ share, expiresAt, opened, onClose }: ExtendShareProps) {
  const { i18n } = useLingui();
  const { id, counterparty } = share;
  const [lastDay, setLastDay] = useState('');
  const until = endOfDay(lastDay);
  const isLater = until !== undefined && until > expiresAt;
  const extend = useWrite(
    (end: string) =>
      tessera.post('/v1/shares/{id}/extend', { params: { path: { id } }, body: { until: end } }),
    { onSuccess: onClose },
  );
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={<Trans>Extend the access</Trans>}
      action={<Trans>Extend the access</Trans>}
      onConfirm={() => until && extend.mutate(until)}
      pending={extend.isPending}
      error={extend.error}
      ready={isLater}
    >
      <Trans>
        {counterparty.name} keeps its access beyond {exactly(expiresAt, i18n.locale)}, and so does everyone it
        gave it on to, under their own terms. It is notified; you are both notified again a week and a day
        before the new end. It cannot be made to end earlier afterwards, other than by revoking it.
      </Trans>
      <UntilField label={<Trans>Until</Trans>} value={lastDay} onChange={setLastDay} required />
      {until !== undefined && !isLater && (
        <p role="alert">
          <Trans>Choose a day after the one on which it ends now.</Trans>
        </p>
      )}
    </Confirm>
  );
}
