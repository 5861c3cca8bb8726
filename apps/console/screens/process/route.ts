import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, said } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';

export const processRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/shares/$shareId/process',
  validateSearch: ({ show }: Readonly<Record<string, unknown>>) => said({ show: oneOf(show, ['undecided']) }),
  component: lazyRouteComponent(() => import('./process.tsx'), 'Process'),
});
