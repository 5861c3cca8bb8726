import { Trans } from '@lingui/react/macro';
import type { Preview } from './preview.ts';

/** Why something that was picked would not be given. */
export function LeftOutReason({ code }: { readonly code: Preview['leftOut'][number]['code'] }) {
  switch (code) {
    case 'access-type-not-givable':
      return <Trans>you hold with an access that does not let you give this one.</Trans>;
    case 'already-shared':
      return <Trans>they have from you already.</Trans>;
    case 'requester-above':
      return <Trans>come from them, or from someone who has them from them.</Trans>;
    case 'not-yours':
      return <Trans>you do not have access to any more.</Trans>;
    case 'archived':
      return <Trans>are archived with you.</Trans>;
  }
}
