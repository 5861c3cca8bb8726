import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Breadcrumbs } from '../../parts/breadcrumbs.tsx';
import { Page } from '../../parts/page.tsx';
import { Columns } from './columns.tsx';
import { FileDrop } from './file-drop.tsx';
import { Imports } from './imports.tsx';
import { Progress } from './progress.tsx';
import { Trial } from './trial.tsx';

const route = getRouteApi('/shell/catalogue/import');

/** Brings a file into the catalogue: first it is tried, then taken in; the address names an import under way. */
export function ImportScreen() {
  const { t } = useLingui();
  const { id } = route.useSearch();
  const navigate = route.useNavigate();
  const [file, setFile] = useState<File>();
  const again = () => {
    setFile(undefined);
    void navigate({ search: {} });
  };
  return (
    <Page
      title={t`Import a file`}
      above={
        <Breadcrumbs>
          <Link to="/catalogue">
            <Trans>Catalogue</Trans>
          </Link>
        </Breadcrumbs>
      }
      lead={<Trans>One row for each installation, with its customer and its location.</Trans>}
    >
      {id !== undefined && <Progress id={id} onAgain={again} />}
      {id === undefined && file === undefined && (
        <>
          <FileDrop onFile={setFile} />
          <Imports />
          <Columns />
        </>
      )}
      {id === undefined && file !== undefined && (
        <Trial
          file={file}
          onOther={again}
          onStarted={(started) => void navigate({ search: { id: started }, replace: true })}
        />
      )}
    </Page>
  );
}
