import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { conflict, Refusal } from '#domain/kernel';
import type { AdminOperations } from './operations.ts';
import { adminSocket, connectAdmin, serveAdmin } from './socket.ts';

let dataDir: string;
let server: Server | undefined;
let executed: unknown[];
let warnings: unknown[];

const log = {
  info: () => undefined,
  warn: (details: object) => warnings.push(details),
  error: () => undefined,
};

const operations = {
  status: async () => ({ ready: true }),
  rebuild: async (projection: string) => {
    executed.push(projection);
  },
  retryParked: async (parked: object) => {
    executed.push(parked);
    return true;
  },
  send: async () => {
    throw conflict('already-exists', 'There is one.');
  },
} as unknown as AdminOperations;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tessera-admin-'));
  executed = [];
  warnings = [];
});
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(dataDir, { recursive: true });
});

const serve = async () => {
  server = await serveAdmin(operations, dataDir, log);
  return server;
};

describe('operations on the process that has the embedded stores open', () => {
  it('are executed there', async () => {
    await serve();
    const over = await connectAdmin(dataDir);
    expect(await over?.status()).toEqual({ ready: true });
    expect(await over?.rebuild('shares')).toBeUndefined();
    expect(await over?.retryParked({ follower: 'shares', stream: 'share-1' })).toBe(true);
    expect(executed).toEqual(['shares', { follower: 'shares', stream: 'share-1' }]);
  });

  it('return refusals as elsewhere', async () => {
    await serve();
    const refused = (await connectAdmin(dataDir))?.send({} as never);
    await expect(refused).rejects.toThrow(Refusal);
    await expect(refused).rejects.toMatchObject({ code: 'already-exists', message: 'There is one.' });
  });

  it('are accepted from its own user only', async () => {
    await serve();
    expect((await stat(adminSocket(dataDir))).mode & 0o777).toBe(0o600);
  });

  it('are unavailable where there is no such process', async () => {
    expect(await connectAdmin(dataDir)).toBeUndefined();
  });

  it('are available where a killed process left its socket', async () => {
    await writeFile(adminSocket(dataDir), '');
    await serve();
    expect(await (await connectAdmin(dataDir))?.status()).toEqual({ ready: true });
  });

  it('are unavailable where no socket can be created, and the service runs without', async () => {
    expect(await serveAdmin(operations, join(dataDir, 'none'), log)).toBeUndefined();
    expect(await serveAdmin(operations, join(dataDir, 'x'.repeat(200)), log)).toBeUndefined();
    expect(warnings).toHaveLength(2);
  });
});
