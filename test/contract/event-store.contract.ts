import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v7 } from 'uuid';
import {
  type AppendResult,
  type Batch,
  EventIdInUse,
  type EventReader,
  type EventStore,
  EventStoreUnavailable,
  EventTooLarge,
  type ExpectedRevision,
  type JsonObject,
  MAX_BATCH_BYTES,
  MAX_EVENT_BYTES,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type Revision,
  START,
  WrongExpectedRevision,
} from '#event-store';

/** A store under test, whose log may hold other events. */
export interface StoreFixture {
  readonly store: EventStore;
  /** Closes the store and opens it again. */
  reopen(): Promise<void>;
  /** A reader of the same log, as followers in another thread or process have it. */
  reader(): Promise<EventReader>;
  /** Ends what its server does to make work harder, so that what is under way succeeds. */
  calm?(): Promise<void>;
  /** Closes everything. */
  dispose(): Promise<void>;
}

export interface EventStoreCapabilities {
  /** An id used in one stream is refused in another. */
  readonly idsUniqueAcrossStreams: boolean;
  /** The number of events of the largest stream tested. */
  readonly largeStream: number;
}

type Event = Pick<RecordedEvent, 'id' | 'type' | 'data' | 'metadata'>;

const revision = (value: number) => value as Revision;

function event(data: JsonObject = {}, id: string = v7()): NewEvent {
  return { id, type: 'Happened', data, metadata: { at: '2026-05-01T08:00:00.000Z' } };
}

const events = (count: number): NewEvent[] => Array.from({ length: count }, (_, n) => event({ n }));

/** The event as it was given to the store. */
const given = ({ id, type, data, metadata }: Event): Event => ({ id, type, data, metadata });

/** The contract of every event store. */
export function eventStoreContract(
  name: string,
  start: () => Promise<StoreFixture>,
  { idsUniqueAcrossStreams, largeStream }: EventStoreCapabilities,
): void {
  describe(`event store contract: ${name}`, () => {
    let fixture: StoreFixture;
    const store = () => fixture.store;

    beforeAll(async () => {
      fixture = await start();
    });
    afterAll(() => fixture.dispose());

    /** A stream category of its own. */
    const category = () => `contract${randomUUID().replaceAll('-', '')}`;
    const freshStream = () => `${category()}-1`;

    /** This category's part of the log after `after`, in pages of `limit`. */
    async function logOf(prefix: string, after: Position, reader: EventReader = store(), limit = 100) {
      const found: RecordedEvent[] = [];
      let page: readonly RecordedEvent[];
      for (let from = after; ; from = page.at(-1)?.position ?? from) {
        page = await reader.readAll({ after: from, limit });
        if (page.length === 0) return found;
        found.push(...page.filter(({ stream }) => stream.startsWith(prefix)));
      }
    }

    /** Reads a subscription until it has delivered `count` events of this category. */
    async function follow(
      reader: EventReader,
      prefix: string,
      after: Position,
      count: number,
      batchSize = 10,
    ) {
      const abort = new AbortController();
      const found: RecordedEvent[] = [];
      for await (const batch of reader.subscribe({ after, batchSize, signal: abort.signal })) {
        found.push(...batch.events.filter(({ stream }) => stream.startsWith(prefix)));
        if (found.length >= count) abort.abort();
      }
      return found;
    }

    describe('appending', () => {
      it('answers with the revision and position of the last event', async () => {
        const stream = freshStream();
        const first = await store().append(stream, events(1), 'none');
        const second = await store().append(stream, events(3), revision(0));
        expect(first).toEqual({ revision: 0, position: expect.any(Number), duplicate: false });
        expect(second).toEqual({ revision: 3, position: expect.any(Number), duplicate: false });
        expect(second.position).toBeGreaterThan(first.position);
        expect((await store().readStream(stream)).at(-1)?.position).toBe(second.position);
        expect(await store().head()).toBeGreaterThanOrEqual(second.position);
      });

      it.each<[ExpectedRevision, number, boolean]>([
        ['none', 0, true],
        ['none', 1, false],
        ['any', 0, true],
        ['any', 2, true],
        [revision(0), 0, false],
        [revision(0), 1, true],
        [revision(0), 2, false],
        [revision(2), 2, false],
      ])('expecting %s of a stream of %i events: %p', async (expected, length, holds) => {
        const stream = freshStream();
        if (length > 0) await store().append(stream, events(length), 'none');
        const append = store().append(stream, events(2), expected);
        if (holds) {
          expect(await append).toMatchObject({ revision: length + 1 });
        } else {
          const actual = length === 0 ? 'none' : length - 1;
          await expect(append).rejects.toThrow(WrongExpectedRevision);
          await expect(append).rejects.toMatchObject({ stream, expected, actual });
          expect(await store().readStream(stream)).toHaveLength(length);
        }
      });

      it('appends nothing for no events, and reports an expectation that does not hold', async () => {
        const stream = freshStream();
        expect(await store().append(stream, [], 'none')).toEqual({
          revision: -1,
          position: START,
          duplicate: false,
        });
        await expect(store().append(stream, [], revision(0))).rejects.toThrow(WrongExpectedRevision);
        await store().append(stream, events(2), 'none');
        expect(await store().append(stream, [], revision(1))).toMatchObject({ revision: 1, position: START });
        expect(await store().readStream(stream)).toHaveLength(2);
      });

      it('returns events as they were appended', async () => {
        const json = fc
          .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }))
          .map((object) => JSON.parse(JSON.stringify(object)) as JsonObject);
        await fc.assert(
          fc.asyncProperty(fc.array(fc.tuple(json, json), { minLength: 1, maxLength: 5 }), async (pairs) => {
            const stream = freshStream();
            const batch = pairs.map(([data, metadata]) => ({ ...event(data), metadata }));
            await store().append(stream, batch, 'none');
            const read = await store().readStream(stream);
            expect(read.map(given)).toEqual(batch);
            expect(read.map((one) => [one.stream, one.revision])).toEqual(batch.map((_, n) => [stream, n]));
          }),
          { numRuns: 50 },
        );
      });

      it('keeps streams of unusual names apart', async () => {
        const prefix = category();
        const names = [
          ...[
            'a b',
            "o'clock",
            '"quoted"',
            'semi;colon --',
            '100%',
            '_',
            'A_',
            'a_',
            'ä',
            'a\u0308',
            '😀',
            '日本',
          ],
          ...['a/b', 'a\\b', 'tab\t', '$all', 'x'.repeat(490 - prefix.length)],
        ].map((unusual) => `${prefix}-${unusual}`);
        const before = await store().head();
        await Promise.all(names.map((stream) => store().append(stream, [event({ stream })], 'none')));
        for (const stream of names) {
          const read = await store().readStream(stream);
          expect(read.map((one) => [one.stream, one.data])).toEqual([[stream, { stream }]]);
        }
        expect((await logOf(prefix, before)).map(({ stream }) => stream).sort()).toEqual([...names].sort());
      });

      it('refuses a stream without a name, and one of more than 500 characters', async () => {
        await expect(store().append('', events(1), 'any')).rejects.toThrow(RangeError);
        await expect(store().append('x'.repeat(501), events(1), 'any')).rejects.toThrow(RangeError);
      });

      it('refuses text with a lone surrogate, which has no canonical form, and accepts text that only looks like it', async () => {
        const stream = freshStream();
        const half = event({ text: 'a\ud83d' });
        await expect(store().append(stream, [half], 'any')).rejects.toThrow(RangeError);
        const whole = event({ text: 'a😀', path: 'C:\\ud83d' });
        await store().append(stream, [whole], 'none');
        expect((await store().readStream(stream)).map(given)).toEqual([whole]);
      });

      it('accepts events of nearly 1 MiB, and refuses an append with a larger one as a whole', async () => {
        const stream = freshStream();
        const large = event({ text: 'x'.repeat(MAX_EVENT_BYTES - 1024) });
        expect(await store().append(stream, [large], 'none')).toMatchObject({ revision: 0 });
        expect((await store().readStream(stream)).map(given)).toEqual([large]);

        const tooLarge = [
          event({ text: 'x'.repeat(MAX_EVENT_BYTES) }),
          event({ text: 'é'.repeat(MAX_EVENT_BYTES / 2) }),
          {
            ...event({ text: 'x'.repeat(MAX_EVENT_BYTES / 2) }),
            metadata: { text: 'x'.repeat(MAX_EVENT_BYTES / 2) },
          },
        ];
        for (const one of tooLarge) {
          await expect(store().append(stream, [event(), one], 'any')).rejects.toThrow(EventTooLarge);
        }
        expect(await store().readStream(stream)).toHaveLength(1);
      });
    });

    describe('appending again', () => {
      describe.each([false, true])('after reopening: %p', (reopens) => {
        const meanwhile = async () => {
          if (reopens) await fixture.reopen();
        };

        it.each([
          ['one event', 1],
          ['a batch', 3],
        ])(
          'gives the first result again for %s, whatever was expected and has been appended since',
          async (_, size) => {
            const appends: {
              stream: string;
              batch: NewEvent[];
              expected: ExpectedRevision;
              first: AppendResult;
            }[] = [];
            for (const expected of ['none', revision(1), 'any'] as const) {
              const stream = freshStream();
              if (expected !== 'none') await store().append(stream, events(2), 'none');
              const batch = events(size);
              appends.push({ stream, batch, expected, first: await store().append(stream, batch, expected) });
              await store().append(stream, events(2), 'any');
            }
            await meanwhile();
            for (const { stream, batch, expected, first } of appends) {
              const length = (await store().readStream(stream)).length;
              expect(await store().append(stream, batch, expected)).toEqual({ ...first, duplicate: true });
              expect(await store().append(stream, batch, 'any')).toEqual({ ...first, duplicate: true });
              expect(await store().append(stream, batch, 'none')).toEqual({ ...first, duplicate: true });
              expect(await store().readStream(stream)).toHaveLength(length);
            }
          },
        );

        it('refuses a batch of which only some ids are in the stream, or in another order', async () => {
          const stream = freshStream();
          const [one, two, three] = events(3) as [NewEvent, NewEvent, NewEvent];
          await store().append(stream, [one, two], 'none');
          await meanwhile();
          for (const batch of [
            [two, three],
            [three, one],
            [two, one],
            [one, three, two],
          ]) {
            await expect(store().append(stream, batch, 'any')).rejects.toThrow(EventIdInUse);
            await expect(store().append(stream, batch, 'none')).rejects.toThrow(EventIdInUse);
          }
          expect((await store().readStream(stream)).map(given)).toEqual([one, two]);
          expect(await store().append(stream, [three], revision(1))).toMatchObject({ revision: 2 });
        });

        (idsUniqueAcrossStreams ? it : it.skip)('refuses an id that is in another stream', async () => {
          const [stream, other] = [freshStream(), freshStream()];
          const used = event();
          await store().append(stream, [used], 'none');
          await meanwhile();
          const append = store().append(other, [event(), used], 'none');
          await expect(append).rejects.toThrow(EventIdInUse);
          await expect(append).rejects.toMatchObject({ id: used.id });
          expect(await store().readStream(other)).toEqual([]);
          expect(await store().append(other, events(1), 'none')).toMatchObject({
            revision: 0,
            duplicate: false,
          });
        });
      });

      it('refuses the same id twice in one append', async () => {
        const stream = freshStream();
        const one = event();
        await expect(store().append(stream, [one, event(), one], 'none')).rejects.toThrow(EventIdInUse);
        expect(await store().readStream(stream)).toEqual([]);
      });

      it('is one append when both run concurrently', async () => {
        const stream = freshStream();
        const batch = events(2);
        const both = await Promise.all([
          store().append(stream, batch, 'none'),
          store().append(stream, batch, 'none'),
        ]);
        expect(both.map(({ duplicate }) => duplicate).sort()).toEqual([false, true]);
        expect(both[1]).toMatchObject({ revision: 1, position: both[0].position });
        expect(await store().readStream(stream)).toHaveLength(2);
      });
    });

    describe('concurrent appends', () => {
      it('are each atomic, and none fails because the store is locked', async () => {
        const prefix = category();
        const before = await store().head();
        for (let round = 0; round < 5; round++) {
          const results = await Promise.all(
            Array.from({ length: 64 }, (_, n) =>
              store().append(`${prefix}-${n}`, events(1 + (n % 3)), 'any'),
            ),
          );
          expect(new Set(results.map(({ position }) => position)).size).toBe(64);
        }
        const log = await logOf(prefix, before);
        expect(log).toHaveLength(5 * (22 + 2 * 21 + 3 * 21));
        for (const [index, { stream, data }] of log.entries()) {
          if (data.n !== 0) expect(log[index - 1]).toMatchObject({ stream, data: { n: Number(data.n) - 1 } });
        }
      });

      it('give each revision to exactly one writer', async () => {
        const stream = freshStream();
        const write = async () => {
          const won: number[] = [];
          while (won.length < 10) {
            const [last] = await store().readStream(stream, { direction: 'backwards', limit: 1 });
            try {
              won.push((await store().append(stream, events(1), last?.revision ?? 'none')).revision);
            } catch (error) {
              expect(error).toBeInstanceOf(WrongExpectedRevision);
            }
          }
          return won;
        };
        const won = (await Promise.all(Array.from({ length: 8 }, write))).flat();
        expect(won.sort((a, b) => a - b)).toEqual(Array.from({ length: 80 }, (_, n) => n));
        expect(await store().readStream(stream)).toHaveLength(80);
      });

      it('are not affected by refused appends of the same batch', async () => {
        const [stream, one, two] = [freshStream(), freshStream(), freshStream()];
        const used = event();
        await store().append(stream, [used], 'none');
        const outcomes = await Promise.allSettled([
          store().append(one, events(1), 'none'),
          store().append(stream, events(1), 'none'),
          store().append(stream, [used, event()], 'none'),
          store().append(stream, events(2), revision(0)),
          store().append(two, events(3), 'any'),
        ]);
        expect(
          outcomes.map((it) => (it.status === 'fulfilled' ? it.value.revision : it.reason.name)),
        ).toEqual([0, 'WrongExpectedRevision', 'EventIdInUse', 2, 2]);
        expect(await store().readStream(stream)).toHaveLength(3);
        expect(await store().readStream(one)).toHaveLength(1);
        expect(await store().readStream(two)).toHaveLength(3);
      });

      it('show a following reader no position that is skipped, removed or used again', async () => {
        const prefix = category();
        const before = await store().head();
        const reader = await fixture.reader();
        const write = async (writer: number) => {
          for (let n = 0; n < 30; n++) {
            const one = events(1 + (n % 3));
            const appended = store().append(`${prefix}-${writer}`, one, 'any');
            const refused = store().append(`${prefix}-${writer}`, events(2), revision(1_000));
            await Promise.allSettled([appended, refused, store().append(`${prefix}-${writer}`, one, 'any')]);
          }
        };
        let writing = true;
        const written = Promise.all([0, 1, 2, 3].map(write)).finally(() => {
          writing = false;
        });
        const seen: RecordedEvent[] = [];
        let after = before;
        for (let last = false; !last; ) {
          last = !writing;
          const page = await reader.readAll({ after, limit: 7 });
          seen.push(...page.filter(({ stream }) => stream.startsWith(prefix)));
          after = page.at(-1)?.position ?? after;
          if (page.length > 0) last = false;
          // The writers share this thread.
          await new Promise(setImmediate);
        }
        await written;
        expect(seen).toEqual(await logOf(prefix, before));
        expect(seen).toHaveLength(4 * 10 * (1 + 2 + 3));
        expect(seen.every(({ position }, n) => n === 0 || position > Number(seen[n - 1]?.position))).toBe(
          true,
        );
        await reader.close();
      });
    });

    describe('reading a stream', () => {
      const stream = freshStream();
      const read = async (options?: Parameters<EventReader['readStream']>[1]) =>
        (await store().readStream(stream, options)).map((one) => one.revision as number);

      beforeAll(() => store().append(stream, events(10), 'none'));

      it('returns revisions in either direction, from any of them, within a limit', async () => {
        expect(await read()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        expect(await read({ from: revision(7) })).toEqual([7, 8, 9]);
        expect(await read({ from: revision(2), limit: 3 })).toEqual([2, 3, 4]);
        expect(await read({ direction: 'backwards' })).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
        expect(await read({ direction: 'backwards', limit: 1 })).toEqual([9]);
        expect(await read({ direction: 'backwards', from: revision(3) })).toEqual([3, 2, 1, 0]);
        expect(await read({ direction: 'backwards', from: revision(3), limit: 2 })).toEqual([3, 2]);
      });

      it('returns nothing past the end, nor of a stream that does not exist', async () => {
        expect(await read({ from: revision(10) })).toEqual([]);
        expect(await read({ from: revision(1_000_000) })).toEqual([]);
        expect(await store().readStream(freshStream())).toEqual([]);
        expect(await store().readStream(freshStream(), { direction: 'backwards' })).toEqual([]);
      });

      it(`reads a stream of ${largeStream} events`, async () => {
        const large = freshStream();
        const size = 500;
        for (let n = 0; n < largeStream; n += size) {
          await store().append(large, events(size), n === 0 ? 'none' : revision(n - 1));
        }
        const [last] = await store().readStream(large, { direction: 'backwards', limit: 1 });
        expect(last?.revision).toBe(largeStream - 1);
        expect(await store().readStream(large)).toHaveLength(1_000);
        const middle = await store().readStream(large, { from: revision(largeStream / 2), limit: 3 });
        expect(middle.map((one) => one.revision)).toEqual([0, 1, 2].map((n) => largeStream / 2 + n));
      });
    });

    describe('reading the log', () => {
      it('returns every event once, in the order of positions, for every page size', async () => {
        const prefix = category();
        const before = await store().head();
        for (let n = 0; n < 10; n++) await store().append(`${prefix}-${n % 3}`, events(1 + (n % 4)), 'any');
        const log = await logOf(prefix, before);
        expect(log).toHaveLength(23);
        expect(log.map(({ position }) => position)).toEqual(
          log.map(({ position }) => position).sort((a, b) => a - b),
        );
        expect(await logOf(prefix, before, store(), 1)).toEqual(log);
        expect(await logOf(prefix, before, store(), 4)).toEqual(log);
        for (const n of [0, 1, 2]) {
          const stream = `${prefix}-${n}`;
          expect(log.filter((one) => one.stream === stream)).toEqual(await store().readStream(stream));
        }
        expect(await logOf(prefix, log[9]?.position as Position)).toEqual(log.slice(10));
        expect(await logOf(prefix, await store().head())).toEqual([]);
      });

      it('gives the same to a reader, and after reopening', async () => {
        const prefix = category();
        const before = await store().head();
        await store().append(`${prefix}-1`, events(3), 'none');
        const log = await logOf(prefix, before);
        const reader = await fixture.reader();
        expect(await logOf(prefix, before, reader)).toEqual(log);
        expect(await reader.readStream(`${prefix}-1`)).toEqual(log);
        expect(await reader.head()).toBeGreaterThanOrEqual(log[2]?.position as Position);
        await reader.close();
        await fixture.reopen();
        expect(await logOf(prefix, before)).toEqual(log);
      });
    });

    describe('subscribing', () => {
      it('reports at once that it has caught up when there is nothing to read', async () => {
        const head = await store().head();
        const abort = new AbortController();
        const batches: Batch[] = [];
        for await (const batch of store().subscribe({ after: head, batchSize: 10, signal: abort.signal })) {
          batches.push(batch);
          abort.abort();
        }
        expect(batches).toEqual([{ events: [], position: head, caughtUp: true, bytes: 0 }]);
      });

      it('gives fewer events at a time when they are large', async () => {
        const before = await store().head();
        const large = 'x'.repeat(MAX_BATCH_BYTES / 4);
        const stream = freshStream();
        for (let n = 0; n < 6; n++) await store().append(stream, [event({ large })], 'any');
        const abort = new AbortController();
        const sizes: number[] = [];
        let found = 0;
        for await (const { events, bytes } of store().subscribe({
          after: before,
          batchSize: 1_000,
          signal: abort.signal,
        })) {
          sizes.push(events.length);
          const text = events.map(({ data, metadata }) => JSON.stringify(data) + JSON.stringify(metadata));
          expect(bytes / Math.max(1, text.join('').length)).toBeCloseTo(events.length > 0 ? 1 : 0, 1);
          found += events.filter((one) => one.stream === stream).length;
          if (found === 6) abort.abort();
        }
        expect(Math.max(...sizes)).toBeLessThanOrEqual(4);
      });

      it.each([
        ['', 7],
        [', also when the last of them is full', 6],
      ])('catches up in batches of the requested size, and reports it%s', async (_, count) => {
        const prefix = category();
        const before = await store().head();
        await store().append(`${prefix}-1`, events(count), 'none');
        const abort = new AbortController();
        const batches: Batch[] = [];
        for await (const batch of store().subscribe({ after: before, batchSize: 3, signal: abort.signal })) {
          batches.push(batch);
          // Time for the batches that the store sends ahead to arrive.
          await store().head();
          if (batch.caughtUp) abort.abort();
        }
        expect(
          batches.flatMap((batch) => batch.events).filter((one) => one.stream.startsWith(prefix)),
        ).toEqual(await store().readStream(`${prefix}-1`));
        for (const { events: some, position } of batches) {
          expect(some.length).toBeLessThanOrEqual(3);
          expect(position).toBeGreaterThanOrEqual(some.at(-1)?.position ?? START);
        }
      });

      it('delivers what is appended later', async () => {
        const prefix = category();
        const before = await store().head();
        const reader = await fixture.reader();
        const followed = [follow(store(), prefix, before, 3), follow(reader, prefix, before, 3)];
        for (let n = 0; n < 3; n++) await store().append(`${prefix}-1`, events(1), 'any');
        const log = await store().readStream(`${prefix}-1`);
        expect(await Promise.all(followed)).toEqual([log, log]);
        await reader.close();
      });

      it('batches for a slow reader the events that arrived in between', async () => {
        const prefix = category();
        const before = await store().head();
        const abort = new AbortController();
        const slow = store().subscribe({ after: before, batchSize: 100, signal: abort.signal });
        const batches = slow[Symbol.asyncIterator]();
        expect((await batches.next()).value).toMatchObject({ caughtUp: true });
        for (let n = 0; n < 40; n++) await store().append(`${prefix}-${n}`, events(1), 'none');
        await follow(store(), prefix, before, 40);
        const { value: batch } = await batches.next();
        // The last of them may still be on their way.
        expect((batch as Batch).events.length).toBeGreaterThan(20);
        abort.abort();
        await batches.next();
      });

      it('passes from stored to new events without gap or repetition, with any writers and a slow reader', async () => {
        const reader = await fixture.reader();
        const step = fc.record({
          stream: fc.nat(2),
          size: fc.integer({ min: 1, max: 5 }),
          alone: fc.boolean(),
        });
        const plan = fc.record({
          steps: fc.array(step, { minLength: 1, maxLength: 15 }),
          startsAt: fc.nat(15),
          from: fc.nat(15),
          batchSize: fc.integer({ min: 1, max: 7 }),
          // After which batch the follower waits for which step to be written.
          pauses: fc.array(fc.tuple(fc.nat(10), fc.nat(15)), { maxLength: 3 }),
          throughReader: fc.boolean(),
        });
        await fc.assert(
          fc.asyncProperty(plan, async ({ steps, startsAt, from, batchSize, pauses, throughReader }) => {
            const prefix = category();
            const written = steps.map(() => Promise.withResolvers<void>());
            const starts = Math.min(startsAt, steps.length);
            const abort = new AbortController();
            const seen: RecordedEvent[] = [];
            const run = async (after: Position) => {
              let count = 0;
              const source = throughReader ? reader : store();
              for await (const batch of source.subscribe({ after, batchSize, signal: abort.signal })) {
                seen.push(...batch.events.filter(({ stream }) => stream.startsWith(prefix)));
                if (seen.at(-1)?.type === 'Ended') abort.abort();
                for (const [at, until] of pauses) if (at === count) await written[until]?.promise;
                count++;
              }
            };

            let after = await store().head();
            const before = after;
            let following: Promise<void> | undefined;
            const pending: Promise<unknown>[] = [];
            for (const [index, { stream, size, alone }] of steps.entries()) {
              if (index === Math.min(from, starts)) {
                await Promise.all(pending);
                after = await store().head();
              }
              if (index === starts) following = run(after);
              pending.push(
                store()
                  .append(`${prefix}-${stream}`, events(size), 'any')
                  .then(() => written[index]?.resolve()),
              );
              if (alone) await Promise.all(pending);
            }
            await Promise.all(pending);
            following ??= run(after);
            await store().append(`${prefix}-end`, [{ ...event(), type: 'Ended' }], 'none');
            await following;
            const all = await logOf(prefix, before);
            expect(seen).toEqual(all.filter(({ position }) => position > after));
          }),
          { numRuns: 60 },
        );
        await reader.close();
      });

      it('ends when it is aborted, while waiting and before its start', async () => {
        const reader = await fixture.reader();
        for (const source of [store(), reader]) {
          const abort = new AbortController();
          const waiting = Promise.withResolvers<void>();
          const run = async () => {
            let batches = 0;
            const options = { after: await store().head(), batchSize: 10, signal: abort.signal };
            for await (const _ of source.subscribe(options)) {
              batches++;
              waiting.resolve();
            }
            return batches;
          };
          const first = run();
          await waiting.promise;
          abort.abort();
          expect(await first).toBe(1);
          expect(await run()).toBe(0);
        }
        await reader.close();
      });

      it('may be abandoned at any time and resumed by another reader', async () => {
        const prefix = category();
        let after = await store().head();
        await store().append(`${prefix}-1`, events(5), 'none');
        const seen: RecordedEvent[] = [];
        while (seen.length < 5) {
          const signal = new AbortController().signal;
          for await (const batch of store().subscribe({ after, batchSize: 2, signal })) {
            seen.push(...batch.events.filter(({ stream }) => stream.startsWith(prefix)));
            after = batch.position;
            break;
          }
        }
        expect(seen).toEqual(await store().readStream(`${prefix}-1`));
      });
    });

    it('refuses everything once it is closed, and ends its subscriptions', async () => {
      await fixture.calm?.();
      const stream = freshStream();
      const lastAppend = store().append(stream, events(1), 'none');
      const signal = new AbortController().signal;
      const following = (async () => {
        for await (const _ of store().subscribe({ after: START, batchSize: 1_000, signal }));
      })();
      const outcome = expect(following).rejects.toThrow(EventStoreUnavailable);
      await store().close();
      await outcome;
      expect(await lastAppend).toMatchObject({ revision: 0 });
      await expect(store().append(stream, events(1), 'any')).rejects.toThrow(EventStoreUnavailable);
      await expect(store().readStream(stream)).rejects.toThrow(EventStoreUnavailable);
      await expect(store().readAll()).rejects.toThrow(EventStoreUnavailable);
      await fixture.reopen();
      expect(await store().readStream(stream)).toHaveLength(1);
    });
  });
}
