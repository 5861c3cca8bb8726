import { fileURLToPath } from 'node:url';

const rootDir = fileURLToPath(new URL('../../', import.meta.url));

// Programs are started by the dozen: what one has compiled, the next need not.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('../../node_modules/.cache/compiled', import.meta.url),
);

/** Specs run from source: swc takes the types away, and `#` imports resolve to the .ts files. */
const specs = {
  rootDir,
  roots: ['apps', 'libs', 'projections', 'test'].map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/architecture/fixtures/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/architecture/fixtures/'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
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
const OF_ONE_PROGRAM = ['configuration', 'demo', 'moving-up'];

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
  // Tests wait for conditions; a busy machine may take its time to come to them.
  testTimeout: 30_000,
  maxWorkers: 2,
  reporters: ['default', fileURLToPath(new URL('./closing-line.mjs', import.meta.url))],
};
