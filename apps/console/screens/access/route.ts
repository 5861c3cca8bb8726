import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, oneOf, someText } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';
import { ACCESS_TABS, someDay } from './given.ts';

export const accessRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/access',
  validateSearch: ({ by, on, account, customer }: Readonly<Record<string, unknown>>) =>
    definedOnly({
      by: oneOf(by, ACCESS_TABS),
      on: someDay(on),
      account: someText(account),
      customer: someText(customer),
    }),
  component: lazyRouteComponent(() => import('./access.tsx'), 'Access'),
});
