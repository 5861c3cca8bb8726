import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, oneOf, someText } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';

type Given = Readonly<Record<string, unknown>>;

export const locationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalogue/locations/$locationId',
  validateSearch: ({ show, q }: Given) =>
    definedOnly({ show: oneOf(show, ['installations', 'buildings', 'details']), q: someText(q) }),
  component: lazyRouteComponent(() => import('./location.tsx'), 'LocationScreen'),
});
