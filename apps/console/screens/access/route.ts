import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, said, someText } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';
import { ACCESS_TABS, someDay } from './given.ts';

export const accessRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/access',
  validateSearch: ({ by, on, account, customer }: Readonly<Record<string, unknown>>) =>
    said({
      by: oneOf(by, ACCESS_TABS),
      on: someDay(on),
      account: someText(account),
      customer: someText(customer),
    }),
  component: lazyRouteComponent(() => import('./access.tsx'), 'Access'),
});
