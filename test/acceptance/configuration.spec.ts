// Settings of a deployment, and what they cannot change afterwards.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../servers/free-port.ts';
import { RunningService } from './service.ts';
import { type Company, OwnWorld, refusalOf, until, type View } from './world.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('a revocation window that runs from the approval (R-V2)', () => {
  let world: OwnWorld;
  let giver: Company;
  let taker: Company;
  let connection: string;

  beforeAll(async () => {
    world = await OwnWorld.begin({ REVOCATION_FROM: 'granted', REVOCATION_WINDOW: 'PT24H' });
    giver = await world.company('service', 'Frigo North');
    taker = await world.company('service', 'Cold Hands');
    connection = await world.connect(giver, taker);
  });

  afterAll(() => world.end());

  it('is recorded on the share, and ends by the time of the approval, at the earliest once something is placed', async () => {
    const { installations } = await giver.addSite(2);
    const share = await world.give(giver, taker, connection, {
      level: 'installation',
      selection: installations,
      accessType: 'installation-manager',
    });
    const { terms } = await taker.share(share);
    expect(terms.revocation).toEqual({ kind: 'window', milliseconds: DAY_MS, from: 'granted' });

    await world.advance('PT25H');
    expect(await giver.share(share)).toMatchObject({
      revocableUntil: 'any-time',
      allowedActions: ['revoke'],
    });
    await taker.take(share, await taker.addLocation(await taker.addCustomer()));
    const refused = await refusalOf(giver.administrator.post(`/v1/shares/${share}/revoke`));
    expect(refused).toMatchObject({ status: 409, code: 'revocation-window-closed' });
  });

  it('applies to shares approved under it, also after the setting was changed (R-S6)', async () => {
    const { installations } = await giver.addSite(1);
    const share = await world.give(giver, taker, connection, {
      level: 'installation',
      selection: installations,
      accessType: 'installation-manager',
    });
    const { terms } = await taker.share(share);
    await world.restart({ REVOCATION_FROM: 'placed', REVOCATION_WINDOW: 'PT72H' });
    expect((await taker.share(share)).terms).toEqual(terms);

    await taker.take(share, await taker.addLocation(await taker.addCustomer()));
    const { revocableUntil } = await giver.share(share);
    expect(Date.parse(revocableUntil) - Date.parse(terms.approvedAt)).toBe(DAY_MS);
  });
});

describe('WORKER_PORT', () => {
  it('gives the worker within a service the same status and operations as a separate worker', async () => {
    const port = await freePort();
    const service = await RunningService.start({ WORKER_PORT: String(port) });
    const worker = `http://127.0.0.1:${port}`;

    const status = await until(
      async () => (await (await fetch(`${worker}/status`)).json()) as View,
      ({ ready }) => ready,
    );
    expect(status).toMatchObject({ processes: { open: { stuck: 0 }, troubled: [] } });
    const operation = { method: 'POST', body: JSON.stringify({ process: 'prepare-package', key: 'none' }) };
    expect((await fetch(`${worker}/redrive`, operation)).status).toBe(404);
    expect(await (await fetch(`${worker}/parked`)).json()).toEqual({ items: [] });
    const again = { method: 'POST', body: JSON.stringify({ follower: 'shares', stream: 'share-none' }) };
    expect(await (await fetch(`${worker}/retry`, again)).json()).toEqual({ parked: false });

    expect(await service.stop()).toBe(0);
    await expect(fetch(`${worker}/health/live`)).rejects.toThrow();
    await service.dispose();
  });
});

describe('invalid settings', () => {
  it('prevent the start, with their names', async () => {
    const settings = {
      REVOCATION_WINDOW: '72',
      REVOCATION_FROM: 'requested',
      PORT: 'http',
      DEMO: 'yes',
      HOST: '0.0.0.0',
    };
    const refusal = await RunningService.start(settings).catch(({ message }) => message);
    for (const [name, value] of Object.entries(settings)) {
      expect(refusal).toMatch(new RegExp(`${name} must be .*, not "${value}"`));
    }
  });
});

describe('a data directory that is a file', () => {
  it('prevents the start, with one line that names it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tessera-'));
    const file = join(folder, 'file');
    await writeFile(file, '');
    for (const dataDir of [file, join(file, 'below')]) {
      const said = await RunningService.start({}, dataDir).catch(({ message }) => message);
      expect(said.trim().split('\n').slice(1)).toEqual([
        expect.stringMatching(/^The event store cannot be in .*a file, not a folder\.$/),
      ]);
    }
    await rm(folder, { recursive: true });
  });
});

describe('a running service', () => {
  let first: RunningService;

  beforeAll(async () => {
    first = await RunningService.start();
  });

  afterAll(() => first.dispose());

  it('locks its data directory: a second process is refused, and the first continues', async () => {
    await expect(RunningService.start({}, first.dataDir)).rejects.toThrow(/open in another process/);
    expect((await fetch(`${first.url}/dev/clock`)).status).toBe(200);
  });

  it('occupies its port: a second service reports that', async () => {
    const { port } = new URL(first.url);
    await expect(RunningService.start({ PORT: port })).rejects.toThrow(port);
  });
});
