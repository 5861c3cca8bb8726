import { Trans } from '@lingui/react/macro';
import { Skeleton } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useChangedJustNow } from '../api/live.ts';
import classes from './list-table.module.css';
import { ProblemNotice } from './problem.tsx';

export interface Column<Row> {
  readonly key: string;
  readonly header: ReactNode;
  /** A track of a CSS grid, such as `minmax(0, 2fr)`. */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
  /** On a phone the first column is above those that say so; the others are left out. */
  readonly onPhone?: boolean;
  /** It is on a phone alone, in place of others that are left out there. */
  readonly onlyOnPhone?: boolean;
  readonly isNumber?: boolean;
  /** That the rows are in order of it, the least first. */
  readonly isOrder?: boolean;
}

export interface ListTableProps<Row> {
  /** What it lists, for those who do not see it. */
  readonly label: string;
  readonly query: UseInfiniteQueryResult<
    InfiniteData<{ readonly items: readonly Row[]; readonly total?: number }>
  >;
  readonly columns: readonly Column<Row>[];
  readonly idOf: (row: Row) => string;
  /** Shown instead while there is nothing. */
  readonly empty: ReactNode;
  /** Of a list that is short, and comes in an order of no use to a reader: all of it is fetched, and put in order here. */
  readonly order?: (one: Row, other: Row) => number;
}

/** The link of a row, in its first cell: the whole row leads where it does. */
export const rowLink = classes.link;

const ROW_HEIGHT = 40;
const OVERSCAN = 10;
/** So many rows before the end the next page is asked for. */
const AHEAD = 30;
const SKELETONS = [70, 45, 60, 80, 50, 65, 40, 75];

/** A list of any length: only the rows in sight are there, and further pages are fetched as they come near. */
export function ListTable<Row>({ label, query, columns, idOf, empty, order }: ListTableProps<Row>) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const found = data?.pages.flatMap(({ items }) => items) ?? [];
  const rows = order === undefined ? found : found.toSorted(order);
  const table = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const at = table.current?.getBoundingClientRect().top ?? 0;
    setTop(at + window.scrollY);
  });
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: top + ROW_HEIGHT,
    getItemKey: (index) => idOf(rows[index] as Row),
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    const isWanted = order !== undefined || last >= rows.length - AHEAD;
    if (hasNextPage && !isFetchingNextPage && isWanted) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, last, order, rows.length, fetchNextPage]);

  if (data === undefined && error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data !== undefined && rows.length === 0) return empty;
  const tracks = columns.flatMap(({ width, onlyOnPhone }) => (onlyOnPhone ? [] : [width])).join(' ');
  return (
    <div
      ref={table}
      role="table"
      aria-label={label}
      aria-rowcount={data?.pages[0]?.total ?? -1}
      aria-busy={data === undefined}
      className={classes.table}
      style={{ '--tracks': tracks } as CSSProperties}
      onKeyDown={moveThroughLinks}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.row}>
          {columns.map(({ key, header, isNumber, isOrder, onlyOnPhone }) => (
            <div
              role="columnheader"
              key={key}
              data-number={isNumber}
              data-phone={onlyOnPhone && 'only'}
              aria-sort={isOrder ? 'ascending' : undefined}
            >
              {header}
              {isOrder && <IconArrowUp size={12} aria-hidden />}
            </div>
          ))}
        </div>
      </div>
      {data === undefined ? (
        <SkeletonRows columns={columns} />
      ) : (
        <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {seen.map(({ key, index, start }) => {
            const row = rows[index] as Row;
            return (
              <Row
                key={key}
                id={idOf(row)}
                index={index}
                row={row}
                columns={columns}
                measure={virtual.measureElement}
                offset={start - virtual.options.scrollMargin}
              />
            );
          })}
        </div>
      )}
      {isFetchingNextPage && (
        <p className={classes.more}>
          <Trans>Loading more …</Trans>
        </p>
      )}
    </div>
  );
}

interface RowProps<Row> {
  readonly id: string;
  readonly index: number;
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly measure: (element: Element | null) => void;
  readonly offset: number;
}

function Row<Row>({ id, index, row, columns, measure, offset }: RowProps<Row>) {
  const isChanged = useChangedJustNow(id);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-changed={isChanged}
      ref={measure}
      className={classes.row}
      style={{ transform: `translateY(${offset}px)` }}
    >
      {columns.map(({ key, cell, onPhone, onlyOnPhone, isNumber }) => (
        <div role="cell" key={key} data-phone={onlyOnPhone ? 'only' : onPhone} data-number={isNumber}>
          {cell(row)}
        </div>
      ))}
    </div>
  );
}

function SkeletonRows<Row>({ columns }: { readonly columns: readonly Column<Row>[] }) {
  return (
    <div role="rowgroup" className={classes.waiting}>
      {SKELETONS.map((width) => (
        <div role="row" className={classes.row} key={width}>
          {columns.map(({ key, onPhone, onlyOnPhone }) => (
            <div role="cell" key={key} data-phone={onlyOnPhone ? 'only' : onPhone}>
              <Skeleton height={10} width={`${width}%`} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function moveThroughLinks(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>(`.${rowLink}`)];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at + step];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
