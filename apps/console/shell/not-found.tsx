import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import classes from './shell.module.css';

export function NotFound() {
  const { t } = useLingui();
  return (
    <main className={classes.content}>
      <Page title={t`There is no such page`}>
        <EmptyState
          icon={IconMapOff}
          title={<Trans>This address leads nowhere</Trans>}
          action={
            <Button component={Link} to="/">
              <Trans>Go home</Trans>
            </Button>
          }
        >
          <Trans>It may be incomplete, or what it led to is not yours to see.</Trans>
        </EmptyState>
      </Page>
    </main>
  );
}
