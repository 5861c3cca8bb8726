import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Code, Group, Modal, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import type { Delivery, Webhook } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import dialog from '../../parts/dialog.module.css';
import { Fact, Facts } from '../../parts/facts.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { Time } from '../../parts/time.tsx';
import classes from './delivery.module.css';
import { AttemptResult, DeliveryStatusBadge } from './delivery-status.tsx';
import { ReplayWebhook } from './replay-webhook.tsx';

interface DeliveryDialogProps {
  readonly webhook: Webhook;
  readonly id: string;
  /** None while it is on its way into the list. */
  readonly delivery: Delivery | undefined;
  readonly onClose: () => void;
}

/** What came of one delivery, attempt by attempt. */
export function DeliveryDialog({ webhook, id, delivery, onClose }: DeliveryDialogProps) {
  const { t } = useLingui();
  const [replays, setReplays] = useState(false);
  const path = { id: webhook.id, deliveryId: id };
  const retry = useWrite(() =>
    tessera.post('/v1/webhooks/{id}/deliveries/{deliveryId}/retry', { params: { path } }),
  );
  if (replays && delivery) {
    return <ReplayWebhook webhook={webhook} after={delivery.cursor} onClose={onClose} />;
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={delivery === undefined ? t`A delivery` : delivery.type}
      size="lg"
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <div className={dialog.body}>
        {delivery === undefined ? <Skeleton height={180} aria-busy /> : <DeliveryFacts delivery={delivery} />}
        {retry.error && <ProblemNotice error={retry.error} />}
        <Group justify="flex-end">
          <Button variant="default" disabled={delivery === undefined} onClick={() => setReplays(true)}>
            <Trans>Send again what came after</Trans>
          </Button>
          <Button
            loading={retry.isPending}
            disabled={delivery === undefined}
            onClick={() => retry.mutate(undefined)}
          >
            <Trans>Try once more now</Trans>
          </Button>
        </Group>
      </div>
    </Modal>
  );
}

function DeliveryFacts({ delivery }: { readonly delivery: Delivery }) {
  const { i18n } = useLingui();
  const { changeId, status, attempts, nextAttemptAt } = delivery;
  const duration = new Intl.NumberFormat(i18n.locale, { style: 'unit', unit: 'millisecond' });
  return (
    <Facts>
      <Fact name={<Trans>Status</Trans>}>
        <DeliveryStatusBadge status={status} />
      </Fact>
      <Fact name={<Trans>Id of the message</Trans>}>
        <Code>{changeId}</Code>
      </Fact>
      {nextAttemptAt !== undefined && (
        <Fact name={<Trans>Next attempt</Trans>}>
          <Time at={nextAttemptAt} />
        </Fact>
      )}
      <Fact name={<Trans>Attempts</Trans>}>
        {attempts.length === 0 ? (
          <Trans>none yet</Trans>
        ) : (
          <ol className={classes.attempts}>
            {attempts.toReversed().map((attempt) => (
              <li key={attempt.at}>
                <AttemptResult attempt={attempt} />
                <span className={classes.when}>
                  <Time at={attempt.at} />, {duration.format(attempt.durationMs)}
                </span>
              </li>
            ))}
          </ol>
        )}
      </Fact>
    </Facts>
  );
}
