import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, oneOf } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';

export const revokeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/shares/$shareId/revoke',
  validateSearch: ({ state }: Readonly<Record<string, unknown>>) =>
    definedOnly({ state: oneOf(state, ['placed', 'offered']) }),
  component: lazyRouteComponent(() => import('./revoke.tsx'), 'Revoke'),
});
