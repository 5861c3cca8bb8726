import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { ProblemNotice } from '../../parts/problem.tsx';
import { saveAs } from '../../parts/save-as.ts';
import { type GivenFilter } from './given.ts';

/** All that is listed, as a file for a spreadsheet. */
export function ExportButton({ filter }: { readonly filter: GivenFilter }) {
  const file = useMutation({
    // What writes it is loaded when it is first needed.
    mutationFn: async () => (await import('./given-file.ts')).givenFile(filter),
    onSuccess: (text) => saveAs(`access-${filter.on ?? 'now'}.csv`, 'text/csv', text),
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={file.isPending}
        onClick={() => file.mutate()}
      >
        <Trans>Download as a file</Trans>
      </Button>
      {file.error && <ProblemNotice error={file.error} />}
    </>
  );
}
