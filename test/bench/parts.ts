import { measureEventStore } from './event-store.ts';
import type { Line } from './figures.ts';
import { measureHttp } from './http/index.ts';
import { measureProcess, type ProcessSize } from './process/index.ts';
import { measureProjection } from './projection/index.ts';
import { measureService, type ServiceSize } from './service/index.ts';

/** How much work each part does. */
export interface Sizes {
  /** For each server in each of two rounds. */
  readonly http: { readonly commands: number; readonly warmUp: number };
  readonly process: ProcessSize;
  /** For each writer in each of two rounds. */
  readonly eventStore: { readonly events: number; readonly warmUp: number };
  /** Connections, of four events each. */
  readonly projection: { readonly connections: number };
  readonly service: ServiceSize;
}

export type PartName = keyof Sizes;

/** What the report is about. */
export const FULL: Sizes = {
  http: { commands: 12_000, warmUp: 4_000 },
  process: { commands: 15_000, warmUp: 4_000, peerCommands: { inMemory: 2_000, onSqlite: 200 } },
  eventStore: { events: 100_000, warmUp: 10_000 },
  projection: { connections: 55_000 },
  service: { rows: 12_000, installations: 20_000, checks: 50 },
};

/** Just enough to see that it runs. */
export const SMALLEST: Sizes = {
  http: { commands: 64, warmUp: 8 },
  process: { commands: 64, warmUp: 8, peerCommands: { inMemory: 8, onSqlite: 2 } },
  eventStore: { events: 512, warmUp: 64 },
  projection: { connections: 100 },
  service: { rows: 20, installations: 30, checks: 1 },
};

/** Every part, with what it measures at a size. */
export const parts: { readonly [Part in PartName]: (size: Sizes[Part]) => Promise<readonly Line[]> } = {
  http: ({ commands, warmUp }) => measureHttp(commands, warmUp),
  process: measureProcess,
  eventStore: ({ events, warmUp }) => measureEventStore(events, warmUp),
  projection: ({ connections }) => measureProjection(connections),
  service: measureService,
};

export const partNames = Object.keys(parts) as PartName[];

export function isPart(name: string): name is PartName {
  return (partNames as readonly string[]).includes(name);
}

/** Measures one part in this process. */
export function measure<Part extends PartName>(part: Part, sizes: Sizes): Promise<readonly Line[]> {
  return parts[part](sizes[part]);
}
