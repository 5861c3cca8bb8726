import { createRoute } from '@tanstack/react-router';
import { shellRoute } from '../../shell/routes.ts';
import { Home } from './home.tsx';

export const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: Home,
});
