import { Trans } from '@lingui/react/macro';
import { Button, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { tessera } from '../../api/client.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import { saveFile } from '../../parts/save-as.ts';
import classes from './audit.module.css';
import { periodOf } from './moments.ts';

type Format = 'csv' | 'ndjson';

/** For auditors: everything that was ever recorded, or what was between two days, as a file. */
export function WholeRecord() {
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const file = useMutation({
    mutationFn: async (format: Format) => {
      const query = { format, ...periodOf(from, until) };
      const name = ['record', from, until].filter(Boolean).join('-');
      saveFile(`${name}.${format}`, await tessera.file('/v1/audit/export', { params: { query } }));
    },
  });
  const button = (format: Format, name: ReactNode) => (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={file.isPending && file.variables === format}
      disabled={file.isPending}
      onClick={() => file.mutate(format)}
    >
      {name}
    </Button>
  );
  return (
    <section className={classes.start}>
      <h2>
        <Trans>Take the whole record along</Trans>
      </h2>
      <p>
        <Trans>
          Every event of every company, in the order in which it was recorded. Name days, and you get what was
          recorded on them.
        </Trans>
      </p>
      <div className={classes.fields}>
        <TextInput
          type="date"
          label={<Trans>From</Trans>}
          value={from}
          max={until || undefined}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <TextInput
          type="date"
          label={<Trans>Until</Trans>}
          value={until}
          min={from || undefined}
          onChange={({ currentTarget }) => setUntil(currentTarget.value)}
        />
        {button('csv', <Trans>For a spreadsheet</Trans>)}
        {button('ndjson', <Trans>For programs (NDJSON)</Trans>)}
      </div>
      {file.error && <ProblemNotice error={file.error} />}
    </section>
  );
}
