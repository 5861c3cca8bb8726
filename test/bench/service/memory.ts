import { Aggregates, type AnyDecider, type LoadedStream } from '#application';
import { connection } from '#domain/connection';
import { installation } from '#domain/installation';
import { share } from '#domain/share';
import { type EventReader, START } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { seedConnections } from '../connections.ts';
import type { Figure } from '../figures.ts';
import { heapInUse } from '../measuring.ts';
import { allOf } from './history.ts';

/** The number of streams of a kind to measure together. */
const MANY = 2_000;

/** Streams are loaded repeatedly until they take this much, so that the rest of the heap does not matter. */
const ENOUGH_BYTES = 1024 * 1024;

/** The heap size of a cached folded stream: of a connection, an installation, the share. */
export async function measureMemory(directory: string): Promise<Figure[]> {
  const store = await SqliteEventStore.open({ directory });
  try {
    const connections = await seedConnections(store, MANY, 'bench');
    const installations: string[] = [];
    for await (const { data } of allOf(store, START, 'InstallationRegistered')) {
      installations.push(data.installationId);
      if (installations.length === MANY) break;
    }
    const shares: string[] = [];
    for await (const { data } of allOf(store, START, 'ShareRequested')) shares.push(data.shareId);
    return [
      await memoryOf(
        'connection',
        store,
        connection,
        connections.map(({ id }) => id),
      ),
      await memoryOf('installation', store, installation, installations),
      await memoryOf('share', store, share, shares),
    ];
  } finally {
    await store.close();
  }
}

async function memoryOf<State>(
  name: string,
  reader: EventReader,
  decider: AnyDecider<State>,
  ids: readonly string[],
): Promise<Figure> {
  const kept: LoadedStream<State>[] = [];
  const before = heapInUse();
  let bytes = 0;
  for (let rounds = 1; bytes < ENOUGH_BYTES; rounds *= 2) {
    for (let round = 0; round < rounds; round++) {
      const aggregates = new Aggregates(reader);
      for (const id of ids) kept.push(await aggregates.refresh(decider, id));
    }
    bytes = heapInUse() - before;
  }
  return { name: `state.memory.${name}`, value: bytes / kept.length, unit: 'bytes' };
}
