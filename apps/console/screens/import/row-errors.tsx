import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Table } from '@mantine/core';
import type { components } from '#client';
import classes from './import.module.css';

type RowError = components['schemas']['RowError'];

interface RowErrorsProps {
  /** The first of them. */
  readonly errors: readonly RowError[];
  readonly failed: number;
}

const SHOWN = 100;

/** Which rows are left out, and why. */
export function RowErrors({ errors, failed }: RowErrorsProps) {
  const { t } = useLingui();
  if (failed === 0) return null;
  const shown = errors.slice(0, SHOWN);
  return (
    <div className={classes.errors}>
      <h3>
        <Plural value={failed} one="# row is left out" other="# rows are left out" />
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where it is longer than its place */}
      <section tabIndex={0} aria-label={t`Rows that are left out`}>
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th className="numbers">
                <Trans>Row</Trans>
              </Table.Th>
              <Table.Th>
                <Trans>Column</Trans>
              </Table.Th>
              <Table.Th>
                <Trans>Why</Trans>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(({ row, column, code, detail }) => (
              <Table.Tr key={`${row} ${column} ${code}`}>
                <Table.Td className="numbers">{row}</Table.Td>
                <Table.Td>
                  <code>{column}</code>
                </Table.Td>
                <Table.Td>{detail}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      {failed > shown.length && (
        <p>
          <Trans>
            These are the first {shown.length}; the file with the rows that failed has all of them.
          </Trans>
        </p>
      )}
    </div>
  );
}
