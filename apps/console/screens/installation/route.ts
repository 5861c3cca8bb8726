import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, oneOf } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';
import { INSTALLATION_TABS } from './tabs.ts';

export const installationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/installations/$installationId',
  validateSearch: ({ tab }: Readonly<Record<string, unknown>>) =>
    definedOnly({ tab: oneOf(tab, INSTALLATION_TABS) }),
  component: lazyRouteComponent(() => import('./installation.tsx'), 'InstallationScreen'),
});
