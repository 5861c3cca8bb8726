import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, oneOf, someText } from '../../parts/search-params.ts';
import { SHARE_STATUSES_IN_ORDER } from '../../parts/words.ts';
import { shellRoute } from '../../shell/routes.ts';

type Given = Readonly<Record<string, unknown>>;

export const sharesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/shares',
  validateSearch: ({ role, status, connectionId, q }: Given) =>
    definedOnly({
      role: oneOf(role, ['requester', 'provider']),
      status: oneOf(status, SHARE_STATUSES_IN_ORDER),
      connectionId: someText(connectionId),
      q: someText(q),
    }),
  component: lazyRouteComponent(() => import('./shares.tsx'), 'Shares'),
});
