// Whoever pastes what the pages show gets what the pages say.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Program } from '../programs/program.ts';
import { freePort } from '../servers/free-port.ts';
import { NatsServer, whyNoNats } from '../servers/nats.ts';
import { type Block, blocksOf, scriptOf, sectionOf } from './blocks.ts';

const run = promisify(execFile);
/** Where the pages say that the service is. */
const SERVICE = 'http://127.0.0.1:3000';
/** The operator's commands; they are built already. */
const CTL = 'npm run --silent ctl --';
const BUILT_CTL = `'${process.execPath}' --disable-warning=ExperimentalWarning '${resolve('dist/apps/ctl/tessera-ctl.js')}'`;
const NATS = '{"servers": "127.0.0.1:4222"}';
const RECEIVER_PORT = '8080';

const skipped = await whyNoNats();
if (skipped) console.warn(skipped);

describe('the blocks of the pages', () => {
  let nats: NatsServer | undefined;
  let service: Program;
  /** The service has its data below it. */
  let place: string;

  beforeAll(async () => {
    nats = skipped ? undefined : await NatsServer.start();
    place = await mkdtemp(join(tmpdir(), 'tessera-pages-'));
    await start('on', /listens on (http:\S+)[\s\S]*The demo world was created/);
  });

  afterAll(async () => {
    await service?.end('SIGTERM');
    await nats?.dispose();
    await rm(place, { recursive: true, force: true });
  });

  async function start(demo: 'on' | 'off', ready: RegExp): Promise<void> {
    const env = { PORT: '0', DATA_DIR: join(place, 'data'), DEMO: demo, SEAL_INTERVAL: 'PT1S' };
    service = await Program.start(
      'apps/api/main.js',
      { ...env, LOG_LEVEL: 'error', NATS_URL: nats?.url },
      ready,
    );
  }

  /** Runs the blocks, and gives what they say. */
  async function paste(page: string | readonly Block[], cwd?: string): Promise<string> {
    const script = scriptOf(typeof page === 'string' ? blocksOf(page) : page)
      .replaceAll(SERVICE, service.readyOutput)
      .replaceAll(NATS, JSON.stringify(nats?.login))
      .replaceAll(RECEIVER_PORT, String(await freePort()))
      .replaceAll(CTL, BUILT_CTL);
    const { stdout } = await run('bash', ['-c', script], { maxBuffer: 16 * 1024 * 1024, cwd });
    return stdout;
  }

  const services = readFileSync('docs/services.md', 'utf8');
  const overNats = sectionOf(services, 'Commands over NATS');

  it('for services lead to a service that reacts once to an approved share', async () => {
    const output = await paste(nats ? services : services.replace(overNats, ''));
    expect(output).toMatch(
      /approved.* The customer was added\.[\s\S]*approved.* The customer was there already\./,
    );
    expect(output).toContain('"type":"ShareRejected"');
    expect(output).toContain('"type":"share.requested"');
    expect(output).toContain('tessera.webhook.test.v1 webhook/');
    expect(output).not.toContain('/problems/');
    if (nats) expect(output).toMatch(/200 \{\s+id: /);
  });

  it('for auditors show who had access, and who authorised it', async () => {
    const output = await paste(sectionOf(readFileSync('docs/auditors.md', 'utf8'), 'Who had access'));
    expect(output).toMatch(/installation-manager {2}20\S+ – $/m);
    expect(output).toMatch(/ → Koudewacht.*, by \S+ of /);
    expect(output).toMatch(/^Koudewacht.*: \d+$/m);
  });

  it('of the README take a share through its lifecycle', async () => {
    const output = await paste(sectionOf(readFileSync('README.md', 'utf8'), 'Five minutes with curl'));
    expect(output).toContain('Noordlicht');
    expect(output).toContain("'processed'");
    expect(output).toContain('revocation-window-closed');
    expect(output).toMatch(/^20\S+ {2}.*revoked/m);
  });

  it('for auditors produce files, a story and differences of the history', async () => {
    const output = await paste(sectionOf(readFileSync('docs/auditors.md', 'utf8'), 'Reading the history'));
    expect(output).toMatch(/time,subject_kind,subject_id,.*\r\n.*,share,.*,ShareRequested,/);
    expect(output).toMatch(/ confirmed a step[\s\S]*\n {2,}The share was processed/);
    expect(output).toMatch(/"pointer": "\/status",\s+"before": "approved",\s+"after": "/);
  });

  it('for operators make a backup, and restore it', async () => {
    const operating = readFileSync('docs/operating.md', 'utf8');
    const [last, ...others] = blocksOf(sectionOf(operating, 'Disaster recovery')).toReversed();
    const saved = await paste(sectionOf(operating, 'Backup'), place);
    expect(saved).toContain('The backup in backup/2026-11-29 is whole:');
    await service.end('SIGKILL');
    expect(await paste(others.toReversed(), place)).toMatch(
      /is whole: [\s\S]*The log is restored into .\/data: /,
    );
    await start('off', /listens on (http:\S+)/);
    const figures = async () => (await fetch(`${service.readyOutput}/metrics`)).text();
    while (/^tessera_follower_lag\{.*\} [1-9]/m.test(await figures())) await pause(20);
    const output = await paste([last as Block], place);
    expect(output).toMatch(/^Nothing is wrong\.\nThe log is as it was sealed: /m);
  });
});
