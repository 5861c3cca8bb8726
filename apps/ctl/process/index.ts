import { checkProcess, count } from '../arguments.ts';
import { CannotBeDone, type CommandLine } from '../command-line.ts';
import { withDeployment } from '../deployment/index.ts';
import { reportWork } from '../deployment/open-work.ts';
import { table } from '../table.ts';

const LISTED = 100;

/** Open work of processes. */
export function processCommands(line: CommandLine) {
  return line.group('process', 'work that follows from events: packages, imports, withdrawals', [
    list(line),
    redrive(line),
  ]);
}

function list(line: CommandLine) {
  return line
    .command('list', {
      summary: 'list the open work, the longest open first',
      examples: { 'process list': 'See what is open, and what fails:' },
    })
    .option('--limit <number>', 'at most so many', count, LISTED)
    .action(
      line.answering(({ limit }) =>
        withDeployment(line, async (deployment) => {
          const works = await reportWork(deployment, limit);
          const head = ['process', 'key', 'since', 'state', 'reason'];
          const rows = works.map(({ process, key, since, state, reason }) => [
            process,
            key,
            since,
            state,
            reason,
          ]);
          return { data: works, text: works.length === 0 ? 'No work is open.' : table(head, rows) };
        }),
      ),
    );
}

function redrive(line: CommandLine) {
  return line
    .command('redrive', {
      summary: 'retry stuck or waiting work at once',
      examples: {
        'process redrive prepare-package 0190…': 'Try to prepare the package of that share again:',
      },
    })
    .argument('<process>')
    .argument('<key>')
    .action(
      line.answering((process, key) => {
        checkProcess(process);
        return withDeployment(line, async ({ operations }) => {
          if (!(await operations.redrive({ process, key }))) {
            throw new CannotBeDone(
              `No work ${key} of ${process} is open: tessera-ctl process list shows what is.`,
            );
          }
          return {
            data: { process, key },
            text: 'It is being retried; tessera-ctl process list shows the result.',
          };
        });
      }),
    );
}
