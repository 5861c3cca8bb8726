import { Plural, Trans } from '@lingui/react/macro';
import type { components } from '#client';
import classes from './import.module.css';

interface RecognisedProps {
  readonly columns: readonly components['schemas']['ImportColumn'][];
  readonly rows: number;
}

/** Which columns the file was found to have, and how much they say. */
export function Recognised({ columns, rows }: RecognisedProps) {
  if (columns.length === 0) return null;
  return (
    <div className={classes.recognised}>
      <h3>
        <Plural value={columns.length} one="# column is recognised" other="# columns are recognised" />
      </h3>
      <ul>
        {columns.map(({ name, filled }) => (
          <li key={name}>
            <code>{name}</code>
            {filled < rows && (
              <span>
                {filled === 0 ? (
                  <Trans>empty</Trans>
                ) : (
                  <Trans>
                    in {filled} of {rows} rows
                  </Trans>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
