import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, oneOf } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';
import { DELIVERY_STATUSES } from './status.ts';
import { SETTINGS_TABS } from './tab.ts';

type Given = Readonly<Record<string, unknown>>;

export const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  validateSearch: ({ tab }: Given) => definedOnly({ tab: oneOf(tab, SETTINGS_TABS) }),
  component: lazyRouteComponent(() => import('./settings.tsx'), 'Settings'),
});

export const webhookRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/webhooks/$webhookId',
  validateSearch: ({ status }: Given) => definedOnly({ status: oneOf(status, DELIVERY_STATUSES) }),
  component: lazyRouteComponent(() => import('./webhook.tsx'), 'WebhookScreen'),
});
