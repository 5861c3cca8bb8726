import { Trans, useLingui } from '@lingui/react/macro';
import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate, useRouteContext } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { keepLive, listenerOf } from '../api/live.ts';
import { ownAccount, queryClient } from '../api/queries.ts';
import { onOtherTabs } from '../session/provider.ts';
import { endSession, onSessionExpired } from '../session/session.ts';
import { AccountMenu } from './account-menu.tsx';
import { Keyboard, MODIFIER } from './keyboard.tsx';
import { isFoundIn, isOnPhone, type Place, placesOf } from './navigation.ts';
import { openOverlay } from './overlays.ts';
import classes from './shell.module.css';

export function Shell() {
  const { session } = useRouteContext({ from: '/shell' });
  const account = session.account?.id;
  const listener = listenerOf(session);
  useEffect(() => {
    const leaving = new AbortController();
    keepLive(listener, account, leaving.signal);
    return () => leaving.abort();
  }, [listener, account]);
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
      onOtherTabs((message) => {
        if (message !== 'signed-out' || session.token !== undefined) return;
        endSession();
        queryClient.clear();
        void navigate({ to: '/sign-in' });
      }),
    [navigate, session.token],
  );
  const { t } = useLingui();
  const places = useMemo(() => placesOf(session), [session]);
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
        <UnstyledButton className={classes.search} onClick={() => openOverlay('palette')}>
          <IconSearch size={16} stroke={1.75} aria-hidden />
          <span>
            <Trans>Search</Trans>
          </span>
          <kbd>{MODIFIER} K</kbd>
        </UnstyledButton>
        <ul>
          {places.map((place) => (
            <li key={place.to} data-phone={isOnPhone(place, session)}>
              <Entry place={place} />
            </li>
          ))}
        </ul>
        <AccountMenu session={session} places={places} />
      </nav>
      <main id="content" className={classes.content} tabIndex={-1}>
        <Outlet />
      </main>
      <Keyboard session={session} places={places} />
    </div>
  );
}

function Entry({ place }: { readonly place: Place }) {
  const { to, name, icon: Icon } = place;
  const { i18n } = useLingui();
  const isHere = useLocation({ select: ({ pathname }) => isFoundIn(pathname, place) });
  return (
    <Link
      to={to}
      className={classes.entry}
      activeOptions={{ exact: to === '/', includeSearch: false }}
      aria-current={isHere || undefined}
    >
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
