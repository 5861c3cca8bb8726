import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, oneOf, someText } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';

type Given = Readonly<Record<string, unknown>>;

export const customerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalogue/customers/$customerId',
  validateSearch: ({ show, q }: Given) =>
    definedOnly({ show: oneOf(show, ['locations', 'installations', 'details']), q: someText(q) }),
  component: lazyRouteComponent(() => import('./customer.tsx'), 'CustomerScreen'),
});
