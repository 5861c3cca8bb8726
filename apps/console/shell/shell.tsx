import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouteContext } from '@tanstack/react-router';
import { useEffect } from 'react';
import { keepLive } from '../api/live.ts';
import { ownAccount, queryClient } from '../api/queries.ts';
import { onOtherTabs } from '../session/provider.ts';
import { endSession, onSessionExpired } from '../session/session.ts';
import { AccountMenu } from './account-menu.tsx';
import { Keyboard } from './keyboard.tsx';
import { PLACES, type Place } from './navigation.ts';
import classes from './shell.module.css';

export function Shell() {
  const { session } = useRouteContext({ from: '/shell' });
  useEffect(() => {
    const leaving = new AbortController();
    keepLive(session.account.id, leaving.signal);
    return () => leaving.abort();
  }, [session.account.id]);
  const navigate = useNavigate();
  useEffect(
    () =>
      onSessionExpired(() => {
        const { pathname, search } = window.location;
        void navigate({ to: '/sign-in', search: { back: pathname + search } });
      }),
    [navigate],
  );
  useEffect(
    () =>
      onOtherTabs((told) => {
        if (told !== 'signed-out' || session.token !== undefined) return;
        endSession();
        queryClient.clear();
        void navigate({ to: '/sign-in' });
      }),
    [navigate, session.token],
  );
  const { t } = useLingui();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        <Trans>Skip to the content</Trans>
      </a>
      <nav className={classes.navigation} aria-label={t`Main`}>
        <Link to="/" className={classes.brand}>
          <img src="/icon.svg" alt="" width="24" height="24" />
          <span>Tessera</span>
        </Link>
        <ul>
          {PLACES.map((place) => (
            <li key={place.to} data-phone={place.onPhone}>
              <Entry place={place} />
            </li>
          ))}
        </ul>
        <AccountMenu session={session} />
      </nav>
      <main id="content" className={classes.content} tabIndex={-1}>
        <Outlet />
      </main>
      <Keyboard />
    </div>
  );
}

function Entry({ place: { to, name, icon: Icon } }: { readonly place: Place }) {
  const { i18n } = useLingui();
  return (
    <Link to={to} className={classes.entry} activeOptions={{ exact: to === '/', includeSearch: false }}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <span>{i18n._(name)}</span>
      {to === '/inbox' && <Unread />}
    </Link>
  );
}

function Unread() {
  const { data } = useQuery(ownAccount());
  if (!data?.unread) return null;
  return (
    <span className={classes.unread}>
      {data.unread > 99 ? '99+' : data.unread}
      <span className={classes.hidden}>
        <Trans>unread</Trans>
      </span>
    </span>
  );
}
