import { Trans } from '@lingui/react/macro';
import { useEffect } from 'react';
import { announceSignIn } from '../../session/provider.ts';
import classes from './sign-in.module.css';

/** The last page of a sign-in in a separate window. */
export function SignedIn() {
  useEffect(() => {
    announceSignIn();
    window.close();
  }, []);
  return (
    <main className={classes.page}>
      <header className={classes.header}>
        <h1>
          <Trans>You are signed in</Trans>
        </h1>
        <p>
          <Trans>You can close this window, and continue in the other one.</Trans>
        </p>
        <a href="/">
          <Trans>Go to the start page</Trans>
        </a>
      </header>
    </main>
  );
}
