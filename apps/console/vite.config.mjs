import { fileURLToPath } from 'node:url';
import { lingui } from '@lingui/vite-plugin';
import { defineConfig } from 'vite';
import { macros } from './macros.mjs';

const root = import.meta.dirname;

/** `npm run console` serves the sources, with a service beside it at the address it is given, or at port 3000. */
const service = process.env.TESSERA_URL ?? 'http://127.0.0.1:3000';

/** Files smaller than that are put together. Bytes of sources. */
const SMALL_PART = 100_000;

export default defineConfig({
  root,
  plugins: [macros(root), lingui({ cwd: root, failOnMissing: true, failOnCompileError: true })],
  resolve: { alias: { '#client': fileURLToPath(new URL('../../libs/client/index.ts', import.meta.url)) } },
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    // Those that know `light-dark()`.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The policy of the pages allows no data in place of files but for images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Libraries say in each file that they are for browsers; everything here is.
      onLog: (level, log, tell) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(level, log),
      output: {
        strictExecutionOrder: true,
        codeSplitting: {
          groups: [
            {
              debugName: 'first',
              name: partOf(),
              entriesAware: true,
              entriesAwareMergeThreshold: SMALL_PART,
            },
          ],
        },
        chunkFileNames: ({ name }) => `assets/${shortened(name)}-[hash].js`,
        assetFileNames: ({ names }) => `assets/${shortened(names[0])}-[hash][extname]`,
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '^/(v1|dev|auth|health|docs|openapi|asyncapi)': { target: service } },
  },
  logLevel: 'warn',
});

/**
 * What the first screens are made of, in few files rather than in one for each module that others use as well:
 * libraries, which change seldom, and ours. Each file is a request, and work for the browser before anything is seen.
 */
function partOf() {
  let reached;
  return (id, graph) => {
    reached ??= reachedFrom(`${root}/main.tsx`, graph);
    if (!reached.has(id)) return null;
    return id.includes('/node_modules/') ? 'libraries' : 'first';
  };
}

/** Parts are named after everything that needs them. */
function shortened(name = 'file') {
  return name.replace(/[~.].*/, '');
}

/** What is imported by that, or by what it imports, but for what is loaded later. */
function reachedFrom(entry, graph) {
  const reached = new Set([entry]);
  for (const id of reached) {
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
  }
  return reached;
}
