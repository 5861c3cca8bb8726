import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

/** Notes how it is called, in the place of npm. */
const NPM = `
  require('node:fs').writeFileSync('called', process.argv.slice(2).join(' '));
  console.log('added 1 package');
`;

describe('the setup', () => {
  let root: string;

  const write = (path: string, content: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const lockOf = (version: string) =>
    JSON.stringify({
      packages: { '': {}, 'node_modules/one': { version, integrity: `hash of ${version}` } },
    });

  /** What it calls npm for; `undefined` where it does not. */
  function setUp(): string | undefined {
    const env = { ...process.env, npm_execpath: join(root, 'npm.js'), npm_node_execpath: process.execPath };
    const stdout = execFileSync(process.execPath, [join(root, 'apps/ctl/setup.mjs')], { env, stdio: 'pipe' });
    // It belongs to the command that is run afterwards, whose output may be read by a program.
    expect(stdout.toString()).toBe('');
    const called = join(root, 'called');
    return existsSync(called) ? readFileSync(called, 'utf8').split(' ')[0] : undefined;
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tessera-setup-'));
    mkdirSync(join(root, 'apps/ctl'), { recursive: true });
    cpSync('apps/ctl/setup.mjs', join(root, 'apps/ctl/setup.mjs'));
    write('npm.js', NPM);
    write('package-lock.json', lockOf('1.0.0'));
    write('node_modules/.package-lock.json', lockOf('1.0.0'));
    write('node_modules/one/package.json', '{}');
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('installs nothing where everything is there', () => {
    expect(setUp()).toBeUndefined();
  });

  it.each<[what: string, change: () => void]>([
    ['nothing was installed', () => rmSync(join(root, 'node_modules'), { recursive: true })],
    ['another version is locked', () => write('package-lock.json', lockOf('1.0.1'))],
    [
      'a package that npm has recorded is gone',
      () => rmSync(join(root, 'node_modules/one'), { recursive: true }),
    ],
  ])('installs what is locked where %s', (_, change) => {
    change();
    expect(setUp()).toBe('ci');
  });
});
