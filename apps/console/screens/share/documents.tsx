import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { documentsOfShare, type Share, type ShareDocument } from '../../api/queries.ts';
import { Documents } from '../../parts/documents.tsx';
import { type Column, rowLink } from '../../parts/list-table.tsx';

/** What was drawn up by whoever had access through the share. */
export function ShareDocuments({ share: { id, role, counterparty } }: { readonly share: Share }) {
  const { t } = useLingui();
  const query = useInfiniteQuery(documentsOfShare(id));
  const machine: Column<ShareDocument> = {
    key: 'installation',
    header: t`Machine`,
    width: 'minmax(0, 1fr)',
    cell: ({ installation }) => (
      <Link
        to="/installations/$installationId"
        params={{ installationId: installation.id }}
        search={{ tab: 'documents' }}
        className={rowLink}
      >
        {installation.reference}
      </Link>
    ),
  };
  return (
    <Documents
      query={query}
      first={machine}
      empty={
        role === 'provider' ? (
          <Trans>Work orders and files that {counterparty.name} adds to these machines appear here.</Trans>
        ) : (
          <Trans>Work orders and files that you add to the logbooks of these machines appear here.</Trans>
        )
      }
    />
  );
}
