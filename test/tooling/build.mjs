// The programs that tests start are compiled code: what changed since it was compiled is compiled again first.
import { spawnSync } from 'node:child_process';
import { globSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = '{apps,libs,projections,test}/**/*.ts';
const BUILT = 'dist/.tsbuildinfo';
const TSC = 'node_modules/typescript/bin/tsc';

/**
 * Compiles what changed, without looking at its types, which `npm run check` does; and removes what has no source any
 * more.
 * @param {string} root of the project
 * @throws Error something cannot be compiled
 */
export function build(root) {
  const written = (file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs;
  const builtAt = written(BUILT) ?? 0;
  const sources = globSync(SOURCES, { cwd: root, exclude: ['test/architecture/fixtures'] });
  if (['tsconfig.json', ...sources].some((file) => written(file) >= builtAt)) {
    const startedAt = new Date();
    const { status } = spawnSync(process.execPath, [TSC, '--noCheck'], { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new Error('The programs that tests start could not be built.');
    utimesSync(join(root, BUILT), startedAt, startedAt);
  }
  const known = new Set(sources.map((source) => source.replace(/\.ts$/, '')));
  for (const file of globSync('**/*.js', { cwd: join(root, 'dist') })) {
    if (!known.has(file.replace(/\.js$/, ''))) rmSync(join(root, 'dist', file));
  }
}
