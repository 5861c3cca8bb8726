import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, oneOf, someText } from '../../parts/search-params.ts';
import { ACCESS_FILTERS } from '../../parts/words.ts';
import { shellRoute } from '../../shell/routes.ts';

type Given = Readonly<Record<string, unknown>>;

const CATALOGUE_TABS = ['customers', 'locations', 'installations'] as const;

export const catalogueRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalogue',
  validateSearch: ({ show, q, access, archived, form }: Given) =>
    definedOnly({
      show: oneOf(show, CATALOGUE_TABS),
      q: someText(q),
      access: oneOf(access, ACCESS_FILTERS),
      archived: archived === true ? true : undefined,
      form: oneOf(form, ['customer']),
    }),
  component: lazyRouteComponent(() => import('./catalogue.tsx'), 'Catalogue'),
});
