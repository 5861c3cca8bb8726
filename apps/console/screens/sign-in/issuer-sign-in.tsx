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

/** Why somebody was not signed in, by what the service calls it. */
const PROBLEMS: Readonly<Record<string, MessageDescriptor>> = {
  expired: msg`Signing in took too long, or was begun in another window. Nothing was changed: begin again.`,
  denied: msg`You were not signed in, because it was given up or not allowed. Begin again, or ask whoever manages the accounts of your company.`,
  unavailable: msg`The sign-in service of your organisation does not answer at the moment. Try again in a few minutes.`,
  refused: msg`The sign-in service and this service do not understand each other. Tell whoever operates Tessera: its log has the reason.`,
  'no-role': msg`You are known, but have no role here yet. Ask whoever manages the accounts of your company to give you one.`,
  'no-account': msg`You are known, but belong to no company here. This console is for members of companies, auditors and operators.`,
  'unknown-account': msg`Your company is not registered here. Ask whoever operates Tessera to register it.`,
};

/** Those that end only when the person is somebody else. */
const OF_THE_PERSON = ['denied', 'no-role', 'no-account', 'unknown-account'];

/** Leads to the issuer's pages, and tells why nobody came back from there. */
export function IssuerSignIn() {
  const { i18n } = useLingui();
  const { back = '/', problem } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  useEffect(() => {
    const goOn = async () => {
      await wayToSignIn().catch(() => undefined);
      if (currentSession() !== undefined) void navigate({ href: back });
    };
    return onOtherTabs((told) => {
      if (told === 'signed-in') void goOn();
    });
  }, [navigate, back]);
  const told = problem && PROBLEMS[problem];
  const isOfPerson = OF_THE_PERSON.includes(problem ?? '');
  return (
    <SignInFrame lead={!told && <Trans>You sign in with the account that your organisation gave you.</Trans>}>
      {told && (
        <Alert role="alert" color="red" variant="outline" icon={<IconAlertTriangle aria-hidden />}>
          {i18n._(told)}
        </Alert>
      )}
      <Button component="a" href={signInAt(back, isOfPerson ? 'other' : undefined)} size="md">
        {isOfPerson ? <Trans>Sign in as somebody else</Trans> : <Trans>Sign in</Trans>}
      </Button>
    </SignInFrame>
  );
}
