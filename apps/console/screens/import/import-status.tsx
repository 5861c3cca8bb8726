import { Trans } from '@lingui/react/macro';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconClockHour4 } from '@tabler/icons-react';
import type { ListedImport } from '../../api/queries.ts';
import { Status } from '../../parts/status.tsx';

/** The status of an import; with one that left rows out there is something left to do. */
export function ImportStatus({ status, failed }: Pick<ListedImport, 'status' | 'failed'>) {
  switch (status) {
    case 'running':
      return (
        <Status tone="wait" icon={IconClockHour4}>
          <Trans>Importing</Trans>
        </Status>
      );
    case 'completed':
      return failed === 0 ? (
        <Status tone="good" icon={IconCircleCheck}>
          <Trans>Imported</Trans>
        </Status>
      ) : (
        <Status tone="act" icon={IconAlertTriangle}>
          <Trans>Imported, except for some rows</Trans>
        </Status>
      );
    case 'failed':
      return (
        <Status tone="bad" icon={IconCircleX}>
          <Trans>Not imported</Trans>
        </Status>
      );
  }
}
