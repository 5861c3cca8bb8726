import { createRouter } from '@tanstack/react-router';
import { screens } from './screens/index.ts';
import { rootRoute, shellRoute, signedInRoute, signInRoute } from './shell/routes.ts';

export const router = createRouter({
  routeTree: rootRoute.addChildren([signInRoute, signedInRoute, shellRoute.addChildren(screens)]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
