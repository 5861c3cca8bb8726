import { userInfo } from 'node:os';
import { processTimers, processWork } from '#processes';
import {
  beginningOf,
  FLOWS,
  type Flow,
  type FlowSearch,
  type FlowSources,
  findEndedConnections,
  findFlows,
  findGaps,
  findGrants,
  LONG_MS,
  STATES,
} from '../../flows/index.ts';
import { checkProcess, count, duration } from '../arguments.ts';
import { CannotBeDone, type CommandLine } from '../command-line.ts';
import { type Deployment, withDeployment } from '../deployment/index.ts';
import { Progress } from '../progress.ts';
import { table } from '../table.ts';

const LISTED = 100;

/** What has begun and does not go on. */
export function flowCommands(line: CommandLine) {
  const listed = list(line);
  const summary = 'what has begun and does not go on: why, and what mends it';
  return line.group('flows', summary, [listed, resume(line)], listed);
}

function list(line: CommandLine) {
  return line
    .command('list', {
      summary: 'list what has not moved for too long, why it matters, and what mends it',
      description:
        'Lists packages, imports, withdrawals and whatever else processes bring about that has begun and has not moved for ' +
        'too long, by the clock of the service; with work for it or without. What nothing keeps a list of is gone through ' +
        'only when it is asked for, which takes a while where there is much of it: every grant is compared with its ' +
        'share, every connection that has ended with the shares along it, and every checkpoint with the one before. It ' +
        'changes nothing. The exit code is 3 when something is found.',
      examples: {
        'flows list': 'What has not moved for an hour; flows alone is the same:',
        'flows list --older-than PT10M --json': 'For ten minutes, for a program:',
        'flows list --grants --connections':
          'Also access that is not as its share says, and ends that left something:',
        'flows list --checkpoints --older-than PT5M':
          'Also times in which nothing was sealed for five minutes:',
      },
    })
    .option('--older-than <duration>', 'by ISO 8601; an hour by default', duration, LONG_MS)
    .option('--grants', 'go through all grants, too')
    .option('--connections', 'go through all connections that have ended, too')
    .option('--checkpoints', 'go through all checkpoints, too')
    .option('--limit <number>', 'at most so many of each kind of place that is looked at', count, LISTED)
    .action(
      line.answering(({ olderThan, limit, ...asked }) =>
        withDeployment(line, async (deployment) => {
          const search = { now: deployment.clock.now(), olderThan, limit };
          const sources = { stored: deployment.stored, log: deployment.recorded };
          const found = [...(await findFlows(sources, search))];
          for (const what of THOROUGH) {
            if (asked[what]) found.push(...(await goneThrough(what, sources, search, line)));
          }
          const flows = found.map((flow) => ({ ...flow, matters: FLOWS[flow.kind], ...STATES[flow.state] }));
          return { data: { now: search.now, flows }, text: told(flows), foundWrong: flows.length > 0 };
        }),
      ),
    );
}

const THOROUGH = ['grants', 'connections', 'checkpoints'] as const;
const FINDERS = { grants: findGrants, connections: findEndedConnections, checkpoints: findGaps };

async function goneThrough(
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

function told(flows: readonly Flow[]): string {
  if (flows.length === 0) return 'Everything that has begun goes on, or is done.';
  const head = ['kind', 'state', 'process', 'key', 'since', 'done', 'of', 'what is known'];
  const rows = flows.map(({ kind, state, process, key, stream, since, progress, reason }) => [
    ...[kind, state, process, key ?? stream, since, progress?.done, progress?.of, reason],
  ]);
  const kinds = [...new Set(flows.map(({ kind }) => kind))].map((kind) => `${kind}: ${FLOWS[kind]}`);
  const states = [...new Set(flows.map(({ state }) => state))].map(
    (state) => `${state}: ${STATES[state].why}\n  mend: ${STATES[state].mend}`,
  );
  return [table(head, rows), kinds.join('\n'), states.join('\n')].join('\n\n');
}

function resume(line: CommandLine) {
  return line
    .command('resume', {
      summary: 'resume a stuck flow, and record who did',
      description:
        'Records that a flow is resumed, as an event that auditors read, with the name of the user who runs this. ' +
        'Its process then tries its work at once, or opens it anew where it was lost. What was done already is not done ' +
        'again, however often this is asked.',
      examples: {
        'flows resume prepare-package 0190…': 'As `flows list` names it:',
        'flows resume import-step 0190…/0191…': 'The import of one step of a share:',
        'flows resume follow-withdrawal 0190… --stream installation-0191…':
          'What a share is to be told of an end outside it:',
      },
    })
    .argument('<process>')
    .argument('<key>')
    .option('--stream <stream>', 'that it began in, where the key does not tell: as `flows list` names it')
    .action(
      line.answering((process, key, { stream }) => {
        checkProcess(process);
        return withDeployment(line, async (deployment) => {
          const begun = await beginningOf(
            { process, key, stream },
            { stored: deployment.stored, log: deployment.recorded },
          );
          if (begun === undefined && !(await isOpen(deployment, `${process}/${key}`))) {
            throw new CannotBeDone(
              `Nothing is known of ${key} of ${process}: tessera-ctl flows list shows what does not go on.`,
            );
          }
          await deployment.operations.resume({
            process,
            key,
            begun,
            user: `operator:${userInfo().username}`,
          });
          const when = deployment.kind === 'stopped' ? ' once a service or worker runs' : '';
          return {
            data: { process, key, begun },
            text: `It is recorded; the process takes it up${when}. tessera-ctl flows list tells what comes of it.`,
          };
        });
      }),
    );
}

async function isOpen({ stored }: Deployment, id: string): Promise<boolean> {
  const [work, timer] = await Promise.all([stored.get(processWork, id), stored.get(processTimers, id)]);
  return work !== undefined || timer !== undefined;
}
