import { fileURLToPath } from 'node:url';
import { lingui } from '@lingui/vite-plugin';
import { defineConfig } from 'vite';
import { macros } from './macros.mjs';

const root = import.meta.dirname;

/** `npm run console` serves the sources, with a service beside it at the address it is given, or at port 3000. */
const service = process.env.TESSERA_URL ?? 'http://127.0.0.1:3000';

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
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '^/(v1|dev|auth|health|docs|openapi|asyncapi)': { target: service } },
  },
  logLevel: 'warn',
});
