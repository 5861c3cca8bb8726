import { userInfo } from 'node:os';
import { processTimers, processWork } from '#processes';
import {
  FLOWS,
  type Flow,
  type FlowSearch,
  type FlowSources,
  findEndedConnections,
  findFlows,
  findGaps,
  findGrants,
  findStartingEvent,
  STALLED_AFTER_MS,
  STATES,
} from '../../flows/index.ts';
import { checkProcess, count, duration } from '../arguments.ts';
import { CannotBeDone, type CommandLine } from '../command-line.ts';
import { type Deployment, withDeployment } from '../deployment/index.ts';
import { Progress } from '../progress.ts';
import { table } from '../table.ts';

const LISTED = 100;

/** Stalled flows. */
export function flowCommands(line: CommandLine) {
  const listed = list(line);
  const summary = 'stalled work: why it is stalled, and how to fix it';
  return line.group('flows', summary, [listed, resume(line)], listed);
}

function list(line: CommandLine) {
  return line
    .command('list', {
      summary: 'list stalled work: why it is stalled, why that matters, and how to fix it',
      description:
        'Lists packages, imports, withdrawals and other work of processes that has started and made no progress for too ' +
        'long, by the clock of the service, whether or not work for it is open. Three checks read everything, so they ' +
        'run only on request: every grant is compared with its share, every ended connection with the shares along it, ' +
        'and every checkpoint with the previous one. Changes nothing. The exit code is 3 when something is found.',
      examples: {
        'flows list': 'Without progress for an hour; flows alone is the same:',
        'flows list --older-than PT10M --json': 'For ten minutes, as JSON:',
        'flows list --grants --connections':
          'Also grants that disagree with their shares, and ended connections with open requests:',
        'flows list --checkpoints --older-than PT5M':
          'Also periods of five minutes in which events were not sealed:',
      },
    })
    .option('--older-than <duration>', 'by ISO 8601; an hour by default', duration, STALLED_AFTER_MS)
    .option('--grants', 'also check all grants')
    .option('--connections', 'also check all ended connections')
    .option('--checkpoints', 'also check all checkpoints')
    .option('--limit <number>', 'at most so many from each source', count, LISTED)
    .action(
      line.answering(({ olderThan, limit, ...requested }) =>
        withDeployment(line, async (deployment) => {
          const search = { now: deployment.clock.now(), olderThan, limit };
          const sources = { stored: deployment.stored, log: deployment.recorded };
          const found = [...(await findFlows(sources, search))];
          for (const what of THOROUGH) {
            if (requested[what]) found.push(...(await checkAll(what, sources, search, line)));
          }
          const flows = found.map((flow) => ({ ...flow, matters: FLOWS[flow.kind], ...STATES[flow.state] }));
          return { data: { now: search.now, flows }, text: formatFlows(flows), foundWrong: flows.length > 0 };
        }),
      ),
    );
}

const THOROUGH = ['grants', 'connections', 'checkpoints'] as const;
const FINDERS = { grants: findGrants, connections: findEndedConnections, checkpoints: findGaps };

async function checkAll(
  what: (typeof THOROUGH)[number],
  sources: FlowSources,
  search: FlowSearch,
  { err }: CommandLine,
): Promise<readonly Flow[]> {
  const progress = new Progress(err, what);
  try {
    return await FINDERS[what](sources, search, (done) => progress.report('comparing', done));
  } finally {
    progress.end();
  }
}

function formatFlows(flows: readonly Flow[]): string {
  if (flows.length === 0) return 'No work is stalled.';
  const head = ['kind', 'state', 'process', 'key', 'since', 'done', 'of', 'details'];
  const rows = flows.map(({ kind, state, process, key, stream, since, progress, reason }) => [
    ...[kind, state, process, key ?? stream, since, progress?.done, progress?.of, reason],
  ]);
  const kinds = [...new Set(flows.map(({ kind }) => kind))].map((kind) => `${kind}: ${FLOWS[kind]}`);
  const states = [...new Set(flows.map(({ state }) => state))].map(
    (state) => `${state}: ${STATES[state].why}\n  fix: ${STATES[state].fix}`,
  );
  return [table(head, rows), kinds.join('\n'), states.join('\n')].join('\n\n');
}

function resume(line: CommandLine) {
  return line
    .command('resume', {
      summary: 'resume a stuck flow, and record who did',
      description:
        'Records that a flow is resumed, as an event that auditors read, with the name of the user who runs it. ' +
        'Its process then tries its work at once, or opens it again where it was lost. It is idempotent: nothing is ' +
        'done twice.',
      examples: {
        'flows resume prepare-package 0190…': 'As `flows list` names it:',
        'flows resume import-step 0190…/0191…': 'The import of one step of a share:',
        'flows resume follow-withdrawal 0190… --stream installation-0191…':
          'An end of access that its share has not recorded:',
      },
    })
    .argument('<process>')
    .argument('<key>')
    .option(
      '--stream <stream>',
      'of the starting event, where it does not follow from the key: as `flows list` shows it',
    )
    .action(
      line.answering((process, key, { stream }) => {
        checkProcess(process);
        return withDeployment(line, async (deployment) => {
          const start = await findStartingEvent(
            { process, key, stream },
            { stored: deployment.stored, log: deployment.recorded },
          );
          if (start === undefined && !(await isOpen(deployment, `${process}/${key}`))) {
            throw new CannotBeDone(
              `There is no work ${key} of ${process}: tessera-ctl flows list shows stalled work.`,
            );
          }
          await deployment.operations.resume({
            process,
            key,
            begun: start,
            user: `operator:${userInfo().username}`,
          });
          const when = deployment.kind === 'stopped' ? ' once a service or worker runs' : '';
          return {
            data: { process, key, begun: start },
            text: `It is recorded; the process resumes it${when}. tessera-ctl flows list shows the result.`,
          };
        });
      }),
    );
}

async function isOpen({ stored }: Deployment, id: string): Promise<boolean> {
  const [work, timer] = await Promise.all([stored.get(processWork, id), stored.get(processTimers, id)]);
  return work !== undefined || timer !== undefined;
}
