import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import { isPrompted, watchPrompt } from '../session/provider.ts';

const SignInAgain = lazy(async () => ({ default: (await import('./sign-in-again.tsx')).SignInAgain }));

/** The current screen, and the prompt to sign in again. */
export function Root() {
  const asked = useSyncExternalStore(watchPrompt, isPrompted);
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
