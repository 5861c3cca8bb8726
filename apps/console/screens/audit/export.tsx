import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { tessera } from '../../api/client.ts';
import { saveFile } from '../../parts/save-as.ts';

type Format = 'csv' | 'ndjson';

/**
 * Buttons that take a history along as a file, and what went wrong with it.
 * @param name of the file
 * @param query of what: a thing, a time, or everything
 */
export function useExport(name: string, query: object) {
  const file = useMutation({
    mutationFn: async (format: Format) => {
      const params = { query: { format, ...query } };
      saveFile(`${name}.${format}`, await tessera.file('/v1/audit/export', { params }));
    },
  });
  const button = (format: Format, label: ReactNode) => (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={file.isPending && file.variables === format}
      disabled={file.isPending}
      onClick={() => file.mutate(format)}
    >
      {label}
    </Button>
  );
  return { button, error: file.error };
}
