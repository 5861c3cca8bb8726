import { Trans, useLingui } from '@lingui/react/macro';
import { Select, UnstyledButton } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type Delivery, deliveries, type Webhook } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { type Column, ListTable, rowLink } from '../../parts/list-table.tsx';
import { Time } from '../../parts/time.tsx';
import { Toolbar } from '../../parts/toolbar.tsx';
import classes from './deliveries.module.css';
import { DeliveryDialog } from './delivery.tsx';
import { AttemptResult, DeliveryStatusBadge, useDeliveryStatusName } from './delivery-status.tsx';
import { DELIVERY_STATUSES } from './status.ts';

const route = getRouteApi('/shell/settings/webhooks/$webhookId');

/** Deliveries are not part of the stream of changes, so they are polled; less often the more there are. */
const AGAIN_MS = 2_000;

interface DeliveriesProps {
  readonly webhook: Webhook;
  readonly status?: Delivery['status'];
  /** The id of the one that is looked at. */
  readonly shown?: string;
  readonly onShow: (id: string | undefined) => void;
}

/** The deliveries of a webhook in the last 30 days, and their results. */
export function Deliveries({ webhook, status, shown, onShow }: DeliveriesProps) {
  const { t } = useLingui();
  const navigate = route.useNavigate();
  const statusName = useDeliveryStatusName();
  const query = useInfiniteQuery({
    ...deliveries(webhook.id, { status }),
    refetchInterval: ({ state }) => AGAIN_MS * (state.data?.pages.length ?? 1),
  });
  const columns = useColumns(onShow);
  const found = query.data?.pages.flatMap(({ items }) => items).find(({ id }) => id === shown);
  return (
    <section className={classes.deliveries}>
      <h2>
        <Trans>Deliveries of the last 30 days</Trans>
      </h2>
      <Toolbar>
        <Select
          aria-label={t`Status`}
          placeholder={t`Any status`}
          clearable
          clearButtonProps={{ 'aria-label': t`Any status` }}
          value={status ?? null}
          onChange={(value) =>
            void navigate({
              search: value === null ? {} : { status: value as Delivery['status'] },
              replace: true,
            })
          }
          data={DELIVERY_STATUSES.map((value) => ({ value, label: statusName(value) }))}
        />
      </Toolbar>
      <ListTable
        label={t`Deliveries`}
        query={query}
        columns={columns}
        idOf={({ id }) => id}
        empty={
          status === undefined ? (
            <EmptyState icon={IconSend} title={<Trans>Nothing was sent yet</Trans>}>
              <Trans>What happens from now on is delivered. To see that it arrives, send a test.</Trans>
            </EmptyState>
          ) : (
            <EmptyState icon={IconSend} title={<Trans>No delivery fits</Trans>}>
              <Trans>There is none of that status in the last 30 days.</Trans>
            </EmptyState>
          )
        }
      />
      {shown !== undefined && (
        <DeliveryDialog webhook={webhook} delivery={found} onClose={() => onShow(undefined)} id={shown} />
      )}
    </section>
  );
}

function useColumns(onShow: (id: string) => void): readonly Column<Delivery>[] {
  const { t } = useLingui();
  return [
    {
      key: 'type',
      header: t`Type`,
      width: 'minmax(0, 2fr)',
      cell: ({ id, type }) => (
        <UnstyledButton className={rowLink} onClick={() => onShow(id)}>
          {type}
        </UnstyledButton>
      ),
    },
    {
      key: 'status',
      header: t`Status`,
      width: '130px',
      onPhone: true,
      cell: ({ status }) => <DeliveryStatusBadge status={status} />,
    },
    {
      key: 'attempts',
      header: t`Attempts`,
      width: '80px',
      isNumber: true,
      cell: ({ attempts }) => attempts.length,
    },
    {
      key: 'answer',
      header: t`Last answer`,
      width: 'minmax(0, 2fr)',
      cell: ({ attempts }) => <AttemptResult attempt={attempts.at(-1)} />,
    },
    {
      key: 'last',
      header: t`Last attempt`,
      width: '118px',
      onPhone: true,
      cell: ({ attempts }) => {
        const last = attempts.at(-1);
        return last ? <Time at={last.at} /> : '–';
      },
    },
    {
      key: 'next',
      header: t`Next attempt`,
      width: '118px',
      cell: ({ nextAttemptAt }) => (nextAttemptAt === undefined ? '–' : <Time at={nextAttemptAt} />),
    },
  ];
}
