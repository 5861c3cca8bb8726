import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, someText } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';

export const importRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalogue/import',
  validateSearch: ({ id }: Readonly<Record<string, unknown>>) => definedOnly({ id: someText(id) }),
  component: lazyRouteComponent(() => import('./import.tsx'), 'ImportScreen'),
});
