import type { AuditEntry } from '#application';
import type { Instant } from '#domain/kernel';
import { projections } from '#projections';
import { ProjectionViews } from '#subscriptions';
import { moment } from '../arguments.ts';
import { AUDITOR } from '../auditor.ts';
import type { CommandLine } from '../command-line.ts';
import { type Deployment, withDeployment } from '../deployment/index.ts';
import { type Cell, record, table } from '../table.ts';

const PAGE = 200;

/** One share, from its events. */
export function shareCommands(line: CommandLine) {
  return line.group('share', 'one share and its history', [show(line)]);
}

function show(line: CommandLine) {
  return line
    .command('show', {
      summary: 'show the state and the history of a share, now or as of a moment',
      examples: {
        'share show 0190…': 'Its current state:',
        'share show 0190… --as-of 2026-03-31T12:00:00Z': 'Its state at that moment:',
      },
    })
    .argument('<id>', 'of the share')
    .option('--as-of <time>', 'as of that moment, by ISO 8601', moment)
    .action(
      line.answering((id, { asOf }) =>
        withDeployment(line, async (deployment) => {
          const { state, items } = await historyOf(
            deployment,
            id,
            asOf ?? (new Date().toISOString() as Instant),
          );
          const head = ['revision', 'time', 'account', 'user', 'what happened'];
          const rows = items.map(({ revision, time, actor, sentence }) => [
            ...[revision, time, actor.account.name, actor.user, sentence],
          ]);
          const text = `${record(cellsOf(state ?? {}))}\n\n${table(head, rows)}`;
          return { data: { state, items }, text };
        }),
      ),
    );
}

async function historyOf({ events, stored }: Deployment, id: string, asOf: Instant) {
  const { GetHistory, GetHistoryHandler } = await import('#application');
  const handler = new GetHistoryHandler(events, new ProjectionViews(stored, projections), {
    now: () => asOf,
  });
  const items: AuditEntry[] = [];
  let state: object | undefined;
  let pageToken: string | undefined;
  do {
    const page = await handler.execute(
      new GetHistory(AUDITOR, 'share', id, { asOf }, { pageSize: PAGE, pageToken }),
    );
    state ??= page.state;
    items.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return { state, items };
}

function cellsOf(state: object): Record<string, Cell> {
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [
      name,
      typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value),
    ]),
  );
}
