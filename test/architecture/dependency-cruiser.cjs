// The dependency rules between folders. Paths are relative to the folder the tool is run in, so that the same rules
// judge the tree and test/architecture/fixtures, where each of them is broken at least once.

const SPEC = '\\.spec\\.ts$|/testing(/|\\.ts$)';
const ADAPTER = '^libs/(event-store|view-store|personal-data)/(sqlite|eventstoredb|mongodb)/';
const NEST = '(^|/)node_modules/@nestjs/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'The domain is plain TypeScript: no library, no Node, nothing of ours outside it.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: SPEC },
      to: { pathNot: '^libs/domain/' },
    },
    {
      name: 'contracts-depend-on-the-domain-only',
      comment: 'Stored shapes are described with the domain and the validation decorators, nothing else.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: SPEC },
      to: {
        pathNot: [
          '^libs/(contracts|domain)/',
          '^libs/event-store/(index|port|signal)\\.ts$',
          '(^|/)node_modules/(class-validator|class-transformer|reflect-metadata|ajv|ajv-formats)/',
        ],
      },
    },
    {
      name: 'ports-do-not-depend-on-adapters',
      comment: 'A port is the same whatever stands behind it.',
      severity: 'error',
      from: { path: '^libs/(event-store|view-store|personal-data)/', pathNot: [ADAPTER, SPEC] },
      to: { path: ADAPTER },
    },
    {
      name: 'adapters-do-not-depend-on-each-other',
      comment: 'An adapter can be taken away without touching another one.',
      severity: 'error',
      from: { path: ADAPTER, pathNot: SPEC },
      to: { path: ADAPTER, pathNot: '^libs/$1/$2/' },
    },
    {
      name: 'adapters-only-at-composition-roots',
      comment: 'Only apps and tests choose an adapter; everything else is given a port.',
      severity: 'error',
      from: {
        path: '^(libs|projections)/',
        pathNot: ['^libs/(event-store|view-store|personal-data)/', SPEC],
      },
      to: { path: ADAPTER },
    },
    {
      name: 'stores-do-not-depend-on-behaviour',
      comment: 'Stores and subscriptions carry events and documents without knowing what is done with them.',
      severity: 'error',
      from: { path: '^libs/(event-store|view-store|subscriptions)/', pathNot: SPEC },
      to: { path: '^(libs/(application|processes|client)|projections)/' },
    },
    {
      name: 'commands-do-not-depend-on-projections',
      comment: 'A command is judged by replayed streams; only queries read documents.',
      severity: 'error',
      from: { path: '^libs/application/', pathNot: ['^libs/application/queries/', SPEC] },
      to: { path: '^(libs/(processes|subscriptions|client|webhooks)|projections)/' },
    },
    {
      name: 'commands-do-not-depend-on-queries',
      comment: 'Only the module that puts the application together knows both sides.',
      severity: 'error',
      from: {
        path: '^libs/application/',
        pathNot: ['^libs/application/(queries/|application\\.module\\.ts$|index\\.ts$)', SPEC],
      },
      to: { path: '^libs/application/queries/' },
    },
    {
      name: 'commands-do-not-read-the-view-store',
      comment: 'What a command needs of a view reaches it through a named port in libs/application/ports.ts.',
      severity: 'error',
      from: {
        path: '^libs/application/',
        pathNot: ['^libs/application/(queries/|application\\.module\\.ts$)', SPEC],
      },
      to: { path: '^libs/view-store/' },
    },
    {
      name: 'application-does-not-depend-on-processes',
      comment: 'What follows from an event is done by processes, which send commands; never the other way.',
      severity: 'error',
      from: { path: '^libs/application/', pathNot: SPEC },
      to: { path: '^libs/(processes/|client/|webhooks/(?!deliveries/))' },
    },
    {
      name: 'processes-use-ports-only',
      comment: 'A process reads the log and documents through ports and acts by commands.',
      severity: 'error',
      from: { path: '^libs/processes/', pathNot: SPEC },
      to: {
        path: '^libs/',
        pathNot:
          '^libs/(processes|application/core|contracts|domain|event-store|view-store|subscriptions|tracing)/',
      },
    },
    {
      name: 'webhooks-use-ports-only',
      comment:
        'Deliveries follow the changes as any caller does, keep documents through a port and act by commands.',
      severity: 'error',
      from: { path: '^libs/webhooks/', pathNot: SPEC },
      to: {
        path: '^libs/',
        pathNot:
          '^libs/(webhooks|changes|application/core|contracts|domain|event-store|view-store|subscriptions|tracing)/',
      },
    },
    {
      name: 'client-has-no-dependencies',
      comment: 'It is published by itself, so it has nothing of ours with it.',
      severity: 'error',
      from: { path: '^libs/client/', pathNot: SPEC },
      to: { path: '^(apps|libs|projections|test)/', pathNot: '^libs/client/' },
    },
    {
      name: 'console-depends-on-the-client-only',
      comment: 'The console is one more user of the API: of ours it has nothing but the client.',
      severity: 'error',
      from: { path: '^apps/console/', pathNot: SPEC },
      to: { path: '^(apps|libs|projections|test)/', pathNot: '^(apps/console|libs/client)/' },
    },
    {
      name: 'service-does-not-depend-on-the-console',
      comment: 'The console is built by itself, and served as files.',
      severity: 'error',
      from: { path: '^apps/(?!console/)' },
      to: { path: '^apps/console/' },
    },
    {
      name: 'projections-are-folds',
      comment:
        'A projection turns events into changes: no Node, no library, no command, no other part of ours.',
      severity: 'error',
      from: { path: '^projections/', pathNot: SPEC },
      to: { pathNot: '^(projections|libs/(contracts|domain|event-store|view-store|subscriptions))/' },
    },
    {
      name: 'nothing-imports-apps',
      comment: 'Apps are where things are put together; nobody depends on them.',
      severity: 'error',
      from: { path: '^(libs|projections)/', pathNot: SPEC },
      to: { path: '^apps/' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'What ships does not need what tests it.',
      severity: 'error',
      from: { pathNot: ['^test/', SPEC] },
      to: { path: ['^test/', SPEC] },
    },
    {
      name: 'nest-stays-in-apps',
      comment: 'The framework is a choice of the apps; the libraries work without it.',
      severity: 'error',
      from: { path: '^(libs|projections)/', pathNot: ['^libs/application/(?!core/)', SPEC] },
      to: { path: NEST },
    },
    {
      name: 'worker-thread-loads-no-framework',
      comment:
        'It starts with the service each time, and loads neither the framework nor what checks requests.',
      severity: 'error',
      from: { path: '^apps/worker/thread\\.ts$' },
      to: { path: [NEST, '^libs/contracts/commands/'], reachable: true },
    },
    {
      name: 'tracing-has-no-dependencies',
      comment: 'Whatever is traced may say so: what it says it to knows nothing else.',
      severity: 'error',
      from: { path: '^libs/tracing/', pathNot: SPEC },
      to: { pathNot: '^libs/tracing/' },
    },
    {
      name: 'opentelemetry-in-telemetry-only',
      comment: 'It is loaded where traces go anywhere, and nowhere else.',
      severity: 'error',
      from: { pathNot: ['^apps/telemetry/', SPEC] },
      to: { path: '@opentelemetry/' },
    },
    {
      name: 'application-uses-the-nest-bus-only',
      comment: 'Handlers are found by @nestjs/cqrs and injected by @nestjs/common; HTTP belongs to the apps.',
      severity: 'error',
      from: { path: '^libs/application/', pathNot: SPEC },
      to: { path: NEST, pathNot: '@nestjs/(common|cqrs)/' },
    },
    {
      name: 'operators-commands-start-fast',
      comment:
        "The command side is loaded by the operators' commands that execute or query something, when they do.",
      severity: 'error',
      from: { path: '^apps/(admin|ctl)/', pathNot: ['^apps/ctl/(demo|deployment/shared)', SPEC] },
      to: {
        path: '^(libs/application/index|apps/worker/(index|open))\\.ts$',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-circular-dependencies',
      comment: 'Files load in an order that exists. Types, gone when the code runs, may refer to each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'imports-are-resolved',
      comment: 'An import that leads nowhere would escape every rule above.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(dist/|test/architecture/fixtures/)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
