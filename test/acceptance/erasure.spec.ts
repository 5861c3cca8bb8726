// A person is erased: what was recorded of it is nowhere to be found any more, and what was proven stays so.
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verify } from '../../libs/evidence/verify.mjs';
import { run } from '../programs/program.ts';
import type { Member } from './client.ts';
import { type Company, created, OwnWorld, ok, until, type View } from './world.ts';

const NAME = 'Wilhelmina Vandersteene';
const TRACE = /wilhelmina|vandersteene/i;

let world: OwnWorld;
let provider: Company;
let requester: Company;
let auditor: Member;
let platform: Member;
let customer: string;
let installation: string;
let share: string;
let erasure: string;
/** A folder with the keys as they were before. */
let backup: string;

const ADD = { name: 'Dairies', address: { street: 'Kaai 1', city: 'Ghent' }, contact: NAME };
const KEY = { 'idempotency-key': '0193c2a5-0070-7000-8000-0000000000e1' };

beforeAll(async () => {
  world = await OwnWorld.begin();
  backup = await mkdtemp(join(tmpdir(), 'tessera-keys-'));
  provider = await world.company('service', 'Nordic');
  requester = await world.company('service', 'Frost');
  auditor = await world.member('', 'auditor');
  platform = await world.member('', 'service');
  const service = await world.member(provider.id, 'service');
  customer = await created(provider.administrator.post('/v1/customers', ADD, KEY));
  const locationId = await provider.addLocation(customer);
  installation = await provider.addInstallation({ locationId });
  const done = { kind: 'note', performedOn: '2026-03-01', summary: 'Checked.', performedBy: NAME };
  const data = { installationId: installation, ...done };
  const id = '0193c2a5-0070-7000-8000-0000000000e2';
  await ok(service.post('/v1/commands', { id, type: 'AddActivity', account: provider.id, user: NAME, data }));
  const connection = await world.connect(provider, requester);
  const approval = { level: 'installation', selection: [installation], accessType: 'subcontractor' } as const;
  share = await world.give(provider, requester, connection, approval);
  await requester.take(share, await requester.addLocation(await requester.addCustomer()));
});
afterAll(async () => {
  await world.end();
  await rm(backup, { recursive: true, force: true });
});

/** Whatever the parties and an auditor can read that might name the person. */
async function everything(): Promise<string> {
  const reads: readonly [Member, string][] = [
    [provider.administrator, `/v1/customers/${customer}`],
    [provider.administrator, '/v1/customers'],
    [provider.administrator, '/v1/customers?q=Dairies'],
    [provider.administrator, `/v1/audit/accounts/${provider.id}`],
    [platform, '/v1/changes'],
    ...[provider, requester].flatMap(({ administrator }): [Member, string][] => [
      [administrator, `/v1/installations/${installation}`],
      [administrator, `/v1/installations/${installation}/activities`],
      [administrator, `/v1/audit/installations/${installation}`],
      [administrator, '/v1/changes'],
      [administrator, '/v1/inbox'],
    ]),
    [auditor, `/v1/audit/installations/${installation}`],
    [auditor, '/v1/audit/export'],
    [auditor, '/v1/audit/export?format=csv'],
    [provider.administrator, `/v1/audit/export?account=${provider.id}`],
    [requester.administrator, `/v1/audit/shares/${share}/report`],
    [auditor, `/v1/audit/installations/${installation}/report`],
  ];
  const answers = await Promise.all(reads.map(([reader, path]) => ok(reader.get(path))));
  return JSON.stringify(answers);
}

async function activity(reader: Company): Promise<View> {
  const { items } = await ok(reader.administrator.get(`/v1/installations/${installation}/activities`));
  return items[0];
}

async function provenPack(): Promise<View> {
  const path = `/v1/audit/evidence?installation=${installation}&account=${requester.id}`;
  const { body } = await until(
    () => auditor.get(path),
    ({ status }) => status === 200,
  );
  return body;
}

describe('before a person is erased', () => {
  it('it is read by those who may', async () => {
    expect(await ok(provider.administrator.get(`/v1/customers/${customer}`))).toMatchObject({
      contact: NAME,
    });
    for (const party of [provider, requester])
      expect(await activity(party)).toMatchObject({ performedBy: NAME });
    const history = JSON.stringify(await ok(auditor.get(`/v1/audit/installations/${installation}`)));
    expect(history).toContain(`"user":"${NAME}"`);
  });

  it('the log, the views and everything beside them have it sealed only', async () => {
    if (world.dataDir === undefined) return;
    const files = await readdir(world.dataDir);
    expect(files).toEqual(expect.arrayContaining(['events.db', 'views.db', 'keys.db']));
    for (const file of files.filter((name) => !name.endsWith('.sock'))) {
      const contents = (await readFile(join(world.dataDir, file))).toString('latin1');
      expect([file, TRACE.test(contents)]).toEqual([file, false]);
    }
  });

  it('a proof and a pack have it sealed, and can be verified', async () => {
    const pack = await provenPack();
    expect(JSON.stringify(pack)).not.toMatch(TRACE);
    expect(JSON.stringify(pack)).toContain('@sealed');
    expect(() => verify(Buffer.from(JSON.stringify(pack)))).not.toThrow();
  });

  it('its key is in a backup of the keys', () => {
    if (world.dataDir === undefined) return;
    const keys = new DatabaseSync(join(world.dataDir, 'keys.db'), { readOnly: true });
    keys.exec(`VACUUM INTO '${join(backup, 'keys.db')}'`);
    keys.close();
  });

  it('a dry run of it destroys nothing', async () => {
    await ok(provider.administrator.post('/v1/erasures?dryRun=true', { subject: NAME }));
    expect(await activity(requester)).toMatchObject({ performedBy: NAME });
  });

  it('another company cannot erase it', async () => {
    const { status, body } = await requester.administrator.post('/v1/erasures', { subject: NAME });
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'nothing-to-erase' });
    expect(await activity(requester)).toMatchObject({ performedBy: NAME });
  });
});

describe('once a person is erased', () => {
  let before: View;

  beforeAll(async () => {
    before = await provenPack();
    const asked = { subject: 'wilhelmina  VANDERSTEENE', reason: 'requested' };
    erasure = await created(provider.administrator.post('/v1/erasures', asked));
  });

  it('that is recorded, and not who it was', async () => {
    const shown = await ok(provider.administrator.get(`/v1/erasures/${erasure}`));
    expect(shown).toMatchObject({ id: erasure, status: 'erased', reason: 'requested' });
    expect(await ok(provider.administrator.get('/v1/erasures'))).toMatchObject({ items: [shown] });
    expect(JSON.stringify(shown)).not.toMatch(TRACE);
  });

  it('it cannot be read anywhere any more', async () => {
    expect(await ok(provider.administrator.get(`/v1/customers/${customer}`))).toMatchObject({
      contact: 'erased',
    });
    expect(await everything()).not.toMatch(TRACE);
    for (const party of [provider, requester]) {
      expect(await activity(party)).toMatchObject({ performedBy: 'erased', summary: 'Checked.' });
    }
    expect(JSON.stringify(await ok(auditor.get(`/v1/audit/installations/${installation}`)))).toContain(
      '"user":"erased"',
    );
  });

  it('there is nothing left to erase of it', async () => {
    const { status, body } = await provider.administrator.post('/v1/erasures', { subject: NAME });
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'nothing-to-erase' });
  });

  it('a repeated command is answered as before, and another one under its id is refused', async () => {
    const again = await provider.administrator.post('/v1/customers', ADD, KEY);
    expect(again).toMatchObject({ status: 201, body: { id: customer } });
    const other = await provider.administrator.post('/v1/customers', { ...ADD, contact: 'Other' }, KEY);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect(await ok(provider.administrator.get(`/v1/customers/${customer}`))).toMatchObject({
      contact: 'erased',
    });
  });

  it('what was proven before is proven still', async () => {
    const pack = await provenPack();
    expect(pack.statement).toEqual(before.statement);
    expect(pack.events.map(({ leaf }: View) => leaf)).toEqual(before.events.map(({ leaf }: View) => leaf));
    for (const each of [before, pack]) expect(() => verify(Buffer.from(JSON.stringify(each)))).not.toThrow();
  });

  it('it can be recorded again', async () => {
    await ok(provider.administrator.patch(`/v1/customers/${customer}`, { contact: NAME }));
    await until(
      () => ok(provider.administrator.get(`/v1/customers/${customer}`)),
      ({ contact }) => contact === NAME,
    );
    expect(await activity(provider)).toMatchObject({ performedBy: 'erased' });
    await ok(provider.administrator.post('/v1/erasures', { subject: NAME }));
    expect(await everything()).not.toMatch(TRACE);
  });

  it('nothing of it returns with rebuilt views and keys of a backup, and the log is as it was sealed', async () => {
    const { dataDir } = world;
    if (dataDir === undefined) return;
    await world.stop();
    const env = { ...process.env, DATA_DIR: dataDir };
    const verified = await run('apps/ctl/tessera-ctl.js', ['audit', 'verify'], env);
    expect(verified).toMatchObject({ code: 0 });
    for (const file of await readdir(dataDir)) {
      const contents = (await readFile(join(dataDir, file))).toString('latin1');
      expect([file, TRACE.test(contents)]).toEqual([file, false]);
      if (/^(views|keys)/.test(file)) await rm(join(dataDir, file));
    }
    await rename(join(backup, 'keys.db'), join(dataDir, 'keys.db'));
    await world.restart();
    await until(
      () => provider.administrator.get(`/v1/customers/${customer}`),
      ({ status, body }) => status === 200 && body.contact === 'erased',
    );
    await until(
      () => requester.administrator.get(`/v1/installations/${installation}/activities`),
      ({ status, body }) => status === 200 && body.items[0]?.performedBy === 'erased',
    );
    expect(await everything()).not.toMatch(TRACE);
  });
});
