import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#application/core';
import { SqliteEventStore } from '#event-store/sqlite';
import { newSignerKey, parseSignerKey } from '#evidence';
import { parseSealingKeys, Sealer, signedCheckpoints } from '#seal';
import { SqliteViewStore } from '#view-store/sqlite';
import { viewsPath } from '../../worker/paths.ts';
import { silent } from '../../worker/testing/host.ts';
import { CommandLine } from '../command-line.ts';
import { audit } from './index.ts';

let directory: string;
const key = newSignerKey('ctl.example');

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ctl-audit-'));
  const store = await SqliteEventStore.open({ directory });
  const views = new SqliteViewStore({ path: viewsPath(directory), discarded: () => undefined });
  for (let at = 0; at < 10; at += 1) {
    await store.append('thing', [{ id: randomUUID(), type: 'Happened', data: { at }, metadata: {} }], 'any');
  }
  const keys = parseSealingKeys(key);
  const sealer = new Sealer({
    reader: store,
    views,
    keys,
    intervalMs: 60_000,
    clock: systemClock,
    log: silent,
  });
  await sealer.start();
  await sealer.stop();
  const [checkpoint] = (await views.find(signedCheckpoints, { index: 'by-size', prefix: [] })).items;
  writeFileSync(join(directory, 'kept'), checkpoint?.note ?? '');
  await views.close();
  await store.close();
});

afterAll(() => rmSync(directory, { recursive: true }));

async function run(...args: readonly string[]) {
  const written = { out: '', err: '' };
  const line = new CommandLine({
    env: { DATA_DIR: directory },
    out: { write: (text) => (written.out += text) },
    err: { write: (text) => (written.err += text) },
  });
  const code = await line.run(['audit', ...args], 'For tests.', [audit(line)]);
  return { code, ...written };
}

describe('tessera-ctl audit', () => {
  it('makes keys', async () => {
    const { code, out } = await run('new-key', '--name', 'made.example');
    expect(code).toBe(0);
    expect(parseSignerKey(out.trim()).name).toBe('made.example');
    expect((await run('new-key', '--name', 'two words')).code).toBe(2);
  });

  it('verifies the log, also since a stored checkpoint', async () => {
    expect(await run('verify')).toMatchObject({ code: 0, out: expect.stringContaining('10 of 10 sealed') });
    const trusted = parseSignerKey(key).verifier.text;
    const since = await run('verify', '--since', join(directory, 'kept'), '--key', trusted, '--json');
    expect(since.code).toBe(0);
    expect(JSON.parse(since.out)).toMatchObject({ size: 10, compared: 10 });
    expect((await run('verify', '--from', '2', '--to', '5')).out).toContain('3 of 10');
  });

  it('explains what it cannot do', async () => {
    const stranger = parseSignerKey(newSignerKey('ctl.example')).verifier.text;
    expect(await run('verify', '--key', stranger)).toMatchObject({
      code: 1,
      err: expect.stringContaining('not signed with a key that is known'),
    });
    expect((await run('verify', '--since', join(directory, 'none'))).code).toBe(1);
    expect((await run('verify', '--key', 'no key')).code).toBe(2);
    expect((await run('verify', '--since', 'kept', '--from', '2')).code).toBe(2);
    expect((await run('verify', '--from', 'two')).code).toBe(2);
  });

  it('reports the first event that differs', async () => {
    const database = new DatabaseSync(join(directory, 'events.db'));
    database.exec(`UPDATE event SET data = '{"at":70}' WHERE position = 7`);
    database.close();
    const { code, out } = await run('verify');
    expect(code).toBe(3);
    expect(out).toContain('at place 7');
    expect(out).toContain('revision 7 of thing');
  });
});
