import { Trans } from '@lingui/react/macro';
import { Alert, Code } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import { type Webhook, webhook as webhookQuery } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { ActionMenu } from '../../parts/action-menu.tsx';
import { Fact, Facts } from '../../parts/facts.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { Time, TimeLeft } from '../../parts/time.tsx';
import { ChangeWebhook } from './change-webhook.tsx';
import { Deliveries } from './deliveries.tsx';
import { DisableWebhook } from './disable-webhook.tsx';
import { RemoveWebhook } from './remove-webhook.tsx';
import { ReplayWebhook } from './replay-webhook.tsx';
import { RotateSecret } from './rotate-secret.tsx';
import { WebhookStatusBadge, WhyNotDelivered } from './webhook-status.tsx';

const route = getRouteApi('/shell/settings/webhooks/$webhookId');

/** Everything of one webhook, and what was delivered to it. */
export function WebhookScreen() {
  const { webhookId } = route.useParams();
  const query = useQuery(webhookQuery(webhookId));
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(webhook) => <WebhookPage key={webhookId} webhook={webhook} />}
    </Loaded>
  );
}

function WebhookPage({ webhook }: { readonly webhook: Webhook }) {
  const { id, url, types, description, formerSecretUntil, createdAt } = webhook;
  const { status } = route.useSearch();
  const navigate = route.useNavigate();
  const [shown, setShown] = useState<string>();
  const test = useWrite(() => tessera.post('/v1/webhooks/{id}/test', { params: { path: { id } } }), {
    // What becomes of it is shown, whichever deliveries are listed.
    onSuccess: ({ deliveryId }) => {
      setShown(deliveryId);
      void navigate({ search: {}, replace: true });
    },
  });
  const enable = useWrite(() =>
    tessera.patch('/v1/webhooks/{id}', { params: { path: { id } }, body: { enabled: true } }),
  );
  return (
    <Page
      title={description ?? url}
      wide
      above={
        <Link to="/settings" search={{ tab: 'webhooks' }}>
          <Trans>Webhooks</Trans>
        </Link>
      }
      lead={<WebhookStatusBadge webhook={webhook} />}
      actions={<Actions webhook={webhook} test={test} enable={enable} />}
    >
      {(test.error ?? enable.error) && <ProblemNotice error={test.error ?? enable.error} />}
      <Trouble webhook={webhook} />
      <Facts>
        <Fact name={<Trans>URL</Trans>}>
          <Code>{url}</Code>
        </Fact>
        <Fact name={<Trans>Changes</Trans>}>{types?.join(', ') ?? <Trans>every change</Trans>}</Fact>
        <Fact name={<Trans>Registered</Trans>}>
          <Time at={createdAt} />
        </Fact>
        {formerSecretUntil !== undefined && (
          <Fact name={<Trans>Former secret</Trans>}>
            <Trans>
              valid for <TimeLeft at={formerSecretUntil} /> more
            </Trans>
          </Fact>
        )}
      </Facts>
      <Deliveries webhook={webhook} status={status} shown={shown} onShow={setShown} />
    </Page>
  );
}

function Trouble({ webhook }: { readonly webhook: Webhook }) {
  const { disabled, failingSince } = webhook;
  if (disabled === undefined && failingSince === undefined) return null;
  const isAsked = disabled?.reason === 'asked';
  return (
    <Alert
      variant="outline"
      color={isAsked ? 'gray' : 'red'}
      icon={<IconAlertTriangle aria-hidden />}
      title={disabled === undefined ? <Trans>Nothing arrives</Trans> : <Trans>Nothing is sent</Trans>}
    >
      <WhyNotDelivered webhook={webhook} />
    </Alert>
  );
}

interface Write {
  readonly mutate: (input: undefined) => void;
  readonly isPending: boolean;
}

interface ActionsProps {
  readonly webhook: Webhook;
  readonly test: Write;
  readonly enable: Write;
}

function Actions({ webhook, test, enable }: ActionsProps) {
  const navigate = route.useNavigate();
  const [dialog, setDialog] = useState<Webhook['allowedActions'][number]>();
  const close = () => setDialog(undefined);
  const may = (action: Webhook['allowedActions'][number]) => webhook.allowedActions.includes(action);
  const opens = (action: Webhook['allowedActions'][number]) => ({
    allowed: may(action),
    onClick: () => setDialog(action),
  });
  const remove = { name: <Trans>Remove</Trans>, ...opens('remove') };
  const isDisabled = webhook.status === 'disabled';
  return (
    <>
      <ActionMenu
        actions={[
          { name: <Trans>Change</Trans>, ...opens('change') },
          {
            name: <Trans>Another secret</Trans>,
            because: (
              <Trans>As many are valid as may be at once. Each is for a day after the next one.</Trans>
            ),
            ...opens('rotate'),
          },
          { name: <Trans>Send again</Trans>, ...opens('replay') },
        ]}
        severe={isDisabled ? [remove] : [{ name: <Trans>Disable</Trans>, ...opens('disable') }, remove]}
      />
      {isDisabled ? (
        <ActionButton
          allowed={may('enable')}
          loading={enable.isPending}
          onClick={() => enable.mutate(undefined)}
        >
          <Trans>Enable again</Trans>
        </ActionButton>
      ) : (
        <ActionButton allowed={may('test')} loading={test.isPending} onClick={() => test.mutate(undefined)}>
          <Trans>Send a test</Trans>
        </ActionButton>
      )}
      {dialog === 'change' && <ChangeWebhook webhook={webhook} onClose={close} />}
      {dialog === 'disable' && <DisableWebhook webhook={webhook} onClose={close} />}
      {dialog === 'rotate' && <RotateSecret webhook={webhook} onClose={close} />}
      {dialog === 'replay' && <ReplayWebhook webhook={webhook} onClose={close} />}
      {dialog === 'remove' && (
        <RemoveWebhook
          webhook={webhook}
          onClose={close}
          onRemoved={() => void navigate({ to: '/settings', search: { tab: 'webhooks' } })}
        />
      )}
    </>
  );
}
