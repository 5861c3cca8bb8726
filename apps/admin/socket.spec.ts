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
let carriedOut: unknown[];
let warnings: unknown[];

const log = {
  info: () => undefined,
  warn: (details: object) => warnings.push(details),
  error: () => undefined,
};

const operations = {
  status: async () => ({ ready: true }),
  rebuild: async (projection: string) => {
    carriedOut.push(projection);
  },
  retryParked: async (parked: object) => {
    carriedOut.push(parked);
    return true;
  },
  send: async () => {
    throw conflict('already-exists', 'There is one.');
  },
} as unknown as AdminOperations;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tessera-admin-'));
  carriedOut = [];
  warnings = [];
});
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(dataDir, { recursive: true });
});

const taken = async () => {
  server = await serveAdmin(operations, dataDir, log);
  return server;
};

describe('operations on the process that has the embedded stores open', () => {
  it('are carried out there', async () => {
    await taken();
    const over = await connectAdmin(dataDir);
    expect(await over?.status()).toEqual({ ready: true });
    expect(await over?.rebuild('shares')).toBeUndefined();
    expect(await over?.retryParked({ follower: 'shares', stream: 'share-1' })).toBe(true);
    expect(carriedOut).toEqual(['shares', { follower: 'shares', stream: 'share-1' }]);
  });

  it('are refused there as they are refused elsewhere', async () => {
    await taken();
    const refused = (await connectAdmin(dataDir))?.send({} as never);
    await expect(refused).rejects.toThrow(Refusal);
    await expect(refused).rejects.toMatchObject({ code: 'already-exists', message: 'There is one.' });
  });

  it('are taken from its own user only', async () => {
    await taken();
    expect((await stat(adminSocket(dataDir))).mode & 0o777).toBe(0o600);
  });

  it('are given to nobody where there is no such process', async () => {
    expect(await connectAdmin(dataDir)).toBeUndefined();
  });

  it('are taken also where one was killed before', async () => {
    await writeFile(adminSocket(dataDir), '');
    await taken();
    expect(await (await connectAdmin(dataDir))?.status()).toEqual({ ready: true });
  });

  it('are not taken where no socket can be made, and the service runs without', async () => {
    expect(await serveAdmin(operations, join(dataDir, 'none'), log)).toBeUndefined();
    expect(await serveAdmin(operations, join(dataDir, 'x'.repeat(200)), log)).toBeUndefined();
    expect(warnings).toHaveLength(2);
  });
});
