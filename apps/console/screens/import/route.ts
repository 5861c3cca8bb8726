import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { said, someText } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';

export const importRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalogue/import',
  validateSearch: ({ id }: Readonly<Record<string, unknown>>) => said({ id: someText(id) }),
  component: lazyRouteComponent(() => import('./import.tsx'), 'ImportScreen'),
});
