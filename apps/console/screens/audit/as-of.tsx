import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Slider, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { HistoryEntry } from '../../api/queries.ts';
import { exactly } from '../../parts/time.tsx';
import classes from './audit.module.css';
import { localInput, moment } from './moments.ts';

interface AsOfProps {
  readonly entries: readonly HistoryEntry[];
  /** ISO 8601; without it, now. */
  readonly asOf: string | undefined;
  readonly onChoose: (asOf: string | undefined) => void;
}

/** Goes through the moments at which something happened, or to any other. */
export function AsOf({ entries, asOf, onChoose }: AsOfProps) {
  const { i18n, t } = useLingui();
  const moments = [...new Set(entries.map(({ time }) => time))];
  const now = moments.length;
  const chosen =
    asOf === undefined
      ? now
      : Math.max(
          0,
          moments.findLastIndex((each) => each <= asOf),
        );
  const [at, setAt] = useState(chosen);
  useEffect(() => setAt(chosen), [chosen]);
  const labelOf = (index: number) => {
    const each = moments[index];
    return each === undefined ? t`Now` : exactly(each, i18n.locale);
  };
  return (
    <div className={classes.asOf}>
      <div className={classes.slider}>
        <Slider
          min={0}
          max={now}
          value={at}
          onChange={setAt}
          onChangeEnd={(index) => onChoose(moments[index])}
          label={labelOf}
          thumbLabel={t`As of`}
          thumbValueText={labelOf}
          disabled={now === 0}
        />
      </div>
      <TextInput
        type="datetime-local"
        label={<Trans>As of</Trans>}
        value={asOf === undefined ? '' : localInput(asOf)}
        onChange={({ currentTarget }) => onChoose(moment(currentTarget.value))}
      />
      <Button variant="default" disabled={asOf === undefined} onClick={() => onChoose(undefined)}>
        <Trans>Now</Trans>
      </Button>
    </div>
  );
}
