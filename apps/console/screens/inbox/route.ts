import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, oneOf } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';

export const inboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/inbox',
  validateSearch: ({ show }: Readonly<Record<string, unknown>>) =>
    definedOnly({ show: oneOf(show, ['all']) }),
  component: lazyRouteComponent(() => import('./inbox.tsx'), 'Inbox'),
});
