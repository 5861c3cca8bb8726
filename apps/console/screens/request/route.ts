import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, someText } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';

export const requestRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/shares/new',
  validateSearch: ({ connectionId }: Readonly<Record<string, unknown>>) =>
    definedOnly({ connectionId: someText(connectionId) }),
  component: lazyRouteComponent(() => import('./request.tsx'), 'RequestShare'),
});
