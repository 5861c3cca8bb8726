import { type ChangesSize, measureChanges } from './changes.ts';
import { type DistributedSize, measureDistributed } from './distributed/index.ts';
import { type EventStoreSize, measureEventStore } from './event-store.ts';
import type { Line } from './figures.ts';
import { type FoldingSize, measureFolding } from './folding.ts';
import { type GrowthSize, measureGrowth } from './growth/index.ts';
import { type HttpSize, measureHttp } from './http/index.ts';
import { type LoneSize, measureLone } from './lone.ts';
import { measurePlan, type PlanSize } from './plan/index.ts';
import { measureProcess, type ProcessSize } from './process/index.ts';
import { measureProjection, type ProjectionSize } from './projection/index.ts';
import { measureService, type ServiceSize } from './service/index.ts';

/** The amount of work of each part. */
export interface Sizes {
  readonly http: HttpSize;
  readonly lone: LoneSize;
  readonly process: ProcessSize;
  readonly eventStore: EventStoreSize;
  readonly folding: FoldingSize;
  readonly projection: ProjectionSize;
  readonly plan: PlanSize;
  readonly service: ServiceSize;
  readonly changes: ChangesSize;
  readonly growth: GrowthSize;
  readonly distributed: DistributedSize;
}

export type PartName = keyof Sizes;

/** The sizes of the report. */
export const FULL: Sizes = {
  http: {
    commands: 3_000,
    turns: 5,
    warmUp: 10_000,
    peer: { commands: 500, warmUp: 1_000, install: true },
  },
  lone: { commands: 60, turns: 3 },
  process: {
    commands: 4_000,
    turns: 5,
    warmUp: 16_000,
    peerCommands: { inMemory: 2_000, onSqlite: 200 },
  },
  eventStore: { events: 30_000, turns: 5, warmUp: 10_000 },
  folding: { items: 100_000 },
  projection: { connections: 25_000, turns: 2 },
  plan: { offered: 5_000, kept: 25_000 },
  changes: { listeners: 1_000, commands: 60, turns: 3 },
  service: { rows: 12_000, share: { installations: 20_000, customersGivenOn: 80, checks: 50 } },
  growth: { logs: [10_000, 100_000], times: 15 },
  distributed: {
    calls: { streams: 1_000, turns: 5 },
    commands: { commands: 3_000, turns: 2, warmUp: 1_000 },
    catchUp: { connections: 10_000 },
    imported: { rows: 2_000 },
    changes: { commands: 20, turns: 3 },
    takeover: { trials: 3 },
  },
};

/** The smallest sizes, to test that the parts run. */
export const SMALLEST: Sizes = {
  http: { commands: 64, turns: 1, warmUp: 8, peer: { commands: 8, warmUp: 2, install: false } },
  lone: { commands: 2, turns: 1 },
  process: { commands: 64, turns: 1, warmUp: 8, peerCommands: { inMemory: 8, onSqlite: 2 } },
  eventStore: { events: 512, turns: 1, warmUp: 64 },
  folding: { items: 600 },
  projection: { connections: 100, turns: 1 },
  plan: { offered: 10, kept: 20 },
  changes: { listeners: 4, commands: 2, turns: 1 },
  service: { rows: 20, share: { installations: 80, customersGivenOn: 1, checks: 1 } },
  growth: { logs: [300], times: 1 },
  distributed: {
    calls: { streams: 16, turns: 1 },
    commands: { commands: 64, turns: 1, warmUp: 8 },
    catchUp: { connections: 100 },
    imported: { rows: 20 },
    changes: { commands: 2, turns: 1 },
    takeover: { trials: 1 },
  },
};

/** Every part, with its measurement at given sizes. */
export const parts: { readonly [Part in PartName]: (size: Sizes[Part]) => Promise<readonly Line[]> } = {
  http: measureHttp,
  lone: measureLone,
  process: measureProcess,
  eventStore: measureEventStore,
  folding: measureFolding,
  projection: measureProjection,
  plan: measurePlan,
  service: measureService,
  changes: measureChanges,
  growth: measureGrowth,
  distributed: measureDistributed,
};

export const partNames = Object.keys(parts) as PartName[];

export function isPart(name: string): name is PartName {
  return (partNames as readonly string[]).includes(name);
}

/** Measures one part in this process. */
export function measure<Part extends PartName>(part: Part, sizes: Sizes): Promise<readonly Line[]> {
  return parts[part](sizes[part]);
}
