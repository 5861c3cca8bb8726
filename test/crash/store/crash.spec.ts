import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type EventReader, type Position, type RecordedEvent, START } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { killChild, startChild } from '../../programs/child.ts';
import { batchSize, eventAt, STREAMS } from './content.ts';

const ROUNDS = 50;
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));

interface Answer {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
}

describe(`a store whose process is killed (CRASH_SEED=${SEED})`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'tessera-crash-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  /** Runs a writer, kills it after so many lines, and returns the appends that were acknowledged. */
  async function writeAndKill(afterLines: number): Promise<Answer[]> {
    const writer = startChild('test/crash/store/writer.js', { args: [directory] });
    const errors: string[] = [];
    writer.stderr.on('data', (text) => errors.push(String(text)));
    const lines: string[] = [];
    const output = createInterface(writer.stdout);
    output.on('line', (line) => {
      lines.push(line);
      if (lines.length === afterLines) killChild(writer);
    });
    const [[, signal]] = await Promise.all([once(writer, 'exit'), once(output, 'close')]);
    expect({ signal, errors }).toEqual({ signal: 'SIGKILL', errors: [] });
    return lines.slice(1).map((line) => {
      const [stream = '', revision, position] = line.split(' ');
      return { stream, revision: Number(revision), position: Number(position) };
    });
  }

  async function readAll(reader: EventReader, from: Position): Promise<RecordedEvent[]> {
    const log: RecordedEvent[] = [];
    for (let after = from; ; ) {
      const page = await reader.readAll({ after });
      const last = page.at(-1);
      if (!last) return log;
      log.push(...page);
      after = last.position;
    }
  }

  it(`has every acknowledged append, and no partial one, ${ROUNDS} times`, async () => {
    const log: RecordedEvent[] = [];
    let answers = 0;
    const lengths = new Map(STREAMS.map((stream) => [stream, 0]));
    const kills = fc.sample(fc.integer({ min: 1, max: 50 }), { numRuns: ROUNDS, seed: SEED });
    for (const afterLines of kills) {
      const answered = await writeAndKill(afterLines);
      const store = await SqliteEventStore.open({ directory });
      const written = await readAll(store, log.at(-1)?.position ?? START);
      await store.close();

      for (const event of written) {
        const { position, stream, revision, id, type, data, metadata } = event;
        expect(position).toBeGreaterThan(log.at(-1)?.position ?? START);
        expect(revision).toBe(lengths.get(stream));
        expect({ id, type, data, metadata }).toEqual(eventAt(stream, revision));
        lengths.set(stream, revision + 1);
        log.push(event);
      }
      for (const [stream, length] of lengths) {
        let end = 0;
        while (end < length) end += batchSize(stream, end);
        expect({ stream, length }).toEqual({ stream, length: end });
      }
      const places = new Map(written.map((event) => [`${event.stream} ${event.revision}`, event.position]));
      for (const { stream, revision, position } of answered) {
        expect(places.get(`${stream} ${revision}`)).toBe(position);
      }
      answers += answered.length;
    }
    expect(answers).toBeGreaterThan(ROUNDS);

    const store = await SqliteEventStore.open({ directory });
    expect(await readAll(store, START)).toEqual(log);
    await store.close();
  });
});
