import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Progress as Bar, Button, Group, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { tessera } from '../../api/client.ts';
import { catalogueImport } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { saveAs } from '../../parts/save-as.ts';
import { Counts } from './counts.tsx';
import classes from './import.module.css';
import { RowErrors } from './row-errors.tsx';

interface ProgressProps {
  readonly id: string;
  readonly onAgain: () => void;
}

/** How far an import has come, and what became of it. One may leave meanwhile, and come back. */
export function Progress({ id, onAgain }: ProgressProps) {
  const { t } = useLingui();
  const query = useQuery(catalogueImport(id));
  return (
    <Loaded query={query} skeleton={<Skeleton aria-busy height={160} />}>
      {(view) => {
        const { status, rows, imported, failed, failure } = view;
        const done = imported + failed;
        return (
          <section className={classes.trial}>
            <h2 aria-live="polite">
              {status === 'running' && <Trans>Importing: {done} rows so far</Trans>}
              {status === 'completed' && (
                <Plural value={imported} one="# row was imported" other="# rows were imported" />
              )}
              {status === 'failed' && <Trans>The file could not be imported</Trans>}
            </h2>
            {status === 'running' && (
              <>
                <Bar
                  className={classes.bar}
                  value={rows === 0 ? 0 : (100 * done) / rows}
                  animated
                  aria-label={t`Progress of the import`}
                />
                <p>
                  <Trans>You may leave this page: the import continues in the background.</Trans>
                </p>
              </>
            )}
            {failure && <p role="alert">{failure.detail}</p>}
            <Counts of={view} />
            <RowErrors errors={view.errors} failed={failed} />
            {status !== 'running' && (
              <Group mt={16}>
                <LinkButton to="/catalogue">
                  <Trans>Look at the catalogue</Trans>
                </LinkButton>
                {failed > 0 && <FailedRows id={id} />}
                <Button variant="default" onClick={onAgain}>
                  <Trans>Import another file</Trans>
                </Button>
              </Group>
            )}
          </section>
        );
      }}
    </Loaded>
  );
}

/** The rows that failed as a file, to be fixed and sent again. */
function FailedRows({ id }: { readonly id: string }) {
  const write = useWrite(async () => {
    const text = await tessera.get('/v1/catalogue/imports/{id}/errors', { params: { path: { id } } });
    saveAs('failed-rows.csv', 'text/csv', text);
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={write.isPending}
        onClick={() => write.mutate(undefined)}
      >
        <Trans>Download the rows that failed</Trans>
      </Button>
      {write.error && <ProblemNotice error={write.error} />}
    </>
  );
}
