import { createRootRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { ProblemError } from '#client';
import { beginLive } from '../api/live.ts';
import { currentSession, endSession } from '../session/session.ts';
import { NotFound } from './not-found.tsx';
import { ScreenFailed } from './screen-failed.tsx';

export const rootRoute = createRootRoute({
  errorComponent: ScreenFailed,
  notFoundComponent: NotFound,
});

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: ({ back }: { readonly back?: unknown }): { readonly back?: string } =>
    typeof back === 'string' && back.startsWith('/') && !back.startsWith('//') ? { back } : {},
  component: lazyRouteComponent(() => import('../screens/sign-in/account-picker.tsx'), 'AccountPicker'),
});

/** What a screen of someone signed in stands in. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    const session = currentSession();
    if (session === undefined) {
      const back = location.href === '/' ? undefined : location.href;
      throw redirect({ to: '/sign-in', search: { back } });
    }
    try {
      await beginLive(session.account.id);
    } catch (error) {
      // Without a service the screen says so itself; without a session there is nothing to show.
      if (error instanceof ProblemError && error.status === 401) {
        endSession();
        throw redirect({ to: '/sign-in', search: { back: location.href } });
      }
    }
    return { session };
  },
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
  errorComponent: ScreenFailed,
});
