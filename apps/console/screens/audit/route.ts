import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import { definedOnly, oneOf } from '../../parts/search-params.ts';
import { shellRoute } from '../../shell/routes.ts';
import { moment } from './moments.ts';
import { AUDIT_TABS, AUDITED } from './subject.ts';

export const auditStartRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit',
  component: lazyRouteComponent(() => import('./start.tsx'), 'AuditStart'),
});

export const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit/$kind/$id',
  params: {
    parse: ({ kind, id }) => {
      const audited = oneOf(kind, AUDITED);
      if (audited === undefined) throw notFound();
      return { kind: audited, id };
    },
    stringify: (params) => params,
  },
  validateSearch: ({ tab, asOf }: Readonly<Record<string, unknown>>) =>
    definedOnly({ tab: oneOf(tab, AUDIT_TABS), asOf: moment(asOf) }),
  component: lazyRouteComponent(() => import('./audit.tsx'), 'Audit'),
});
