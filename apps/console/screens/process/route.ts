import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, oneOf } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';

export const processRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/shares/$shareId/process',
  validateSearch: ({ show }: Readonly<Record<string, unknown>>) =>
    definedOnly({ show: oneOf(show, ['undecided']) }),
  component: lazyRouteComponent(() => import('./process.tsx'), 'Process'),
});
