import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../parts/empty-state.tsx';

/** Where an account has nothing yet: how to begin. */
export function FirstSteps() {
  return (
    <EmptyState
      icon={IconPlugConnected}
      title={<Trans>Begin with a connection</Trans>}
      action={
        <Button component={Link} to="/shares">
          <Trans>Connect with a company</Trans>
        </Button>
      }
    >
      <Trans>
        Installations are shared between companies that are connected. Create a connection and hand its token
        over, or enter one that you were given.
      </Trans>
    </EmptyState>
  );
}
