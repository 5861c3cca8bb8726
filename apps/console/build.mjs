// Builds the console into dist/console, unless it was built from just these sources before.
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = ['package-lock.json', 'apps/console/**/*.*', 'libs/client/*.ts'];
/** Says what the console there was built from. */
const STAMP = `${root}dist/console/.built-from`;
const COMPRESSED = 'dist/console/assets/*.{js,css,svg}';

const sources = digestOf(globSync(SOURCES, { cwd: root }).sort());
if (builtFrom() !== sources) await build();

async function build() {
  const beganAt = performance.now();
  process.env.NODE_ENV = 'production';
  // Found only now: what need not be built starts without it.
  const vite = await import('vite');
  await vite.build({ configFile: `${root}apps/console/vite.config.mjs` });
  await Promise.all(globSync(COMPRESSED, { cwd: root }).map((file) => compress(`${root}${file}`)));
  writeFileSync(STAMP, sources);
  console.log(`The console was built in ${((performance.now() - beganAt) / 1000).toFixed(1)} s.`);
}

function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(`${root}${file}`));
  return hash.digest('hex');
}

function builtFrom() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}

/** Compressed once, rather than for each who asks. */
async function compress(file) {
  const content = readFileSync(file);
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  writeFileSync(`${file}.br`, await promisify(brotliCompress)(content, best));
  writeFileSync(`${file}.gz`, await promisify(gzip)(content));
}
