import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import classes from './import.module.css';

interface CountsProps {
  readonly of: {
    readonly rows: number;
    readonly created: number;
    readonly updated: number;
    readonly unchanged: number;
    readonly failed: number;
  };
}

/** What becomes of the rows of a file. */
export function Counts({ of: { rows, created, updated, unchanged, failed } }: CountsProps) {
  return (
    <dl className={classes.counts}>
      <Count name={<Trans>Rows</Trans>} value={rows} />
      <Count name={<Trans>New</Trans>} value={created} />
      <Count name={<Trans>Changed</Trans>} value={updated} />
      <Count name={<Trans>There already</Trans>} value={unchanged} />
      <Count name={<Trans>Left out</Trans>} value={failed} isBad={failed > 0} />
    </dl>
  );
}

interface CountProps {
  readonly name: ReactNode;
  readonly value: number;
  readonly isBad?: boolean;
}

function Count({ name, value, isBad }: CountProps) {
  const { i18n } = useLingui();
  return (
    <div data-bad={isBad}>
      <dt>{name}</dt>
      <dd className="numbers">{new Intl.NumberFormat(i18n.locale).format(value)}</dd>
    </div>
  );
}
