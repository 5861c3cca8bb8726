import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group } from '@mantine/core';
import { CopyField } from '../../parts/copy-field.tsx';
import { exactly, TimeLeft } from '../../parts/time.tsx';
import classes from './connections.module.css';

interface HandOverProps {
  readonly issued: { readonly token?: string; readonly expiresAt: string };
  readonly onDone: () => void;
}

/** A token, which is shown this once, and how it comes to the other company. */
export function HandOver({ issued: { token = '', expiresAt }, onDone }: HandOverProps) {
  const { i18n } = useLingui();
  return (
    <div className={classes.form}>
      <CopyField label={<Trans>Token</Trans>} value={token} />
      <ol className={classes.how}>
        <li>
          <Trans>Copy it now: it is not shown again. If it is lost, issue a new one.</Trans>
        </li>
        <li>
          <Trans>
            Give it to an administrator of the other company in a way you trust: by telephone, in person, or
            in a message to someone you know.
          </Trans>
        </li>
        <li>
          <Trans>They choose “Enter a token” under Connections. From then on you are connected.</Trans>
        </li>
      </ol>
      <p className={classes.hint}>
        <Trans>
          It works once, until {exactly(expiresAt, i18n.locale)} (<TimeLeft at={expiresAt} />
          ).
        </Trans>
      </p>
      <Group justify="flex-end">
        <Button onClick={onDone}>
          <Trans>I have copied it</Trans>
        </Button>
      </Group>
    </div>
  );
}
