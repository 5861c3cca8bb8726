import { createRootRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { ProblemError } from '#client';
import { startLive } from '../api/live.ts';
import { announceSignIn, wayToSignIn } from '../session/provider.ts';
import { currentSession, endSession, type Session } from '../session/session.ts';
import { leadsTo, placesOf } from './navigation.ts';
import { NotFound } from './not-found.tsx';
import { Root } from './root.tsx';
import { ScreenFailed } from './screen-failed.tsx';
import { Shell } from './shell.tsx';

export const rootRoute = createRootRoute({
  component: Root,
  errorComponent: ScreenFailed,
  notFoundComponent: NotFound,
});

interface SignInSearch {
  readonly back?: string;
  readonly problem?: string;
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: ({ back, problem }: Readonly<Record<string, unknown>>): SignInSearch => ({
    ...(isOurs(back) && { back }),
    ...(typeof problem === 'string' && { problem }),
  }),
  component: lazyRouteComponent(() => import('../screens/sign-in/sign-in.tsx'), 'SignIn'),
});

export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signed-in',
  component: lazyRouteComponent(() => import('../screens/sign-in/signed-in.tsx'), 'SignedIn'),
});

/** Whether it leads to a page of this console. Browsers read a backslash as a slash. */
function isOurs(back: unknown): back is string {
  return typeof back === 'string' && /^\/(?![/\\])/.test(back);
}

/** What is around a screen of someone signed in. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    const session = currentSession() ?? (await foundSession());
    if (session === undefined) {
      const back = location.href === '/' ? undefined : location.href;
      throw redirect({ to: '/sign-in', search: { back } });
    }
    try {
      await startLive(session);
    } catch (error) {
      // Without a service the screen says so itself; without a session there is nothing to show.
      if (error instanceof ProblemError && error.status === 401) {
        endSession();
        throw redirect({ to: '/sign-in', search: { back: location.href } });
      }
    }
    const [start, ...others] = placesOf(session);
    if (session.account === undefined && start !== undefined) {
      const isTheirs = [start, ...others].some(({ to }) => leadsTo(location.pathname, to));
      if (!isTheirs) throw redirect({ to: start.to });
    }
    return { session };
  },
  component: Shell,
  errorComponent: ScreenFailed,
});

/** That of the browser, where an issuer signs people in; other tabs may have waited for it. */
async function foundSession(): Promise<Session | undefined> {
  await wayToSignIn().catch(() => undefined);
  const session = currentSession();
  if (session !== undefined) announceSignIn();
  return session;
}
