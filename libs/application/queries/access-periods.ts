// Which intervals of access a question about a moment or a period is about, and where a view has them.
import { type Instant, plusMillis } from '#domain/kernel';
import { type AccessInterval, forksAround, type KnownInterval, knownIntervals } from '#projections/access';
import type { Listing } from './paging.ts';

/** At one moment; or from one moment until before another, the whole of time where neither is given. */
export type Period =
  | { readonly at: Instant; readonly from?: undefined; readonly to?: undefined }
  | { readonly at?: undefined; readonly from?: Instant; readonly to?: Instant };

/** In the order in which things came to be, or the last first. */
export type Direction = 'forward' | 'backward';

type Span = Pick<AccessInterval, 'since' | 'until'>;

/** Whether access was live at the moment: from the moment on at which it began, and no longer at which it ended. */
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
 * The parts of the view that hold what `knower` may know of an account's access within the period, and hardly anything
 * else: first what was live when it began, then what began in it.
 */
export function partsOf(
  knower: string,
  account: string,
  { at, from, to }: Period,
  direction: Direction,
): readonly Listing<KnownInterval>[] {
  const prefix = [knower, account];
  const start = at ?? from;
  const begun: Listing<KnownInterval> = {
    collection: knownIntervals,
    query: { index: 'begun', prefix, from: start && after(start), to },
  };
  const parts = [...(start === undefined ? [] : liveAt(prefix, start)), ...(at === undefined ? [begun] : [])];
  if (direction === 'forward') return parts;
  return parts.toReversed().map(({ query, ...part }) => ({
    ...part,
    query: { ...query, direction: 'descending' },
  }));
}

/** What ended first is kept at the first forks. */
function liveAt(prefix: readonly string[], moment: Instant): Listing<KnownInterval>[] {
  const { before, after: later, within } = forksAround(moment);
  const part = (query: Listing<KnownInterval>['query']): Listing<KnownInterval> => {
    return { collection: knownIntervals, query };
  };
  const upTo = after(moment);
  return [
    ...before.map((fork) => part({ index: 'ended-by-end', prefix: [...prefix, fork], from: upTo })),
    {
      ...part({ index: 'ended-by-end', prefix: [...prefix, within], from: upTo }),
      keep: (interval) => isLiveAt(interval, moment),
    },
    ...later.map((fork) => part({ index: 'ended-by-begin', prefix: [...prefix, fork], to: upTo })),
    part({ index: 'live', prefix, to: upTo }),
  ];
}

/** The next moment there is. */
function after(moment: Instant): Instant {
  return plusMillis(moment, 1);
}
