import { Trans } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { documentsOf } from '../../api/queries.ts';
import { Documents } from '../../parts/documents.tsx';

/** The documents of everyone who worked on a machine. */
export function InstallationDocuments({ id }: { readonly id: string }) {
  const query = useInfiniteQuery(documentsOf(id));
  return (
    <Documents
      query={query}
      empty={
        <Trans>
          Work orders that are added to the logbook, and files attached to it, are listed here too.
        </Trans>
      }
    />
  );
}
