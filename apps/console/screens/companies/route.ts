import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, someText } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';

export const companiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/companies',
  validateSearch: ({ q }: Readonly<Record<string, unknown>>) => definedOnly({ q: someText(q) }),
  component: lazyRouteComponent(() => import('./companies.tsx'), 'Companies'),
});
