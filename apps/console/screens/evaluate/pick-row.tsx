import { Checkbox } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { memo, useCallback } from 'react';
import type { Level } from '../../parts/words.ts';
import { type Candidate, rememberName } from './candidates.ts';
import classes from './evaluate.module.css';
import type { Selection } from './selection.ts';

/** Picks something, or puts it back. */
export function usePick(level: Level, { toggle }: Selection) {
  const cache = useQueryClient();
  return useCallback(
    (candidate: Candidate, isPicked: boolean) => {
      rememberName(cache, level, candidate);
      toggle(candidate.id, isPicked);
    },
    [cache, level, toggle],
  );
}

interface RowProps {
  readonly candidate: Candidate;
  readonly isPicked: boolean;
  readonly onPick: (candidate: Candidate, isPicked: boolean) => void;
}

/** One thing that can be picked. */
export const PickRow = memo(
  ({ candidate, isPicked, onPick }: RowProps) => (
    <Checkbox
      checked={isPicked}
      onChange={({ currentTarget }) => onPick(candidate, currentTarget.checked)}
      label={
        <>
          <span className={classes.name}>{candidate.name}</span>
          <span className={classes.about}>{candidate.about}</span>
        </>
      }
      classNames={{
        root: classes.check,
        body: classes.checkBody,
        labelWrapper: classes.labelWrapper,
        label: classes.label,
      }}
    />
  ),
  (before, after) => before.isPicked === after.isPicked && before.candidate === after.candidate,
);
