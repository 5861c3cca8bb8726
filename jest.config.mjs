import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const NODE_WANTED = 24;

// Specs are ES modules, which Node lets Jest load only behind a flag. Whatever Jest was started with, it goes on in the
// same process with what it needs.
if (vm.SourceTextModule === undefined) {
  const flags = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    // Each spec file loads its modules anew: with the usual size a tenth of the time goes into collecting garbage.
    '--max-semi-space-size=64',
  ];
  if (Number.parseInt(process.versions.node, 10) < NODE_WANTED || process.execve === undefined) {
    const command = `node ${flags.join(' ')} node_modules/jest/bin/jest.js`;
    console.error(
      `Tests need Node ${NODE_WANTED}: use \`npx jest\`, or Node ${NODE_WANTED} with \`${command}\`.`,
    );
    process.exit(1);
  }
  process.removeAllListeners('warning');
  process.execve(process.execPath, [
    process.execPath,
    ...flags,
    ...process.execArgv,
    ...process.argv.slice(1),
  ]);
}

const rootDir = fileURLToPath(new URL('.', import.meta.url));

// Programs are started by the dozen: what one has compiled, the next need not.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url));

/** Specs run from source: swc takes the types away, and `#` imports resolve to the .ts files. */
const specs = {
  displayName: 'specs',
  rootDir,
  roots: ['apps', 'libs', 'projections', 'test'].map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(?:architecture|programs)/fixtures/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/architecture/fixtures/'],
  testEnvironment: '<rootDir>/test/tooling/environment.mjs',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  // It offers its TypeScript under the condition by which `#` imports find ours.
  moduleNameMapper: { '^eventsource-parser$': '<rootDir>/node_modules/eventsource-parser/dist/index.js' },
  extensionsToTreatAsEsm: ['.ts'],
  injectGlobals: false,
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, verbatimModuleSyntax: true },
          keepClassNames: true,
        },
      },
    ],
  },
};

/** Those of one program with its own files are not for a cluster. */
const OF_ONE_PROGRAM = [
  'configuration',
  'demo',
  'edge',
  'logs',
  'recovery',
  'nats',
  'sign-in',
  'tracing-settings',
];

/** The same stories, told to a cluster. */
const distributed = {
  ...specs,
  displayName: 'distributed',
  testMatch: ['<rootDir>/test/acceptance/*.spec.ts'],
  testPathIgnorePatterns: [`/(?:${OF_ONE_PROGRAM.join('|')})\\.spec\\.ts$`],
  setupFiles: ['<rootDir>/test/tooling/distributed.mjs'],
};

export default {
  rootDir,
  projects: [specs, distributed],
  globalSetup: '<rootDir>/test/tooling/setup.mjs',
  globalTeardown: '<rootDir>/test/tooling/teardown.mjs',
  // Only what hangs is meant: tests wait for conditions, and a busy machine may take its time to come to them.
  testTimeout: 300_000,
  // One more than the cores of a small machine: spec files wait for programs, disks and time limits. On one event store
  // two clusters would do each other's work, by clocks of their own.
  maxWorkers: process.env.ESDB_URL === undefined ? 3 : 1,
  // Of one spec file, where it has tests that run side by side: as many as a small machine has cores.
  maxConcurrency: 2,
  testSequencer: '<rootDir>/test/tooling/sequencer.mjs',
  // Modules of former spec files stay in memory for long; the collector is slow where there are many.
  workerIdleMemoryLimit: '512MB',
  reporters: ['default', '<rootDir>/test/tooling/closing-line.mjs'],
};
