import { Trans, useLingui } from '@lingui/react/macro';
import { Dropzone, MIME_TYPES } from '@mantine/dropzone';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './import.module.css';

/** As spreadsheets name what they write; some name none. */
const ACCEPTED = {
  [MIME_TYPES.csv]: ['.csv', '.tsv', '.txt'],
  'application/x-ndjson': ['.ndjson', '.jsonl'],
};

/** Where a file is dropped, or chosen. */
export function FileDrop({ onFile }: { readonly onFile: (file: File) => void }) {
  const { t } = useLingui();
  const [isRefused, setRefused] = useState(false);
  return (
    <>
      <Dropzone
        className={classes.drop}
        accept={ACCEPTED}
        multiple={false}
        onDrop={([file]) => file && onFile(file)}
        onReject={() => setRefused(true)}
        inputProps={{ 'aria-label': t`A CSV file to import` }}
      >
        <IconFileSpreadsheet size={32} stroke={1.25} aria-hidden />
        <p>
          <strong>
            <Trans>Drop a CSV file here, or choose one</Trans>
          </strong>
        </p>
        <p>
          <Trans>It is only tried at first: you see what would happen before anything does.</Trans>
        </p>
      </Dropzone>
      {isRefused && (
        <p role="alert">
          <Trans>That is not a CSV file. Save the sheet as CSV, and drop it again.</Trans>
        </p>
      )}
    </>
  );
}
