import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect } from 'react';
import classes from './sign-in.module.css';

interface SignInFrameProps {
  /** How one signs in here. */
  readonly lead: ReactNode;
  readonly children: ReactNode;
}

/** What is above each way to sign in. */
export function SignInFrame({ lead, children }: SignInFrameProps) {
  const { t } = useLingui();
  useEffect(() => {
    document.title = t`Sign in · Tessera`;
  }, [t]);
  return (
    <main className={classes.page}>
      <header className={classes.header}>
        <img src="/icon.svg" alt="" width="36" height="36" />
        <h1>
          <Trans>Sign in to Tessera</Trans>
        </h1>
        {lead && <p>{lead}</p>}
      </header>
      {children}
    </main>
  );
}
