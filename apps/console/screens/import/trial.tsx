import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Loader, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import { useWrite } from '../../api/writes.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import { Counts } from './counts.tsx';
import classes from './import.module.css';
import { Recognised } from './recognised.tsx';
import { RowErrors } from './row-errors.tsx';

type Existing = 'keep' | 'update';

interface TrialProps {
  readonly file: File;
  readonly onOther: () => void;
  readonly onStarted: (importId: string) => void;
}

/** What a file would bring, beside the button that brings it. */
export function Trial({ file, onOther, onStarted }: TrialProps) {
  const { t } = useLingui();
  const [existing, setExisting] = useState<Existing>('keep');
  const { data, error, refetch } = useQuery({
    queryKey: ['trial', file.name, file.size, file.lastModified, existing],
    queryFn: ({ signal }) => upload(file, { existing, dryRun: true }, signal).then(triedOf),
    meta: { once: true },
    gcTime: 0,
  });
  const take = useWrite(() => upload(file, { existing }).then(startedOf), {
    onSuccess: ({ id }) => onStarted(id),
  });
  return (
    <section className={classes.trial}>
      <header>
        <h2>{file.name}</h2>
        <Button variant="subtle" size="compact-sm" onClick={onOther}>
          <Trans>Choose another file</Trans>
        </Button>
      </header>
      <SegmentedControl
        aria-label={t`What is there with other values`}
        value={existing}
        onChange={(value) => setExisting(value as Existing)}
        data={[
          { value: 'keep', label: t`Keep what is there` },
          { value: 'update', label: t`Take over new values` },
        ]}
      />
      <p>
        {existing === 'keep' ? (
          <Trans>
            A row about an installation that is in your catalogue with other values is left out, and named.
          </Trans>
        ) : (
          <Trans>
            A row about an installation that is in your catalogue changes it to the values that the row gives.
          </Trans>
        )}
      </p>
      {data === undefined && error === null && (
        <p className={classes.trying} aria-busy>
          <Loader size="xs" aria-hidden /> <Trans>Trying the file …</Trans>
        </p>
      )}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <Counts of={data} />
          <Recognised columns={data.columns} rows={data.rows} />
          <RowErrors errors={data.errors} failed={data.failed} />
          {take.error && <ProblemNotice error={take.error} />}
          <Group mt={16}>
            <Button
              loading={take.isPending}
              disabled={data.imported === 0}
              onClick={() => take.mutate(undefined)}
            >
              <Plural value={data.imported} one="Import # row" other="Import # rows" />
            </Button>
            {data.imported === 0 && (
              <span>
                <Trans>There is nothing in this file to import.</Trans>
              </span>
            )}
          </Group>
        </>
      )}
    </section>
  );
}

interface UploadOptions {
  readonly existing: Existing;
  readonly dryRun?: boolean;
}

/** Sends the file as it is; nothing in between looks at it. */
function upload(file: File, query: UploadOptions, signal?: AbortSignal) {
  const type = /\.(?:ndjson|jsonl)$/i.test(file.name) ? 'application/x-ndjson' : 'text/csv';
  return tessera.post('/v1/catalogue/imports', {
    params: { query },
    body: file as unknown as string,
    headers: { 'content-type': type },
    signal,
  });
}

type Answer = Awaited<ReturnType<typeof upload>>;

function triedOf(answer: Answer): Extract<Answer, { readonly rows: number }> {
  if ('rows' in answer) return answer;
  throw new Error('The file was taken in instead of being tried.');
}

function startedOf(answer: Answer): Extract<Answer, { readonly id: string }> {
  if ('id' in answer) return answer;
  throw new Error('The file was tried instead of being taken in.');
}
