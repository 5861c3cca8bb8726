import { Trans } from '@lingui/react/macro';
import { IconPlugConnected } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LinkButton } from '../../parts/link-button.tsx';

/** Where an account has nothing yet: how to begin. */
export function FirstSteps() {
  return (
    <EmptyState
      icon={IconPlugConnected}
      title={<Trans>Start with a connection</Trans>}
      action={
        <LinkButton to="/connections">
          <Trans>Connect with a company</Trans>
        </LinkButton>
      }
    >
      <Trans>
        Installations are shared between companies that are connected. Create a connection and hand its token
        over, or enter one that you were given.
      </Trans>{' '}
      <Trans>
        You have machines to share yourself? Then also{' '}
        <Link to="/catalogue/import">import your machines</Link> from a spreadsheet.
      </Trans>
    </EmptyState>
  );
}
