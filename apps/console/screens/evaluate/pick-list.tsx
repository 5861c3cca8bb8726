import { Trans } from '@lingui/react/macro';
import { Skeleton } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import type { Level } from '../../parts/words.ts';
import type { Candidate } from './candidates.ts';
import classes from './evaluate.module.css';
import { PickRow, usePick } from './pick-row.tsx';
import type { Selection } from './selection.ts';

export interface PagedCandidates {
  readonly items: readonly Candidate[] | undefined;
  readonly total: number | undefined;
  readonly error: unknown;
  readonly hasNextPage: boolean;
  readonly more: () => void;
  readonly retry: () => void;
}

interface PickListProps {
  readonly label: string;
  readonly list: PagedCandidates;
  readonly level: Level;
  readonly selection: Selection;
}

const ROW_HEIGHT = 48;
const OVERSCAN = 8;
const AHEAD = 40;

/** A list of any length to pick from; only the lines in sight are there. */
export function PickList({ label, list, level, selection }: PickListProps) {
  const { items, error, hasNextPage, more, retry } = list;
  const pick = usePick(level, selection);
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop((box.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
  const virtual = useWindowVirtualizer({
    count: items?.length ?? 0,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: top,
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && items !== undefined && last >= items.length - AHEAD) more();
  });
  if (items === undefined) {
    return error ? <ProblemNotice error={error} onRetry={retry} /> : <PickSkeletons />;
  }
  if (items.length === 0) {
    return (
      <EmptyState icon={IconSearchOff} title={<Trans>Nothing found</Trans>}>
        <Trans>Each word must begin a word of what is looked for.</Trans>
      </EmptyState>
    );
  }
  return (
    <div
      ref={box}
      role="group"
      aria-label={label}
      className={classes.rows}
      style={{ height: virtual.getTotalSize() }}
    >
      {seen.map(({ index, start }) => {
        const candidate = items[index] as Candidate;
        return (
          <div
            key={candidate.id}
            className={classes.row}
            style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
          >
            <PickRow candidate={candidate} isPicked={selection.ids.has(candidate.id)} onPick={pick} />
          </div>
        );
      })}
    </div>
  );
}

export function PickSkeletons() {
  return (
    <div aria-busy>
      {[40, 55, 35, 60, 45, 50].map((width) => (
        <div key={width} className={classes.waiting}>
          <Skeleton height={18} width={18} />
          <Skeleton height={12} width={`${width}%`} />
        </div>
      ))}
    </div>
  );
}
