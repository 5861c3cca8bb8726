import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { tessera } from '../../api/client.ts';
import type { Notification } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import { Time } from '../../parts/time.tsx';
import classes from './inbox.module.css';

interface NotificationLineProps {
  readonly notification: Notification;
  readonly mayMark: boolean;
}

/** A notification, with a link to its subject. */
export function NotificationLine({ notification, mayMark }: NotificationLineProps) {
  const { id, at, read } = notification;
  const mark = useWrite(() => tessera.post('/v1/inbox/{id}/read', { params: { path: { id } } }));
  // Following the link marks it as read.
  const follow = () => {
    if (mayMark && !read) mark.mutate(undefined);
  };
  return (
    <li className={classes.line} data-read={read}>
      <span className={classes.dot} aria-hidden />
      <span className={classes.text}>
        <NotificationLink notification={notification} onFollow={follow} />
        {mark.error && <ProblemNotice error={mark.error} />}
      </span>
      <span className={classes.at}>
        <Time at={at} />
      </span>
      {!read && mayMark && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.mark}
          loading={mark.isPending}
          onClick={() => mark.mutate(undefined)}
        >
          <Trans>Mark as read</Trans>
        </Button>
      )}
    </li>
  );
}

interface NotificationLinkProps {
  readonly notification: Notification;
  readonly onFollow: () => void;
}

/** The text, linked to the share, the connection or the webhook that it is about. */
function NotificationLink({
  notification: { text, shareId, connectionId, webhookId },
  onFollow,
}: NotificationLinkProps) {
  if (shareId !== undefined) {
    return (
      <Link to="/shares/$shareId" params={{ shareId }} onClick={onFollow}>
        {text}
      </Link>
    );
  }
  if (connectionId !== undefined) {
    return (
      <Link to="/connections/$connectionId" params={{ connectionId }} onClick={onFollow}>
        {text}
      </Link>
    );
  }
  if (webhookId === undefined) return text;
  return (
    <Link to="/settings/webhooks/$webhookId" params={{ webhookId }} onClick={onFollow}>
      {text}
    </Link>
  );
}
