import type { Instant } from '#domain/kernel';
import { findFlows } from './find.ts';
import { FLOW_KINDS, type FlowKind } from './flow.ts';
import type { FlowSources } from './search.ts';

/** Most flows end within seconds: one without progress for longer than this is stalled. */
export const STALLED_AFTER_MS = 60 * 60_000;
/** Counting stops here: a higher number would change nothing about what to do. */
const MAX_COUNTED = 500;

/** Grants are not counted: comparing all of them with their shares is too expensive. */
export type CountedKind = Exclude<FlowKind, 'granting'>;

export const COUNTED_KINDS = FLOW_KINDS.filter((kind) => kind !== 'granting');

/** The number of stalled flows of each kind. */
export async function countFlows(
  sources: FlowSources,
  now: Instant,
): Promise<Readonly<Record<CountedKind, number>>> {
  const flows = await findFlows(sources, { now, olderThan: STALLED_AFTER_MS, limit: MAX_COUNTED });
  const counted = Object.groupBy(flows, ({ kind }) => kind);
  return Object.fromEntries(
    COUNTED_KINDS.map((kind) => [kind, counted[kind]?.length ?? 0]),
  ) as unknown as Readonly<Record<CountedKind, number>>;
}
