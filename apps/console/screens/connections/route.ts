import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, oneOf, someText } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';
import { CONNECTION_STATUSES } from './status.ts';

export const connectionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/connections',
  validateSearch: ({ status, q, form }: Readonly<Record<string, unknown>>) =>
    definedOnly({
      status: oneOf(status, CONNECTION_STATUSES),
      q: someText(q),
      form: oneOf(form, ['create', 'enter']),
    }),
  component: lazyRouteComponent(() => import('./connections.tsx'), 'Connections'),
});

export const connectionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/connections/$connectionId',
  component: lazyRouteComponent(() => import('./connection.tsx'), 'ConnectionScreen'),
});
