// Tests start compiled programs: recompiles when sources have changed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = '{apps,libs,projections,test}/**/*.ts';
/** Its time is that of the last complete compilation. */
const STAMP = 'dist/.built-for-tests';
/** These are no files of ours, each compiled by itself. */
const BUNDLED = /^(?:client|console)\//;
const TSC = 'node_modules/typescript/bin/tsc';
const CONSOLE = 'apps/console/build.mjs';

/**
 * Compiles without type checks, which `npm run check` does, and removes compiled files without a source; builds the
 * console.
 * @param {string} root of the project
 * @throws Error compilation failed
 */
export async function build(root) {
  await Promise.all([compile(root), buildConsole(root)]);
}

async function buildConsole(root) {
  // Without the settings of tests.
  const env = { ...process.env, NODE_ENV: 'production' };
  if ((await run([CONSOLE], { cwd: root, env })) !== 0) throw new Error('The console could not be built.');
}

async function run(args, options) {
  const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit', ...options }), 'exit');
  return code;
}

async function compile(root) {
  const writtenAt = (file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync(SOURCES, { cwd: root, exclude: ['apps/console', 'test/architecture/fixtures'] });
  const builtAt = writtenAt(STAMP);
  if (['tsconfig.json', ...sources].some((file) => writtenAt(file) >= builtAt)) {
    const beganAt = new Date();
    if ((await run([TSC, '--noCheck'], { cwd: root })) !== 0) {
      throw new Error('The programs that tests start could not be built.');
    }
    writeFileSync(join(root, STAMP), '');
    utimesSync(join(root, STAMP), beganAt, beganAt);
  }
  const known = new Set(sources.map((source) => source.replace(/\.ts$/, '')));
  for (const file of globSync('**/*.js', { cwd: join(root, 'dist') })) {
    if (!BUNDLED.test(file) && !known.has(file.replace(/\.js$/, ''))) rmSync(join(root, 'dist', file));
  }
}
