// Whoever pastes what the pages show gets what the pages say.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Program } from '../programs/program.ts';
import { NatsServer, whyNoNats } from '../servers/nats.ts';
import { blocksOf, scriptOf, sectionOf } from './blocks.ts';

const run = promisify(execFile);
/** Where the pages say that the service is. */
const SERVICE = 'http://127.0.0.1:3000';
const NATS = '{"servers": "127.0.0.1:4222"}';
const RECEIVER_PORT = '8080';

const skipped = await whyNoNats();
if (skipped) console.warn(skipped);

describe('the blocks of the pages', () => {
  let nats: NatsServer | undefined;
  let service: Program;
  let dataDir: string;

  beforeAll(async () => {
    nats = skipped ? undefined : await NatsServer.start();
    dataDir = await mkdtemp(join(tmpdir(), 'tessera-pages-'));
    service = await Program.start(
      'apps/api/main.js',
      { PORT: '0', DATA_DIR: dataDir, DEMO: 'on', LOG_LEVEL: 'error', NATS_URL: nats?.url },
      /listens on (http:\S+)[\s\S]*The demo world was created/,
    );
  });

  afterAll(async () => {
    await service?.end('SIGTERM');
    await nats?.dispose();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Runs the blocks, and gives what they say. */
  async function paste(page: string): Promise<string> {
    const script = scriptOf(blocksOf(page))
      .replaceAll(SERVICE, service.readyOutput)
      .replaceAll(NATS, JSON.stringify(nats?.login))
      .replaceAll(RECEIVER_PORT, await freePort());
    const { stdout } = await run('bash', ['-c', script], { maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  }

  async function freePort(): Promise<string> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await once(server.close(), 'close');
    return String(port);
  }

  const services = readFileSync('docs/services.md', 'utf8');
  const overNats = sectionOf(services, 'Commands over NATS');

  it('for services lead to a service that reacts once to an approved share', async () => {
    const said = await paste(nats ? services : services.replace(overNats, ''));
    expect(said).toMatch(
      /approved.* The customer was added\.[\s\S]*approved.* The customer was there already\./,
    );
    expect(said).toContain('"type":"ShareRejected"');
    expect(said).toContain('"type":"share.requested"');
    expect(said).toContain('tessera.webhook.test.v1 webhook/');
    expect(said).not.toContain('/problems/');
    if (nats) expect(said).toMatch(/200 \{\s+id: /);
  });

  it('for auditors tell who had access, and who authorised it', async () => {
    const said = await paste(sectionOf(readFileSync('docs/auditors.md', 'utf8'), 'Who had access'));
    expect(said).toMatch(/installation-manager {2}20\S+ – $/m);
    expect(said).toMatch(/ → Koudewacht.*, by \S+ of /);
    expect(said).toMatch(/^Koudewacht.*: \d+$/m);
  });

  it('of the README take a share through its life', async () => {
    const said = await paste(sectionOf(readFileSync('README.md', 'utf8'), 'Five minutes with curl'));
    expect(said).toContain('Noordlicht');
    expect(said).toContain("'processed'");
    expect(said).toContain('revocation-window-closed');
    expect(said).toMatch(/^20\S+ {2}.*revoked/m);
  });
});
