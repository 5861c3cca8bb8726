// An export by operators has the contents of the API's, in a file that gets its name once it is complete.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { newId } from '#application/core';
import type { Instant } from '#domain/kernel';
import type { JsonObject, NewEvent } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { SealingLog } from '#personal-data';
import { keysPath, SqliteKeyStore } from '#personal-data/sqlite';
import { projections } from '#projections';
import { SqliteViewStore } from '#view-store/sqlite';
import { keyEncryptionIn, personalKeys } from '../../personal-data.ts';
import { viewsPath } from '../../worker/paths.ts';
import { CommandLine } from '../command-line.ts';
import { readAsBuilt } from '../testing/views.ts';
import { audit } from './index.ts';

let directory: string;
let output: string;

/** More than is read at once. */
const ACCOUNTS = 450;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ctl-export-'));
  output = await mkdtemp(join(tmpdir(), 'ctl-exported-'));
  const views = new SqliteViewStore({ path: viewsPath(directory), discarded: () => undefined });
  await readAsBuilt(views, projections, at(0) as Instant);
  await views.close();
});
afterEach(() => Promise.all([directory, output].map((each) => rm(each, { recursive: true }))));

const at = (n: number) => new Date(Date.UTC(2026, 2, 1) + 1_000 * n).toISOString();

function registered(name: string, n: number): NewEvent {
  const id = newId();
  const company: JsonObject = { name, vatNumber: '', street: '', postalCode: '', city: '', country: 'NL' };
  const caused = { commandId: id, commandHash: id, $correlationId: id, $causationId: id };
  const actor = { account: '', user: 'operator:ann', role: 'operator' };
  return {
    id,
    type: 'AccountRegistered',
    data: { accountId: newId(), kind: 'service', name, company },
    metadata: { at: at(n), actor, ...caused, schemaVersion: 1 },
  };
}

async function record(...events: readonly NewEvent[]): Promise<void> {
  const store = await SqliteEventStore.open({ directory });
  for (const event of events) await store.append(`account-${event.data.accountId}`, [event], 'none');
  await store.close();
}

async function run(...args: readonly string[]) {
  const written = { out: '', err: '' };
  const line = new CommandLine({
    env: { DATA_DIR: directory },
    out: { write: (text) => (written.out += text) },
    err: { write: (text) => (written.err += text) },
  });
  const code = await line.run(['audit', 'export', ...args], 'For tests.', [audit(line)]);
  return { code, ...written };
}

const read = (name: string) => readFile(join(output, name), 'utf8');
const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('tessera-ctl audit export', () => {
  it('writes every event of the log, and reports the progress', async () => {
    await record(...Array.from({ length: ACCOUNTS }, (_, n) => registered(`Company ${n}`, n)));
    const file = join(output, 'audit.ndjson');
    const { code, out, err } = await run('--file', file, '--json');
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/exporting +450 events, \S+ events\/s/),
    });
    expect(JSON.parse(out)).toEqual({ file, format: 'ndjson', events: ACCOUNTS });
    expect(lines(await read('audit.ndjson')).map(({ data }) => data.name)).toEqual(
      Array.from({ length: ACCOUNTS }, (_, n) => `Company ${n}`),
    );
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('names a personal value that was moved to another event, and leaves no file', async () => {
    const actor = { account: 'a', user: 'ann@dairies.example', role: 'administrator' };
    const event = (n: number, by: JsonObject) => {
      const one = registered(`Company ${n}`, n);
      return { ...one, metadata: { ...one.metadata, actor: by } };
    };
    const keyStore = new SqliteKeyStore(keysPath(directory));
    const keys = personalKeys(keyStore, keyEncryptionIn(directory, undefined));
    const store = await SqliteEventStore.open({ directory });
    const first = event(1, actor);
    await new SealingLog(store, keys).append('account-first', [first], 'none');
    const [sealed] = await store.readStream('account-first');
    const second = event(2, sealed?.metadata.actor as JsonObject);
    await store.append('account-second', [second], 'none');
    await Promise.all([store.close(), keyStore.close()]);
    const { code, err } = await run('--file', join(output, 'audit.ndjson'));
    expect(code).toBe(1);
    expect(err).toMatch(
      new RegExp(
        `sealed value at ${second.id}/metadata/actor/user was altered or moved\\. .* audit verify .*\\.\\n$`,
      ),
    );
    expect(await readdir(output)).toEqual([]);
  });

  it('escapes formulas, and can be limited by time', async () => {
    await record(registered('before', 0), registered('=1+1', 1), registered('after', 2));
    const part = ['--from', at(0), '--to', at(1)];
    expect(await run('--format', 'csv', ...part, '--file', join(output, 'part.csv'))).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 events are in'),
    });
    const [row, ...others] = parse(await read('part.csv'), { bom: true, columns: true }) as {
      data: string;
    }[];
    expect(others).toEqual([]);
    expect(row).toMatchObject({ sentence: expect.stringMatching(/^'?.*=1\+1/), user: 'operator:ann' });
  });

  it('overwrites no file, and leaves no incomplete one', async () => {
    await record(registered('one', 0));
    await writeFile(join(output, 'kept'), 'kept');
    expect(await run('--file', join(output, 'kept'))).toMatchObject({ code: 1, out: '' });
    expect(await run('--to', at(-1), '--file', join(output, 'no', 'folder'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('It cannot be written: ENOENT'),
    });
    expect(await readdir(output)).toEqual(['kept']);
    expect(await read('kept')).toBe('kept');
  });

  it('explains what it cannot do', async () => {
    await record(registered('one', 0));
    const file = join(output, 'none');
    expect(await run('--share', newId(), '--file', file)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/no such share/),
    });
    expect((await run('--share', newId(), '--account', newId(), '--file', file)).code).toBe(2);
    expect((await run('--share', 'two', '--file', file)).code).toBe(2);
    expect((await run('--from', 'soon', '--file', file)).code).toBe(2);
    expect((await run()).code).toBe(2);
    expect(await readdir(output)).toEqual([]);
  });
});
