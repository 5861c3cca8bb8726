// How much access accounts have given, as of any day: summed up beside the intervals, so that no query counts them.
import type { Instant } from '#domain/kernel';
import type { Addend } from '#subscriptions';
import {
  type AccessInterval,
  type AccessTree,
  type GivenBy,
  type GivenCount,
  type GivenCountYear,
  intervalsOf,
  isGivenBy,
} from './document.ts';

/** A period with access, by one grant or several. */
interface Span {
  readonly since: Instant;
  readonly until: Instant | undefined;
}

/** The spans of one installation that count for one number. */
interface Given {
  readonly giver: string;
  readonly by: GivenBy;
  readonly of: string;
  readonly spans: readonly Span[];
}

export function givenAddends(document: AccessTree): Addend<GivenCount>[] {
  return givenOf(document).map(({ giver, by, of, spans }) => {
    const amounts: Record<string, number> = { ever: 1 };
    for (const { since, until } of spans) {
      add(amounts, yearOf(since), 1);
      add(amounts, until === undefined ? 'live' : yearOf(until), until === undefined ? 1 : -1);
    }
    return { of: { id: givenId(giver, by, of), giver, by, of }, amounts };
  });
}

export function givenYearAddends(document: AccessTree): Addend<GivenCountYear>[] {
  return givenOf(document).flatMap(({ giver, by, of, spans }) => {
    const id = givenId(giver, by, of);
    const ends = spans.flatMap(({ since, until }): [Instant, number][] =>
      until === undefined
        ? [[since, 1]]
        : [
            [since, 1],
            [until, -1],
          ],
    );
    return ends.map(([moment, amount]) => ({
      of: { id: `${id}:${yearOf(moment)}` },
      amounts: { [moment.slice(5, 10)]: amount },
    }));
  });
}

/** How many there were at the end of the day (UTC, `YYYY-MM-DD`). */
export function countOn(
  day: string,
  { amounts }: Pick<GivenCount, 'amounts'>,
  ofYear: Pick<GivenCountYear, 'amounts'> | undefined,
): number {
  const before = Object.entries(amounts).filter(([year]) => /^\d/.test(year) && year < yearOf(day));
  const within = Object.entries(ofYear?.amounts ?? {}).filter(([date]) => date <= day.slice(5));
  return [...before, ...within].reduce((sum, [, amount]) => sum + amount, 0);
}

/** The document of the year of that day. */
export function countYearId({ id }: Pick<GivenCount, 'id'>, day: string): string {
  return `${id}:${yearOf(day)}`;
}

function givenId(giver: string, by: GivenBy, of: string): string {
  return `${giver}:${by}:${of}`;
}

function yearOf(moment: string): string {
  return moment.slice(0, 4);
}

function givenOf(document: AccessTree): Given[] {
  const { tree, customers } = document;
  const givers = new Set(tree.grants.map(({ giver }) => giver));
  return [...givers].flatMap((giver): Given[] => {
    const given = intervalsOf(document, giver).filter((interval) => isGivenBy(document, interval, giver));
    const customer = customers[giver];
    const byAccount = Map.groupBy(given, ({ account }) => account);
    return [
      ...(customer === undefined
        ? []
        : [{ giver, by: 'customer' as const, of: customer, spans: spansOf(given) }]),
      ...[...byAccount].map(([of, intervals]) => {
        return { giver, by: 'account' as const, of, spans: spansOf(intervals) };
      }),
    ];
  });
}

/** Joins intervals that overlap or follow each other immediately. */
function spansOf(intervals: readonly AccessInterval[]): Span[] {
  const spans: Span[] = [];
  for (const { since, until } of intervals.toSorted((one, other) => (one.since < other.since ? -1 : 1))) {
    const last = spans.at(-1);
    if (last === undefined || (last.until !== undefined && last.until < since)) {
      spans.push({ since, until });
    } else if (last.until !== undefined && (until === undefined || until > last.until)) {
      spans[spans.length - 1] = { ...last, until };
    }
  }
  return spans;
}

function add(amounts: Record<string, number>, name: string, amount: number): void {
  amounts[name] = (amounts[name] ?? 0) + amount;
}
