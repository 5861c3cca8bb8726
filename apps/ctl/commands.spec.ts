// Operators' commands on a running service, a stopped one, and shared stores.
import 'reflect-metadata';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { newId } from '#application';
import type { EventStore, JsonObject } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { newKeyEncryptionKey } from '#personal-data';
import { processWork } from '#processes';
import { SEAL } from '#seal';
import { WEBHOOKS } from '#webhooks';
import { EventStoreDb } from '../../test/servers/eventstoredb/index.ts';
import { MongoServer } from '../../test/servers/mongodb/index.ts';
import { until } from '../../test/tooling/until.ts';
import { connectAdmin } from '../admin/socket.ts';
import { readConfig } from '../api/config.ts';
import { Service } from '../api/service.ts';
import { readPlace } from '../worker/config.ts';
import { ownFollowers } from '../worker/index.ts';
import { type OpenWorker, openWorker } from '../worker/open.ts';
import { CommandLine } from './command-line.ts';
import { allCommands, commandsFor } from './commands.ts';
import type { FollowerReport, ReportedPark } from './deployment/followers.ts';
import type { ReportedWork } from './deployment/open-work.ts';

const silent = pino({ level: 'silent' });
const ID = '019b76da-a800-76be-81dd-5406367daffa';
const DETAILS = '--vat-number NL1 --street Kade --postal-code 1011 --city Amsterdam --country NL'.split(' ');
const openAccount = (name: string) => ['account', 'open', '--id', ID, '--name', name, ...DETAILS];

let dataDir: string;
let env: Record<string, string>;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tessera-ctl-'));
  env = { DATA_DIR: dataDir, PORT: '0' };
});
afterEach(() => rm(dataDir, { recursive: true }));

async function ctl(...args: readonly string[]) {
  let [out, err] = ['', ''];
  const line = new CommandLine({
    env,
    out: { write: (text) => (out += text) },
    err: { write: (text) => (err += text) },
  });
  const code = await line.run(args, 'For specs.', await commandsFor(args, line));
  return { code, out, err };
}

async function followers(): Promise<readonly FollowerReport[]> {
  const { out } = await ctl('projections', 'list', '--json');
  return JSON.parse(out);
}

const isBuilt = async (name: string) =>
  (await followers()).some(({ follower, lag, position }) => follower === name && lag === 0 && position >= 0);

const declared = await allCommands(new CommandLine({ env: {}, out: process.stdout, err: process.stderr }));

describe('every command', () => {
  const leaves = (command: CommandUnknownOpts, path: string): [string, CommandUnknownOpts][] =>
    command.commands.length === 0
      ? [[path, command]]
      : command.commands.flatMap((each) => leaves(each, `${path} ${each.name()}`));
  const all = declared.flatMap((each) => leaves(each, each.name()));

  it.each(all)('%s has --json, and examples that call it', async (path, command) => {
    expect(command.options.map(({ long }) => long)).toContain('--json');
    const { out } = await ctl(...path.split(' '), '--help');
    expect(out).toContain(`    tessera-ctl ${path}`);
  });
});

describe('on embedded stores', () => {
  it('operations are executed by the service while it runs, and here while it does not', async () => {
    const service = await Service.start(readConfig(env, false), silent);
    try {
      expect(await ctl(...openAccount('Koel Noord'))).toMatchObject({ code: 0, err: '' });
      await until(() => isBuilt('accounts'));
      expect(await ctl('doctor')).toMatchObject({ code: 0, err: '' });
      expect((await followers()).every(({ state, read }) => state === 'live' && read)).toBe(true);
      expect(await ctl('projections', 'rebuild', 'accounts')).toMatchObject({ code: 0 });
      await until(() => isBuilt('accounts'));
      expect(await ctl('process', 'redrive', 'prepare-package', 'none')).toMatchObject({ code: 1 });
      const token = (await ctl('token', '--role', 'administrator', '--account', ID)).out.trim();
      const own = await fetch(`${service.url}/v1/accounts/me`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(await own.json()).toMatchObject({ name: 'Koel Noord' });
    } finally {
      await service.stop();
    }
    const { code, out } = await ctl('doctor');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('No process listens') });
    // Asked twice, it is opened once; with other details it is refused.
    expect(await ctl(...openAccount('Koel Noord'))).toMatchObject({ code: 0, err: '' });
    expect(await ctl(...openAccount('Koel Zuid'))).toMatchObject({
      code: 1,
      err: `Account ${ID} exists already with other details.\n`,
    });
    await ctl('projections', 'rebuild', 'accounts');
    expect((await followers()).map(({ state }) => state)).toContain('stopped');
    expect(JSON.parse((await ctl('share', 'show', ID, '--json')).out || '{}')).toEqual({});
  });

  it('explains that a process which has the stores open does not listen', async () => {
    const other = await SqliteEventStore.open({ directory: dataDir });
    const { code, err } = await ctl(...openAccount('Koel Noord'));
    await other.close();
    expect(code).toBe(1);
    expect(err).toContain('is open in another process. No process listens at');
  });

  it('explains that there is no log', async () => {
    expect(await ctl('doctor')).toEqual({
      code: 1,
      out: '',
      err: `There is no log in ${dataDir}; DATA_DIR says where it is.\n`,
    });
  });

  it('tokens are made for development sign-in only', async () => {
    env = { ...env, AUTH: 'oidc', OIDC_ISSUER: 'https://login.example', OIDC_AUDIENCE: 'tessera' };
    expect(await ctl('token', '--role', 'operator')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Tokens come from the OpenID provider'),
    });
  });
});

describe('an event that could not be handled', () => {
  const event = (type: string, data: JsonObject) => {
    const id = newId();
    const actor = { account: ID, user: 'ann', role: 'administrator' };
    const command = { commandId: id, commandHash: id, $correlationId: id, $causationId: id };
    return {
      id,
      type,
      data,
      metadata: { at: new Date().toISOString(), actor, ...command, schemaVersion: 1 },
    };
  };
  /** An unknown event, which all followers park; and an approval of nothing, which gets stuck. */
  const [unheardOf, approved] = [
    event('ShareFramed', {}),
    event('ShareApproved', { shareId: ID, terms: {} }),
  ];
  const [framed, other] = ['share-framed', 'share-other'] as const;
  const work = { process: 'prepare-package', key: ID };

  async function appendUnhandled(events: EventStore): Promise<void> {
    await events.append(framed, [unheardOf], 'none');
    await events.append(other, [event('ShareFramed', {})], 'none');
    await events.append(`share-${ID}`, [approved], 'none');
  }

  async function listed<Item>(...args: readonly string[]): Promise<readonly Item[]> {
    return JSON.parse((await ctl(...args, 'list', '--json')).out);
  }
  const parkedBy = async (name: string) => {
    const all = await listed<ReportedPark>('parked');
    return all.filter(({ follower }) => follower === name).map(({ stream }) => stream);
  };
  const isStuck = async () => {
    const works = await listed<ReportedWork>('process');
    return works.some(
      ({ process, key, state }) => process === work.process && key === ID && state === 'stuck',
    );
  };
  const allParked = async () =>
    (await isStuck()) &&
    (await Promise.all(['shares', 'processes'].map(parkedBy))).every((streams) => streams.includes(other));

  /** Retries the stream, which fails again, and skips its event. */
  async function skipped(follower: string, stream: string): Promise<void> {
    const [parked] = (await listed<ReportedPark>('parked')).filter(
      (each) => each.follower === follower && each.stream === stream,
    );
    const again = await ctl('parked', 'retry', follower, stream);
    expect(again).toMatchObject({ code: 3, err: '' });
    expect(again.out).toContain(`${stream} is still parked, on event 0 (ShareFramed ${parked?.event.id})`);
    const { out } = await ctl('parked', 'show', follower, stream, '--json');
    expect(JSON.parse(out)).toMatchObject({ attempts: (parked?.attempts ?? 0) + 1 });
    expect(await ctl('parked', 'skip', follower, stream, '--event', ID)).toMatchObject({ code: 1 });
    expect(await parkedBy(follower)).toContain(stream);
    const skip = ['parked', 'skip', follower, stream, '--event', parked?.event.id ?? ''];
    expect(await ctl(...skip)).toMatchObject({ code: 0, err: '' });
    expect(await parkedBy(follower)).not.toContain(stream);
  }

  it('is skipped on embedded stores by the service, or by the command itself where none runs', async () => {
    const events = await SqliteEventStore.open({ directory: dataDir });
    await appendUnhandled(events);
    await events.close();
    const service = await Service.start(readConfig(env, false), silent);
    try {
      await until(async () => (await allParked()) && (await parkedBy(WEBHOOKS)).includes(other));
      expect(await ctl('doctor')).toMatchObject({ code: 3, out: expect.stringContaining(WEBHOOKS) });
      for (const follower of ['shares', 'processes', WEBHOOKS]) await skipped(follower, framed);
      expect(await parkedBy('shares')).toEqual([other]);
      const failures = async () =>
        (await (await connectAdmin(dataDir))?.status())?.processes.troubled.find(({ key }) => key === ID)
          ?.failures;
      const before = (await failures()) ?? 0;
      expect(await ctl('process', 'redrive', work.process, ID)).toMatchObject({ code: 0, err: '' });
      await until(async () => ((await failures()) ?? 0) > before);
      const stuck = await ctl('flows', '--older-than', 'PT0S', '--grants', '--json');
      expect(stuck).toMatchObject({ code: 3, out: expect.stringContaining(ID) });
      expect(JSON.parse(stuck.out).flows).toContainEqual(
        expect.objectContaining({ ...work, kind: 'preparing', state: 'stuck' }),
      );
      const then = (await failures()) ?? 0;
      expect(await ctl('flows', 'resume', work.process, ID)).toMatchObject({ code: 0, err: '' });
      await until(async () => ((await failures()) ?? 0) > then);
      expect(await ctl('flows', 'resume', work.process, newId())).toMatchObject({ code: 1 });
      expect(await ctl('flows', 'list')).toMatchObject({ code: 0, err: '' });
    } finally {
      await service.stop();
    }
    for (const follower of ['shares', 'processes']) await skipped(follower, other);
    expect(await ctl('process', 'redrive', work.process, ID)).toMatchObject({ code: 0, err: '' });
    expect(await ctl('parked', 'retry', WEBHOOKS, other)).toMatchObject({
      code: 1,
      err: expect.stringContaining('start the service first'),
    });
  });

  it('is skipped on shared stores in place of the worker that has the follower', async () => {
    await onSharedStores(async ({ worker, events, views }, ownsAll) => {
      await appendUnhandled(events);
      await until(allParked);
      const stuckAt = async () => (await views.get(processWork, `${work.process}/${ID}`))?.stuck?.at;
      const before = await stuckAt();
      expect(await ctl('process', 'redrive', work.process, ID)).toMatchObject({ code: 0, err: '' });
      await until(async () => (await stuckAt()) !== before);
      await until(ownsAll);
      expect(await ctl('flows', 'resume', work.process, ID)).toMatchObject({ code: 0, err: '' });
      const [resumed] = (await events.readAll()).filter(({ type }) => type === 'FlowResumed');
      expect(resumed).toMatchObject({ data: { ...work, begun: { stream: `share-${ID}`, revision: 0 } } });
      for (const follower of ['shares', 'processes']) await skipped(follower, framed);
      await until(ownsAll);
      expect(await worker.parked('shares')).toMatchObject([{ stream: other }]);
    });
  });
});

it('on shared stores, a follower is taken over for an operation, and goes back to its worker', async () => {
  await onSharedStores(async (_, ownsAll) => {
    expect(await ctl(...openAccount('Koel Noord'))).toMatchObject({ code: 0, err: '' });
    await until(() => isBuilt('accounts'));
    const file = join(dataDir, 'account.ndjson');
    expect(await ctl('audit', 'export', '--account', ID, '--file', file)).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ data: { name: 'Koel Noord' } });
    expect((await followers()).map(({ owner }) => owner)).toEqual(leased.map(() => 'the worker'));
    expect(await ctl('projections', 'rebuild', 'accounts')).toMatchObject({ code: 0, err: '' });
    await until(async () => (await ownsAll()) && (await isBuilt('accounts')));
    const { code, out } = await ctl('doctor');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(
        / the worker runs accounts-v\d+, [\s\S]* The clock of the view store agrees /,
      ),
    });
  });
});

/** The followers of a worker that neither seals nor delivers. */
const leased = ownFollowers.filter((name) => name !== SEAL && name !== WEBHOOKS);

/** With a worker that has all followers, until `work` is done. */
async function onSharedStores(
  work: (open: OpenWorker, ownsAll: () => Promise<boolean>) => Promise<void>,
): Promise<void> {
  const [events, views] = await Promise.all([EventStoreDb.start(), MongoServer.start()]);
  env = {
    ...env,
    EVENT_STORE_URL: events.url,
    VIEW_STORE_URL: views.url.replace('/?', '/tessera?'),
    KEY_ENCRYPTION_KEY: newKeyEncryptionKey(),
  };
  const lease = { owner: 'the worker', ttlMs: 60_000, renewMs: 100, claimPauseMs: 5 };
  const open = await openWorker(readPlace(env), silent, { lease });
  try {
    await open.worker.start();
    const ownsAll = async () => (await open.worker.status()).owned.length === leased.length;
    await until(ownsAll);
    await work(open, ownsAll);
  } finally {
    await open.worker.stop();
    await open.close();
    await Promise.all([events.close(), views.close()]);
  }
}
