import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ProblemError } from '#client';
import classes from './problem.module.css';

/** What is still true after a refusal, and what to do; by the code of the problem, or else by its status. */
interface Advice {
  readonly happened: MessageDescriptor;
  readonly advice: MessageDescriptor;
}

const BY_CODE: Readonly<Record<string, Advice>> = {
  'stale-revision': {
    happened: msg`Someone else changed this in the meantime.`,
    advice: msg`Your changes were not saved. The page is up to date again: check it, and try again.`,
  },
  'not-found': {
    happened: msg`There is nothing here that you may see.`,
    advice: msg`It may have been removed, or it belongs to another company. Nothing was changed.`,
  },
  'role-not-allowed': {
    happened: msg`Your role does not allow this.`,
    advice: msg`Nothing was changed. An administrator of your company can do it.`,
  },
  'token-invalid': {
    happened: msg`This token does not open a connection.`,
    advice: msg`Nothing was changed. Check that you copied all of it; if it was used or replaced, ask for a new one.`,
  },
  'token-expired': {
    happened: msg`This token has expired.`,
    advice: msg`Nothing was changed. Ask the other company for a new one.`,
  },
  'already-connected': {
    happened: msg`You are connected with this company already.`,
    advice: msg`Nothing was changed. Use the connection you have.`,
  },
  'own-connection': {
    happened: msg`This token was made by your own company.`,
    advice: msg`Nothing was changed. Give it to the company that you want to connect with.`,
  },
  'share-expired': {
    happened: msg`This share has ended, as agreed.`,
    advice: msg`Nothing was changed. Ask for a new share if it is needed again.`,
  },
  'access-expired': {
    happened: msg`Your access to this has ended, as agreed.`,
    advice: msg`Nothing was changed. You keep reading it as it was then; ask its giver for a new share.`,
  },
  'until-not-later': {
    happened: msg`It ends later than that already.`,
    advice: msg`Nothing was changed. Choose a later date.`,
  },
  'until-too-far': {
    happened: msg`That is too far ahead.`,
    advice: msg`Nothing was changed. Choose a date within ten years.`,
  },
  'revocation-window-closed': {
    happened: msg`The time in which this could be revoked is over.`,
    advice: msg`Nothing was changed. The other company can still give the access back.`,
  },
};

const BY_STATUS: Readonly<Record<number, Advice>> = {
  401: {
    happened: msg`You are signed out.`,
    advice: msg`Nothing was changed. Sign in again to continue.`,
  },
  403: {
    happened: msg`This is not for you.`,
    advice: msg`Nothing was changed. An administrator of your company may be able to do it.`,
  },
  409: {
    happened: msg`This is not possible now.`,
    advice: msg`Nothing was changed. The page is up to date again.`,
  },
  422: {
    happened: msg`This is not possible.`,
    advice: msg`Nothing was changed. Change what you asked for, and try again.`,
  },
  429: { happened: msg`That was too much at once.`, advice: msg`Wait a moment, and try again.` },
  503: {
    happened: msg`The service cannot answer at the moment.`,
    advice: msg`What you entered is still here. Try again: nothing is done twice.`,
  },
};

const UNREACHABLE: Advice = {
  happened: msg`The service cannot be reached.`,
  advice: msg`What you entered is still here. Check your connection, and try again: nothing is done twice.`,
};

const UNFORESEEN: Advice = {
  happened: msg`An unexpected error occurred.`,
  advice: msg`Your saved data is safe. Reload the page.`,
};

interface ProblemProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** Shows a problem: what happened, what is still valid, what to do. */
export function ProblemNotice({ error, onRetry }: ProblemProps) {
  const { i18n } = useLingui();
  const { happened, advice } = adviceOn(error);
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      className={classes.notice}
      icon={<IconAlertTriangle aria-hidden />}
      title={i18n._(happened)}
    >
      <p>{i18n._(advice)}</p>
      {error instanceof ProblemError && (
        <p className={classes.detail}>
          {error.problem.detail} <code>{error.code}</code>
        </p>
      )}
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      )}
    </Alert>
  );
}

function adviceOn(error: unknown): Advice {
  if (error instanceof ProblemError) return BY_CODE[error.code] ?? BY_STATUS[error.status] ?? UNFORESEEN;
  // What `fetch` throws when there is no connection.
  return error instanceof TypeError && /fetch|network/i.test(error.message) ? UNREACHABLE : UNFORESEEN;
}
