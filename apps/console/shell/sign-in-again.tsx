import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Text } from '@mantine/core';
import { answer, SIGNED_IN, signInAt } from '../session/provider.ts';

/** A prompt to sign in again in a separate window, without losing the current page. */
export function SignInAgain() {
  const { t } = useLingui();
  const signIn = () => {
    const opened = window.open(signInAt(SIGNED_IN), 'tessera-sign-in', 'popup,width=520,height=720');
    if (opened !== null) return;
    // Windows are not allowed: what was picked is kept for whoever comes back to this page.
    const { pathname, search } = window.location;
    window.location.assign(signInAt(pathname + search));
  };
  return (
    <Modal
      opened
      onClose={() => answer(false)}
      title={<Trans>You were signed out</Trans>}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Text mb="md">
        <Trans>
          Your session has ended. What you picked and entered is still here: sign in again, and continue where
          you were.
        </Trans>
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => answer(false)}>
          <Trans>Later</Trans>
        </Button>
        <Button onClick={signIn}>
          <Trans>Sign in again</Trans>
        </Button>
      </Group>
    </Modal>
  );
}
