/** What is published: `npm run client`, then `npm publish dist/client`. */
export default {
  cwd: import.meta.dirname,
  entry: 'index.ts',
  format: 'esm',
  platform: 'neutral',
  dts: true,
  outDir: '../../dist/client',
  copy: ['package.json', 'README.md'],
  logLevel: 'warn',
};
