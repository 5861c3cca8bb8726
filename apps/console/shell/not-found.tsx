import { Trans, useLingui } from '@lingui/react/macro';
import { IconMapOff } from '@tabler/icons-react';
import { EmptyState } from '../parts/empty-state.tsx';
import { LinkButton } from '../parts/link-button.tsx';
import { Page } from '../parts/page.tsx';
import classes from './shell.module.css';

export function NotFound() {
  const { t } = useLingui();
  return (
    <main className={classes.content}>
      <Page title={t`There is no such page`}>
        <EmptyState
          icon={IconMapOff}
          title={<Trans>This page does not exist</Trans>}
          action={
            <LinkButton to="/">
              <Trans>Go home</Trans>
            </LinkButton>
          }
        >
          <Trans>The address may be incomplete, or it is of something that you may not see.</Trans>
        </EmptyState>
      </Page>
    </main>
  );
}
