import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { definedOnly, oneOf, someText } from '../../parts/search-params.ts';
import { LEVELS } from '../../parts/words.ts';
import { shellRoute } from '../../shell/routes.ts';
import { EVALUATION_STEPS } from './steps.ts';

export const evaluateRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/shares/$shareId/evaluate',
  validateSearch: ({ step, level, q, by }: Readonly<Record<string, unknown>>) =>
    definedOnly({
      step: oneOf(step, EVALUATION_STEPS),
      level: oneOf(level, LEVELS),
      q: someText(q),
      by: oneOf(by, ['customer']),
    }),
  component: lazyRouteComponent(() => import('./evaluate.tsx'), 'Evaluate'),
});
