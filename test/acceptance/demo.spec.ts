// The narrated demo as it is delivered: it tells the truth, or says what differed.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { RunningService } from './service.ts';

const DEMO = fileURLToPath(new URL('../../dist/apps/ctl/demo.js', import.meta.url));
const PATIENCE_MS = 60_000;

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function demo(...options: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--enable-source-maps', DEMO, ...options],
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

describe('the demo', () => {
  it(
    'tells its story twice in a row to the same service',
    async () => {
      const service = await RunningService.start();
      try {
        for (let run = 1; run <= 2; run++) {
          const { code, out, err } = await demo('--url', service.url);
          expect({ code, err }).toEqual({ code: 0, err: '' });
          expect(out).toMatch(/Everything went as told: \d+ checks\.\n$/);
        }
      } finally {
        await service.dispose();
      }
    },
    PATIENCE_MS,
  );

  it(
    'brings a service of its own where none answers, and leaves nothing of it',
    async () => {
      const { code, out, err } = await demo('--url', 'http://127.0.0.1:9');
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('Nothing answers at http://127.0.0.1:9.');
      const [, directory = ''] = /data in (\S+),/.exec(out) ?? [];
      expect(directory).not.toBe('');
      expect(await readdir(tmpdir())).not.toContain(directory.split('/').at(-1));
      const [, url = ''] = /own at (http:\S+),/.exec(out) ?? [];
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    },
    PATIENCE_MS,
  );

  it('fails, and says why, where a service is not for trying things out', async () => {
    const problem = { status: 404, code: 'not-found', detail: 'There is nothing here.' };
    const server = createServer((_, reply) => {
      reply.writeHead(404, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { code, err } = await demo('--url', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.close();
    expect(code).toBe(1);
    expect(err).toContain('404 not-found: There is nothing here.');
  });
});
