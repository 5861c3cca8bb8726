import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onOtherTabs, signInAt, wayToSignIn } from '../../session/provider.ts';
import { currentSession } from '../../session/session.ts';
import { SignInFrame } from './sign-in-frame.tsx';

/** Why somebody was not signed in, by the code of the service. */
const PROBLEMS: Readonly<Record<string, MessageDescriptor>> = {
  expired: msg`Signing in took too long, or was started in another window. Nothing was changed: start again.`,
  denied: msg`You were not signed in: it was cancelled or not allowed. Start again, or ask the person who manages the accounts of your company.`,
  unavailable: msg`The sign-in service of your organisation does not answer at the moment. Try again in a few minutes.`,
  refused: msg`The sign-in service and this service do not understand each other. Tell the operator of Tessera: its log has the reason.`,
  'no-role': msg`You were authenticated, but have no role here yet. Ask the person who manages the accounts of your company to give you one.`,
  'no-account': msg`You were authenticated, but belong to no company here. This console is for members of companies, auditors and operators.`,
  'unknown-account': msg`Your company is not registered here. Ask the operator of Tessera to register it.`,
};

/** Problems that only another person can avoid. */
const OF_THE_PERSON = ['denied', 'no-role', 'no-account', 'unknown-account'];

/** Starts sign-in at the issuer, and shows why a previous attempt failed. */
export function IssuerSignIn() {
  const { i18n } = useLingui();
  const { back = '/', problem } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  useEffect(() => {
    const continueSignedIn = async () => {
      await wayToSignIn().catch(() => undefined);
      if (currentSession() !== undefined) void navigate({ href: back });
    };
    return onOtherTabs((message) => {
      if (message === 'signed-in') void continueSignedIn();
    });
  }, [navigate, back]);
  const explanation = problem && PROBLEMS[problem];
  const isOfPerson = OF_THE_PERSON.includes(problem ?? '');
  return (
    <SignInFrame
      lead={!explanation && <Trans>You sign in with the account that your organisation gave you.</Trans>}
    >
      {explanation && (
        <Alert role="alert" color="red" variant="outline" icon={<IconAlertTriangle aria-hidden />}>
          {i18n._(explanation)}
        </Alert>
      )}
      <Button component="a" href={signInAt(back, isOfPerson ? 'other' : undefined)} size="md">
        {isOfPerson ? <Trans>Sign in as somebody else</Trans> : <Trans>Sign in</Trans>}
      </Button>
    </SignInFrame>
  );
}
