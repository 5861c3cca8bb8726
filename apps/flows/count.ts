import type { Instant } from '#domain/kernel';
import { findFlows } from './find.ts';
import { FLOW_KINDS, type FlowKind } from './flow.ts';
import type { FlowSources } from './search.ts';

/** What has not moved for longer than this is worth a look: most flows end within seconds. */
export const LONG_MS = 60 * 60_000;
/** No more of each are counted: how many more there are changes nothing about what to do. */
const MOST_COUNTED = 500;

/** Grants are gone through when that is asked for, and not to be counted. */
export type CountedKind = Exclude<FlowKind, 'granting'>;

export const COUNTED_KINDS = FLOW_KINDS.filter((kind) => kind !== 'granting');

/** How many flows of each kind do not go on. */
export async function countFlows(
  sources: FlowSources,
  now: Instant,
): Promise<Readonly<Record<CountedKind, number>>> {
  const flows = await findFlows(sources, { now, olderThan: LONG_MS, limit: MOST_COUNTED });
  const counted = Object.groupBy(flows, ({ kind }) => kind);
  return Object.fromEntries(
    COUNTED_KINDS.map((kind) => [kind, counted[kind]?.length ?? 0]),
  ) as unknown as Readonly<Record<CountedKind, number>>;
}
