import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, oneOf } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';
import { SHARE_TABS } from './tabs.ts';

export const shareRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/shares/$shareId',
  validateSearch: ({ tab, state }: Readonly<Record<string, unknown>>) =>
    definedOnly({
      tab: oneOf(tab, SHARE_TABS),
      state: oneOf(state, ['offered', 'placed', 'declined', 'withdrawn']),
    }),
  component: lazyRouteComponent(() => import('./share.tsx'), 'ShareScreen'),
});
