import { Trans } from '@lingui/react/macro';
import { useEffect } from 'react';
import { tellSignedIn } from '../../session/provider.ts';
import classes from './sign-in.module.css';

/** Where signing in in a window of its own ends: those who wait for it go on. */
export function SignedIn() {
  useEffect(() => {
    tellSignedIn();
    window.close();
  }, []);
  return (
    <main className={classes.page}>
      <header className={classes.header}>
        <h1>
          <Trans>You are signed in</Trans>
        </h1>
        <p>
          <Trans>You can close this window, and go on in the other one.</Trans>
        </p>
        <a href="/">
          <Trans>Go to the start page</Trans>
        </a>
      </header>
    </main>
  );
}
