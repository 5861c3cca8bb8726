import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { World } from '../acceptance/world.ts';
import { startChromium } from '../browser/chromium.ts';

const run = promisify(execFile);
const tool = (name: string, ...args: string[]) => run(join('node_modules', '.bin', name), args);

/** What a service does with the client: a command, sent twice, and what it changed, read and followed. */
const USE = `
  const tessera = new Tessera({ url, token });
  const id = crypto.randomUUID();
  const data = { customerId: id, name: 'A customer', address: { street: 'Main Street 1', city: 'Ghent' } };
  const first = await tessera.send('AddCustomer', data, { id });
  const again = await tessera.send('AddCustomer', data, { id });
  const names = [];
  for await (const { name } of tessera.items('/v1/customers')) names.push(name);
  const changes = [];
  for await (const { change } of tessera.changes({ types: ['customer.added'] })) {
    changes.push(change.subject.id === id);
    break;
  }
  const refusal = await tessera.get('/v1/customers/{id}', { params: { path: { id: crypto.randomUUID() } } })
    .catch((error) => error);
  const result = {
    replayed: [first.replayed, again.replayed],
    names,
    changes,
    refusal: refusal instanceof ProblemError && refusal.code,
  };`;
const EXPECTED = { replayed: [false, true], names: ['A customer'], changes: [true], refusal: 'not-found' };

/** What the examples take as given. */
const GIVEN = `
  declare const connectionId: string;
  declare const lastCursor: string | undefined;
  declare function currentToken(): Promise<string>;
  declare function react(change: import('@tessera/client').Change): Promise<void>;
  declare function store(cursor: string): Promise<void>;
`;

/** The TypeScript in a Markdown file. */
async function examplesOf(file: string): Promise<string[]> {
  const blocks = (await readFile(file, 'utf8')).matchAll(/^```ts\n(.*?)^```$/gms);
  return Array.from(blocks, ([, example = '']) => example);
}

describe('the package of the client', () => {
  let world: World;
  let folder: string;
  let built: string;
  /** A service's folder, with the package installed from its archive. */
  let service: string;

  beforeAll(async () => {
    world = await World.begin();
    folder = await mkdtemp(join(tmpdir(), 'tessera-client-'));
    built = join(folder, 'built');
    service = join(folder, 'service');
    await tool('tsdown', '--config', 'libs/client/tsdown.config.mjs', '--out-dir', built);
    const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder, built]);
    const archive = join(folder, stdout.trim());
    const quietly = ['--silent', '--no-audit', '--no-fund', '--prefer-offline'];
    await run('npm', ['install', ...quietly, '--prefix', service, archive]);
  });

  afterAll(async () => {
    await world?.end();
    await rm(folder, { recursive: true, force: true });
  });

  const newAccount = async () => {
    const { administrator } = await world.company('service', 'A client');
    return { url: world.url, token: administrator.token ?? '' };
  };

  it('passes publint', async () => {
    const { stdout } = await tool('publint', '--strict', built);
    expect(stdout).toContain('All good!');
  });

  it('depends on the versions that the project itself is tested with', async () => {
    const versions = async (file: string): Promise<Record<string, string>> =>
      JSON.parse(await readFile(file, 'utf8')).dependencies;
    expect(await versions('package.json')).toMatchObject(await versions('libs/client/package.json'));
  });

  it('compiles as its README and that of the project use it', async () => {
    const examples = await Promise.all(['README.md', 'libs/client/README.md'].map(examplesOf));
    expect(examples.flat().length).toBeGreaterThan(0);
    const files = await Promise.all(
      examples.flat().map(async (example, index) => {
        const file = join(service, `example-${index}.mts`);
        await writeFile(file, GIVEN + example);
        return file;
      }),
    );
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--ignoreConfig'];
    const { stdout } = await tool('tsc', ...options, ...files).catch((error) => error);
    expect(stdout).toBe('');
  });

  it('is used by a service', async () => {
    const main = join(service, 'main.mjs');
    const script = `import { ProblemError, Tessera } from '@tessera/client';
      const [url, token] = process.argv.slice(2);${USE}
      console.log(JSON.stringify(result));`;
    await writeFile(main, script);
    const { url, token } = await newAccount();
    const { stdout: output } = await run('node', [main, url, token]);
    expect(JSON.parse(output)).toEqual(EXPECTED);
  });

  describe('in a browser', () => {
    let browser: Browser;

    beforeAll(async () => {
      browser = await startChromium();
    });

    afterAll(() => browser?.close());

    it('is used by a page of the service', async () => {
      const bundle = join(folder, 'client.js');
      const entry = join(service, 'node_modules/@tessera/client/index.js');
      await tool('rolldown', entry, '--file', bundle, '--format', 'esm', '--platform', 'browser');
      const { url, token } = await newAccount();
      const page = await browser.newPage();
      const script = await readFile(bundle, 'utf8');
      await page.route(`${url}/client.js`, (route) =>
        route.fulfill({ contentType: 'text/javascript', body: script }),
      );
      await page.route(`${url}/page`, (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
      );
      await page.goto(`${url}/page`);
      const result = await page.evaluate(`(async () => {
        const { ProblemError, Tessera } = await import('/client.js');
        const [url, token] = ${JSON.stringify([url, token])};${USE}
        return result;
      })()`);
      expect(result).toEqual(EXPECTED);
    });
  });
});
