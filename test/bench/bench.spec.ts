import { describe, expect, it } from '@jest/globals';
import { measure, type PartName, SMALLEST } from './parts.ts';

const QUERIES = [
  'access.strangers',
  'access.own',
  'inbox.readOnes',
  'inbox',
  'installations',
  'installations.word',
  'installations.letter',
  'customers.word',
  'shares',
  'shares.word',
  'dashboard.year',
  'audit.installation',
  'audit.share',
  'audit.access.installation',
  'audit.access.ever',
  'audit.access.moment',
  'audit.access.holder.moment',
  'audit.access.holder.period',
  'access.given.moment',
  'access.given.accounts',
  'package',
  'plan',
  'approval.preview',
  'revocation.preview',
];

const MEASURED: Readonly<Record<PartName, readonly string[]>> = {
  http: [
    'http.commands',
    'http.commands.p50',
    'http.commands.p99',
    'http.commands.cpu',
    'http.commands.bare',
    'http.commands.bare.p50',
    'http.commands.bare.p99',
    'http.commands.bare.cpu',
    'http.commands.warm',
    'http.commands.warm.p50',
    'http.commands.warm.p99',
    'http.commands.warm.cpu',
    'http.commands.warm.bare',
    'http.commands.warm.bare.p50',
    'http.commands.warm.bare.p99',
    'http.commands.warm.bare.cpu',
    'http.commands.worker',
    'http.commands.worker.p50',
    'http.commands.worker.p99',
    'http.commands.worker.cpu',
    'http.commands.traced',
    'http.commands.traced.p50',
    'http.commands.traced.p99',
    'http.commands.traced.cpu',
    'http.commands.emmett-postgresql',
  ],
  lone: ['lone.command'],
  process: [
    'process.commands',
    'process.commands.bare',
    'process.commands.emmett-memory',
    'process.commands.emmett-sqlite',
  ],
  eventStore: ['eventStore.append', 'eventStore.append.bare'],
  folding: ['folding.share'],
  projection: ['projection.catchUp', 'projection.rebuild', 'projection.bare'],
  plan: ['plan.items'],
  service: [
    'import.rows',
    'import.others.p99',
    'import.others.idle.p99',
    'prepare.items',
    'import.items',
    'access.checks',
    'state.memory.connection',
    'state.memory.installation',
    'state.memory.share',
    'revoke.items',
    'revoke.cascade',
  ],
  changes: ['changes.delay', 'changes.listener.memory', 'changes.command', 'changes.command.alone'],
  growth: [
    'memory',
    ...QUERIES.flatMap((query) => [query, `${query}.delay`]),
    'start',
    'start.afterKill',
  ].map((name) => `growth.300.${name}`),
  distributed: [
    'distributed.append',
    'distributed.append.bare',
    'distributed.read',
    'distributed.read.bare',
    'distributed.commands',
    'distributed.commands.p50',
    'distributed.commands.p99',
    'distributed.commands.cpu',
    'distributed.commands.bare',
    'distributed.commands.warm',
    'distributed.commands.inTurn',
    'distributed.projection.catchUp',
    'distributed.worker.catchUp',
    'distributed.worker.catchUp.cpu',
    'distributed.import',
    'distributed.import.cpu',
    'distributed.changes.delay',
    'distributed.takeover',
    'distributed.takeover.worst',
  ],
};

/** The memory of so few may be lost in what the collector has freed meanwhile. */
const MAY_BE_NOTHING = 'changes.listener.memory';

describe('the measurements', () => {
  it.each(Object.entries(MEASURED))('of %s run at the smallest size', async (part, names) => {
    const lines = await measure(part as PartName, SMALLEST);
    expect(lines.map(({ name }) => name)).toStrictEqual(names);
    for (const line of lines) {
      if ('value' in line && line.name !== MAY_BE_NOTHING) expect(line.value).toBeGreaterThan(0);
    }
  });
});
