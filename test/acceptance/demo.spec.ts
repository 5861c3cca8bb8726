// The narrated demo as it is delivered: it verifies what it shows, and reports differences.
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { type FinishedProgram, run } from '../programs/program.ts';
import { RunningService } from './service.ts';

const demo = (...options: readonly string[]): Promise<FinishedProgram> => run('apps/ctl/demo.js', options);

describe('the demo', () => {
  it('runs twice in a row on the same service', async () => {
    const service = await RunningService.start();
    try {
      for (let time = 1; time <= 2; time++) {
        const { code, out, err } = await demo('--url', service.url);
        expect({ code, err }).toEqual({ code: 0, err: '' });
        expect(out).toMatch(/All checks passed: \d+ checks\.\n$/);
      }
    } finally {
      await service.dispose();
    }
  });

  it('starts its own service where none answers, and removes it afterwards', async () => {
    const { code, out, err } = await demo('--url', 'http://127.0.0.1:9');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Nothing answers at http://127.0.0.1:9.');
    const [, directory = ''] = /data in (\S+),/.exec(out) ?? [];
    expect(directory).not.toBe('');
    expect(await readdir(tmpdir())).not.toContain(directory.split('/').at(-1));
    const [, url = ''] = /own at (http:\S+),/.exec(out) ?? [];
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('fails, with the reason, where a service is not in development mode', async () => {
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
