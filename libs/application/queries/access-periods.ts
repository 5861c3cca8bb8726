// Which intervals of access a moment or a period covers, and the parts of a view that hold them.
import { type Instant, plusMillis } from '#domain/kernel';
import { type AccessInterval, forksAround, type KnownInterval, knownIntervals } from '#projections/access';
import type { Key } from '#view-store';
import type { Listing } from './paging.ts';

/** At one moment; or from one moment until before another, the whole of time where neither is given. */
export type Period =
  | { readonly at: Instant; readonly from?: undefined; readonly to?: undefined }
  | { readonly at?: undefined; readonly from?: Instant; readonly to?: Instant };

/** Oldest first, or newest first. */
export type Direction = 'forward' | 'backward';

type Span = Pick<AccessInterval, 'since' | 'until'>;

/** Whether access was live at the moment: its beginning is inside, its end outside. */
export function isLiveAt({ since, until }: Span, moment: Instant): boolean {
  return since <= moment && (until === undefined || until > moment);
}

/** Whether access was live at some moment of the period. */
export function isWithin(interval: Span, { at, from, to }: Period): boolean {
  if (at !== undefined) return isLiveAt(interval, at);
  const { since, until } = interval;
  return (to === undefined || since < to) && (from === undefined || until === undefined || until > from);
}

/**
 * The parts of the view that hold what someone may know of an account's access within the period, and little
 * else: first the access that was live when the period began, then the access that began in it.
 * @param known the reader, and the account whose access it is
 */
export function partsOf(
  known: readonly [knower: string, account: string],
  { at, from, to }: Period,
  direction: Direction,
): readonly Part[] {
  const start = at ?? from;
  const beganWithin = part({ index: 'account-begun', prefix: known, from: start && after(start), to });
  const parts = [
    ...(start === undefined ? [] : liveAt({ name: 'account', prefix: known }, start)),
    ...(at === undefined ? [beganWithin] : []),
  ];
  if (direction === 'forward') return parts;
  return parts.toReversed().map(({ query, ...rest }) => ({
    ...rest,
    query: { ...query, direction: 'descending' },
  }));
}

type Part = Listing<KnownInterval>;

/** Intervals that have indexes of time, by the name of these. */
export interface InTime {
  readonly name: 'account' | 'given' | 'given-to' | 'given-of';
  readonly prefix: Key;
}

/** The parts of the view that hold those of the intervals that were live at the moment, now where there is none. */
export function liveAt({ name, prefix }: InTime, moment: Instant | undefined): readonly Part[] {
  if (moment === undefined) return [part({ index: `${name}-live`, prefix })];
  const { before, after: later, within } = forksAround(moment);
  const upTo = after(moment);
  const [byBegin, byEnd] = [`${name}-ended-by-begin`, `${name}-ended-by-end`];
  return [
    ...before.map((fork) => part({ index: byEnd, prefix: [...prefix, fork], from: upTo })),
    {
      ...part({ index: byEnd, prefix: [...prefix, within], from: upTo }),
      keep: (interval) => isLiveAt(interval, moment),
    },
    ...later.map((fork) => part({ index: byBegin, prefix: [...prefix, fork], to: upTo })),
    part({ index: `${name}-live`, prefix, to: upTo }),
  ];
}

function part(query: Part['query']): Part {
  return { collection: knownIntervals, query };
}

/** The next moment. */
function after(moment: Instant): Instant {
  return plusMillis(moment, 1);
}
