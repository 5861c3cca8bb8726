import { Trans, useLingui } from '@lingui/react/macro';
import { Skeleton } from '@mantine/core';
import { IconChecks, IconInbox } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { tessera } from '../../api/client.ts';
import { type Notification, notifications, ownAccount } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { MoreButton } from '../../parts/more-button.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { TabCount, TabLink, Tabs } from '../../parts/tabs.tsx';
import { dayName, daysOf } from './days.ts';
import classes from './inbox.module.css';
import { NotificationLine } from './notification-line.tsx';

const route = getRouteApi('/shell/inbox');

/** The account's notifications, by day; the unread ones come first. */
export function Inbox() {
  const { t } = useLingui();
  const { show } = route.useSearch();
  const { data: account } = useQuery(ownAccount());
  const unread = account?.unread ?? 0;
  const query = useInfiniteQuery(notifications(show === 'all' ? {} : { read: false }));
  const items = query.data?.pages.flatMap((page) => page.items);
  const readAll = useWrite(() => tessera.post('/v1/inbox/read-all', {}));
  const mayMark = account?.roles.some((role) => role !== 'technician') ?? false;
  return (
    <Page
      title={t`Inbox`}
      lead={<Trans>What others did that concerns you.</Trans>}
      actions={
        unread > 0 && (
          <ActionButton
            variant="default"
            leftSection={<IconChecks size={16} aria-hidden />}
            allowed={mayMark}
            because={t`Technicians read, and do not mark for everyone.`}
            loading={readAll.isPending}
            onClick={() => readAll.mutate(undefined)}
          >
            <Trans>Mark all as read</Trans>
          </ActionButton>
        )
      }
    >
      <Tabs label={t`What is shown`}>
        <ShowLink show={undefined} current={show}>
          <Trans>Unread</Trans> {unread > 0 && <TabCount>{unread}</TabCount>}
        </ShowLink>
        <ShowLink show="all" current={show}>
          <Trans>All</Trans>
        </ShowLink>
      </Tabs>
      {readAll.error && <ProblemNotice error={readAll.error} />}
      {items === undefined &&
        (query.error ? (
          <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <InboxSkeleton />
        ))}
      {items?.length === 0 && <NothingHere isUnread={show !== 'all'} />}
      {items !== undefined && items.length > 0 && <Days items={items} mayMark={mayMark} />}
      <MoreButton query={query} />
    </Page>
  );
}

interface ShowLinkProps {
  readonly show: 'all' | undefined;
  readonly current: 'all' | undefined;
  readonly children: React.ReactNode;
}

function ShowLink({ show, current, children }: ShowLinkProps) {
  return (
    <TabLink to="/inbox" search={{ show }} shown={show === current}>
      {children}
    </TabLink>
  );
}

interface DaysProps {
  readonly items: readonly Notification[];
  readonly mayMark: boolean;
}

function Days({ items, mayMark }: DaysProps) {
  const { i18n } = useLingui();
  return daysOf(items).map(({ day, items }) => (
    <section key={day} className={classes.day}>
      <h2>{dayName(day, i18n.locale)}</h2>
      <ul>
        {items.map((notification) => (
          <NotificationLine key={notification.id} notification={notification} mayMark={mayMark} />
        ))}
      </ul>
    </section>
  ));
}

function NothingHere({ isUnread }: { readonly isUnread: boolean }) {
  return isUnread ? (
    <EmptyState icon={IconChecks} title={<Trans>You have read everything</Trans>}>
      <Trans>
        What others do with your shares appears here by itself.{' '}
        <Link to="/inbox" search={{ show: 'all' }}>
          Show what you have read
        </Link>
      </Trans>
    </EmptyState>
  ) : (
    <EmptyState icon={IconInbox} title={<Trans>Nothing yet</Trans>}>
      <Trans>When a company asks you for installations, or answers you, you read it here.</Trans>
    </EmptyState>
  );
}

function InboxSkeleton() {
  return (
    <ul className={classes.skeleton} aria-busy>
      {[70, 55, 80, 60].map((width) => (
        <li key={width}>
          <Skeleton height={12} width={`${width}%`} />
        </li>
      ))}
    </ul>
  );
}
