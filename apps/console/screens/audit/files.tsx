import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { tessera } from '../../api/client.ts';
import type { AuditedKind } from '../../api/queries.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import { saveFile } from '../../parts/save-as.ts';
import classes from './audit.module.css';

type Format = 'csv' | 'ndjson';

interface FilesProps {
  readonly kind: AuditedKind;
  readonly id: string;
}

/** The whole history, to be kept elsewhere or printed. */
export function Files({ kind, id }: FilesProps) {
  const history = useMutation({
    mutationFn: async (format: Format) => {
      const query = { format, [kind.slice(0, -1)]: id };
      saveFile(`history-${id}.${format}`, await tessera.file('/v1/audit/export', { params: { query } }));
    },
  });
  const report = useMutation({
    mutationFn: async (of: 'shares' | 'installations') => {
      const params = { path: { id } };
      saveFile(`report-${id}.html`, await tessera.file(`/v1/audit/${of}/{id}/report` as const, { params }));
    },
  });
  const button = (format: Format, name: ReactNode) => (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={history.isPending && history.variables === format}
      onClick={() => history.mutate(format)}
    >
      {name}
    </Button>
  );
  const error = history.error ?? report.error;
  return (
    <>
      <div className={classes.files}>
        {button('csv', <Trans>History for a spreadsheet</Trans>)}
        {button('ndjson', <Trans>History for programs (NDJSON)</Trans>)}
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
