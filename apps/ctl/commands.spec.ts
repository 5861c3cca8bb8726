// Operators' commands against what they are for: a service that runs, one that was stopped, and shared stores.
import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { SqliteEventStore } from '#event-store/sqlite';
import { SEAL } from '#seal';
import { WEBHOOKS } from '#webhooks';
import { EventStoreDb } from '../../test/servers/eventstoredb/index.ts';
import { MongoServer } from '../../test/servers/mongodb/index.ts';
import { readConfig } from '../api/config.ts';
import { Service } from '../api/service.ts';
import { readPlace } from '../worker/config.ts';
import { ownFollowers } from '../worker/index.ts';
import { openWorker } from '../worker/open.ts';
import { until } from '../worker/testing/host.ts';
import { CommandLine } from './command-line.ts';
import { allCommands } from './commands.ts';
import type { FollowerReport } from './deployment/followers.ts';

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
  const code = await line.run(args, 'For specs.', allCommands(line));
  return { code, out, err };
}

async function followers(): Promise<readonly FollowerReport[]> {
  const { out } = await ctl('projections', 'list', '--json');
  return JSON.parse(out);
}

const isBuilt = async (name: string) =>
  (await followers()).some(({ follower, lag, position }) => follower === name && lag === 0 && position >= 0);

describe('every command', () => {
  const line = new CommandLine({ env: {}, out: process.stdout, err: process.stderr });
  const leaves = (command: CommandUnknownOpts, path: string): [string, CommandUnknownOpts][] =>
    command.commands.length === 0
      ? [[path, command]]
      : command.commands.flatMap((each) => leaves(each, `${path} ${each.name()}`));
  const all = allCommands(line).flatMap((each) => leaves(each, each.name()));

  it.each(all)('%s has --json, and examples that call it', async (path, command) => {
    expect(command.options.map(({ long }) => long)).toContain('--json');
    const { out } = await ctl(...path.split(' '), '--help');
    expect(out).toContain(`    tessera-ctl ${path}`);
  });
});

describe('on embedded stores', () => {
  it('orders go to the service while it runs, and are carried out here while it does not', async () => {
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
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('No process takes orders') });
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

  it('a process that takes no orders is told of', async () => {
    const other = await SqliteEventStore.open({ directory: dataDir });
    const { code, err } = await ctl(...openAccount('Koel Noord'));
    await other.close();
    expect(code).toBe(1);
    expect(err).toContain('is open in another process. No process takes orders at');
  });

  it('where there is no log, that is said', async () => {
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

it('on shared stores, a follower is taken over for an order, and goes back to its worker', async () => {
  const [events, views] = await Promise.all([EventStoreDb.start(), MongoServer.start()]);
  env = { ...env, EVENT_STORE_URL: events.url, VIEW_STORE_URL: views.url.replace('/?', '/tessera?') };
  const lease = { owner: 'the worker', ttlMs: 60_000, renewMs: 100, claimPauseMs: 5 };
  const { worker, close } = await openWorker(readPlace(env), silent, { lease });
  try {
    await worker.start();
    const names = ownFollowers.filter((name) => name !== SEAL && name !== WEBHOOKS);
    const ownsAll = async () => (await worker.status()).owned.length === names.length;
    await until(ownsAll);
    expect(await ctl(...openAccount('Koel Noord'))).toMatchObject({ code: 0, err: '' });
    await until(() => isBuilt('accounts'));
    expect((await followers()).map(({ owner }) => owner)).toEqual(names.map(() => 'the worker'));
    expect(await ctl('projections', 'rebuild', 'accounts')).toMatchObject({ code: 0, err: '' });
    await until(async () => (await ownsAll()) && (await isBuilt('accounts')));
    const { code, out } = await ctl('doctor');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('is run by one of 1 workers.') });
  } finally {
    await worker.stop();
    await close();
    await Promise.all([events.close(), views.close()]);
  }
});
