import { Trans } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { ProblemNotice } from '../../parts/problem.tsx';
import classes from './audit.module.css';
import { useExport } from './export.tsx';
import { periodOf } from './moments.ts';

/** For auditors: everything that was ever recorded, or what was between two days, as a file. */
export function WholeRecord() {
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const name = ['record', from, until].filter(Boolean).join('-');
  const { button, error } = useExport(name, periodOf(from, until));
  return (
    <section className={classes.start}>
      <h2>
        <Trans>Download the complete record</Trans>
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
      {error && <ProblemNotice error={error} />}
    </section>
  );
}
