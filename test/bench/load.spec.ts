import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { renameAll } from './load.ts';

describe('a load that was refused', () => {
  let asked = 0;
  const server = createServer((_, reply) => {
    asked += 1;
    if (asked === 1) reply.writeHead(502).end('Bad gateway');
    else if (asked === 2) reply.writeHead(200).end('{}');
    else reply.writeHead(503).end(JSON.stringify({ status: 503, code: 'event-store-unavailable' }));
  });
  afterEach(() => {
    server.close();
  });

  it('reports the statuses and codes of the answers', async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const targets = Array.from({ length: 5 }, (_, n) => ({ id: `${n}`, account: 'a' }));
    await expect(renameAll({ url }, targets, 1)).rejects.toThrow(
      '4 of 5 requests failed: 1 × 502 "Bad gateway", 3 × 503 event-store-unavailable.',
    );
  });
});
