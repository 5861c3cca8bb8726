import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import { isAsked, watchAsked } from '../session/provider.ts';

const SignInAgain = lazy(async () => ({ default: (await import('./sign-in-again.tsx')).SignInAgain }));

/** Whatever is shown, and over it what asks whoever was signed out. */
export function Root() {
  const asked = useSyncExternalStore(watchAsked, isAsked);
  return (
    <>
      <Outlet />
      {asked && (
        <Suspense>
          <SignInAgain />
        </Suspense>
      )}
    </>
  );
}
