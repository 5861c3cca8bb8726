import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { tessera } from '../../api/client.ts';
import type { AuditedKind } from '../../api/queries.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import { saveFile } from '../../parts/save-as.ts';
import classes from './audit.module.css';
import { useExport } from './export.tsx';

interface FilesProps {
  readonly kind: AuditedKind;
  readonly id: string;
}

/** The whole history, to be kept elsewhere or printed. */
export function Files({ kind, id }: FilesProps) {
  const history = useExport(`history-${id}`, { [kind.slice(0, -1)]: id });
  const report = useMutation({
    mutationFn: async (of: 'shares' | 'installations') => {
      const params = { path: { id } };
      saveFile(`report-${id}.html`, await tessera.file(`/v1/audit/${of}/{id}/report` as const, { params }));
    },
  });
  const error = history.error ?? report.error;
  return (
    <>
      <div className={classes.files}>
        {history.button('csv', <Trans>History for a spreadsheet</Trans>)}
        {history.button('ndjson', <Trans>History for programs (NDJSON)</Trans>)}
        {(kind === 'shares' || kind === 'installations') && (
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            loading={report.isPending}
            onClick={() => report.mutate(kind)}
          >
            <Trans>Report to print</Trans>
          </Button>
        )}
      </div>
      {error && <ProblemNotice error={error} />}
    </>
  );
}
