import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Group } from '@mantine/core';
import { IconLock, IconPlus, IconWebhook } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type Webhook, webhooks } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { type Column, ListTable, rowLink } from '../../parts/list-table.tsx';
import { Time } from '../../parts/time.tsx';
import { RegisterWebhook } from './register-webhook.tsx';
import type { SettingsTabProps } from './tab.ts';
import { WebhookStatusBadge } from './webhook-status.tsx';

/** The webhooks of the account; for administrators, since a URL may contain credentials. */
export function Webhooks({ account }: SettingsTabProps) {
  if (account.roles.includes('administrator')) return <WebhookList />;
  return (
    <EmptyState icon={IconLock} title={<Trans>Webhooks are for administrators</Trans>}>
      <Trans>
        They say where the changes of your company are sent to. An administrator of your company sees and
        changes them.
      </Trans>
    </EmptyState>
  );
}

function WebhookList() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const query = useInfiniteQuery(webhooks());
  const columns = useColumns();
  const [registers, setRegisters] = useState(false);
  const isEmpty = query.data?.pages[0]?.items.length === 0;
  const register = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setRegisters(true)}>
      <Trans>Register a webhook</Trans>
    </Button>
  );
  return (
    <>
      {!isEmpty && <Group mb="xs">{register}</Group>}
      <ListTable
        label={t`Webhooks`}
        query={query}
        columns={columns}
        idOf={({ id }) => id}
        empty={
          <EmptyState icon={IconWebhook} title={<Trans>No webhook yet</Trans>} action={register}>
            <Trans>
              Instead of polling for changes you may have them sent: register the URL of a receiver of yours,
              and it is sent every change from then on.
            </Trans>
          </EmptyState>
        }
      />
      {registers && (
        <RegisterWebhook
          onClose={() => setRegisters(false)}
          onRegistered={(webhookId) =>
            void navigate({ to: '/settings/webhooks/$webhookId', params: { webhookId } })
          }
        />
      )}
    </>
  );
}

function useColumns(): readonly Column<Webhook>[] {
  const { t } = useLingui();
  return [
    {
      key: 'name',
      header: t`Webhook`,
      width: 'minmax(0, 2fr)',
      cell: ({ id, url, description }) => (
        <Link to="/settings/webhooks/$webhookId" params={{ webhookId: id }} className={rowLink}>
          {description ?? url}
        </Link>
      ),
    },
    { key: 'url', header: t`URL`, width: 'minmax(0, 3fr)', cell: ({ url }) => url },
    {
      key: 'changes',
      header: t`Changes`,
      width: 'minmax(0, 1fr)',
      cell: ({ types }) =>
        types === undefined ? (
          <Trans>every</Trans>
        ) : (
          <Plural value={types.length} one="# type" other="# types" />
        ),
    },
    {
      key: 'status',
      header: t`Status`,
      width: '130px',
      onPhone: true,
      cell: (webhook) => <WebhookStatusBadge webhook={webhook} />,
    },
    {
      key: 'created',
      header: t`Registered`,
      width: '118px',
      onPhone: true,
      cell: ({ createdAt }) => <Time at={createdAt} />,
    },
  ];
}
