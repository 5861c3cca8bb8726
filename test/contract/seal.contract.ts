import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type EventReader, type RecordedEvent, START } from '#event-store';
import {
  CompactRange,
  consistencyProof,
  eventHash,
  type Hash,
  inclusionProof,
  newSignerKey,
  openCheckpoint,
  readCheckpoint,
  rootAt,
  verifyConsistency,
  verifyInclusion,
} from '#evidence';
import {
  nodesIn,
  parseSealingKeys,
  SEAL,
  Sealer,
  type SealerOptions,
  sealedLogs,
  sealedPlaces,
  sealKeys,
  sealTiles,
  signedCheckpoints,
  tileId,
} from '#seal';
import type { Log } from '#subscriptions';
import type { ViewStore } from '#view-store';
import { MemoryLog } from '../../libs/subscriptions/testing/memory-log.ts';
import { until } from '../tooling/until.ts';

/** The sealed log is the same in every view store. `open` gives one that is empty. */
export function sealContract(
  name: string,
  open: () => Promise<{ readonly store: ViewStore; close(): Promise<void> }>,
): void {
  describe(`the sealed log in ${name}`, () => {
    let views: Awaited<ReturnType<typeof open>>;
    let log: MemoryLog;
    let term = 0;
    const logger = { info: jest.fn(), warn: jest.fn(), error: jest.fn() } satisfies Log;
    const clock = { now: () => new Date().toISOString() as ReturnType<SealerOptions['clock']['now']> };
    const first = newSignerKey('sealed.example');
    const second = newSignerKey('sealed.example');

    beforeAll(async () => {
      views = await open();
    });
    afterAll(() => views.close());

    beforeEach(async () => {
      logger.error.mockClear();
      log = new MemoryLog();
      await views.store.drop(SEAL, [
        ...[sealedLogs, sealedPlaces, sealTiles, signedCheckpoints, sealKeys].map((each) => each.name),
      ]);
      views.store.awaited(SEAL)?.rewind();
    });

    /** As the next owner of its lease. */
    const sealer = (options: Partial<SealerOptions> = {}) => {
      term += 1;
      return new Sealer({
        reader: log,
        views: views.store,
        keys: parseSealingKeys(first),
        intervalMs: 60_000,
        clock,
        log: logger,
        term,
        ...options,
      });
    };

    const record = (count: number) => {
      for (let at = 0; at < count; at += 1) {
        const id = randomUUID();
        log.record({ stream: `thing-${id}`, type: 'Happened', data: { id } });
      }
    };

    const events = () => log.readAll({ limit: 10_000 });

    const rootOf = (sealed: readonly RecordedEvent[]): Hash => {
      const range = new CompactRange();
      for (const event of sealed) range.append(eventHash(event));
      return range.root();
    };

    const checkpoints = async () =>
      (await views.store.find(signedCheckpoints, { index: 'by-size', prefix: [] })).items;

    /** Lets a sealer run until everything is sealed, and stops it. */
    const seal = async (options: Partial<SealerOptions> = {}) => {
      const running = sealer(options);
      await running.start();
      await running.stop();
      return running;
    };

    it('has every event in the order of the log, with proofs for each and of growth', async () => {
      record(300);
      await seal();
      record(230);
      await seal();
      const all = await events();
      const [older, newer] = (await checkpoints()).map(({ note }) =>
        openCheckpoint(
          note,
          parseSealingKeys(first).signers.map(({ verifier }) => verifier),
        ),
      );
      expect(older).toEqual({ origin: 'sealed.example', size: 300, root: rootOf(all.slice(0, 300)) });
      expect(newer).toEqual({ origin: 'sealed.example', size: 530, root: rootOf(all) });
      const read = nodesIn(views.store);
      for (const index of [0, 255, 256, 299, 300, 511, 512, 529]) {
        const event = all[index] as RecordedEvent;
        expect(await views.store.get(sealedPlaces, event.id)).toMatchObject({ index, stream: event.stream });
        const proof = await inclusionProof(index, 530, read);
        expect(verifyInclusion(eventHash(event), index, 530, proof, rootOf(all))).toBe(true);
      }
      const growth = await consistencyProof(300, 530, read);
      expect(
        verifyConsistency(
          { size: 300, root: rootOf(all.slice(0, 300)) },
          { size: 530, root: rootOf(all) },
          growth,
        ),
      ).toBe(true);
    });

    it('is signed at once, then in intervals while there is something new, and at the end', async () => {
      record(1);
      const running = sealer({ intervalMs: 300 });
      await running.start();
      await until(async () => (await running.status()).signed === 1);
      record(1);
      await until(async () => (await running.status()).signed === 2);
      await running.stop();
      expect(await checkpoints()).toHaveLength(2);
      const again = sealer({ intervalMs: 3_600_000 });
      await again.start();
      await until(async () => (await again.status()).signed === 2);
      record(2);
      await until(async () => (await again.status()).size === 4);
      expect(await checkpoints()).toHaveLength(2);
      await again.stop();
      expect((await checkpoints()).map(({ size }) => size)).toEqual([1, 2, 4]);
    });

    it('waits for the end of the log when it stops, as readers do: nothing is gathered any longer', async () => {
      record(3);
      await seal();
      const head = await log.head();
      expect(views.store.awaited(SEAL)?.current ?? head).toBe(head);
    });

    it('is the same when it is rebuilt, also where a part of it was lost', async () => {
      record(300);
      await seal();
      const id = tileId({ level: 0, index: 1 });
      await views.store.commit({
        follower: 'thief',
        from: -1 as never,
        to: -1 as never,
        writes: [{ collection: sealTiles, id, document: undefined }],
      });
      const running = await seal();
      expect(await running.status()).toMatchObject({ size: 300, signed: 300 });
      expect(await rootAt(300, nodesIn(views.store))).toEqual(rootOf(await events()));
      expect(await checkpoints()).toHaveLength(1);
    });

    it('is not compared with signed checkpoints while only a part of it is built', async () => {
      record(10);
      await seal();
      let away = false;
      const reader: EventReader = {
        head: () => (away ? Promise.reject(new Error('It is away.')) : log.head()),
        readAll: (request) => log.readAll(request),
        readStream: (stream, request) => log.readStream(stream, request),
        close: () => log.close(),
        async *subscribe(request) {
          for await (const batch of log.subscribe(request)) {
            const events = batch.events.slice(0, 5);
            if (events.length === batch.events.length) yield batch;
            else {
              yield { ...batch, events, position: events.at(-1)?.position ?? START, caughtUp: false };
              if (!request.signal?.aborted) await once(request.signal, 'abort');
              return;
            }
          }
        },
      };
      const half = sealer({ reader });
      await half.start();
      await half.rebuild();
      await until(async () => (await half.status()).size === 5);
      away = true;
      await half.stop();
      expect((await half.status()).refused).toBeUndefined();
      expect(logger.error).not.toHaveBeenCalled();
      await seal();
      expect(await rootAt(10, nodesIn(views.store))).toEqual(rootOf(await events()));
      expect((await checkpoints()).map(({ size }) => size)).toEqual([10]);
    });

    it('is not signed when the log is not the one that was sealed', async () => {
      record(10);
      const written: string[] = [];
      const copy = {
        read: async () => written.at(-1),
        write: async (note: string) => void written.push(note),
      };
      await seal({ copy });
      const [note] = written as [string];
      expect(readCheckpoint(note).size).toBe(10);

      const sealed = await events();
      log = new MemoryLog(
        sealed.map((event, at) => (at === 3 ? { ...event, data: { forged: true } } : event)),
      );
      const rebuilt = sealer({ copy });
      await rebuilt.start();
      await rebuilt.rebuild();
      await rebuilt.stop();
      expect((await rebuilt.status()).refused).toContain('not those that were sealed');

      // A store that has lost its checkpoints has the last one again.
      await views.store.drop(
        SEAL,
        [sealedLogs, sealedPlaces, sealTiles, signedCheckpoints].map((each) => each.name),
      );
      const forged = log;
      log = new MemoryLog(sealed);
      await seal({ copy });
      expect((await checkpoints()).map((each) => each.note)).toEqual([note]);
      log = forged;

      // The store's own checkpoints are gone, too.
      await views.store.drop(
        SEAL,
        [sealedLogs, sealedPlaces, sealTiles, signedCheckpoints].map((each) => each.name),
      );
      log = new MemoryLog(sealed.slice(0, 9));
      const shortened = await seal({ copy });
      expect((await shortened.status()).refused).toContain('missing');
      expect(logger.error).toHaveBeenCalled();
      expect(await checkpoints()).toEqual([]);

      // A log of another name is another log.
      await seal({ copy, keys: parseSealingKeys(newSignerKey('started.anew')) });
      expect((await checkpoints()).map(({ origin, size }) => [origin, size])).toEqual([['started.anew', 9]]);
    });

    it('is signed with the old and the new key during rotation, and has the period of each key', async () => {
      record(1);
      await seal();
      record(1);
      await seal({ keys: parseSealingKeys(`${second}\n${first}`) });
      record(1);
      await seal({ keys: parseSealingKeys(second) });
      const [old, young] = [first, second].map((key) => parseSealingKeys(key).signers[0]?.verifier);
      const notes = (await checkpoints()).map(({ note }) => note);
      const readable = (key = old) =>
        notes.map((note) => attempt(() => openCheckpoint(note, key ? [key] : [])?.size));
      expect(readable(old)).toEqual([1, 2, undefined]);
      expect(readable(young)).toEqual([undefined, 2, 3]);
      const keys = (await views.store.find(sealKeys, { index: 'by-time', prefix: [] })).items;
      expect(keys.map(({ id, until }) => [id, until !== undefined])).toEqual([
        [old?.text, true],
        [young?.text, false],
      ]);
    });

    it('has one writer: without its lease a worker adds and signs nothing', async () => {
      record(1);
      const lost = jest.fn();
      const running = sealer({ intervalMs: 1, lost });
      await running.start();
      await until(async () => (await running.status()).signed === 1);
      await seal();
      record(1);
      await until(async () => lost.mock.calls.length === 1);
      await running.stop();
      expect((await checkpoints()).map(({ size }) => size)).toEqual([1]);
      await seal();
      expect((await checkpoints()).map(({ size }) => size)).toEqual([1, 2]);
    });
  });
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
