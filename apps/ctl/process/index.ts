import { InvalidArgumentError } from '@commander-js/extra-typings';
import { createProcesses } from '#processes';
import { CannotBeDone, type CommandLine, WrongUsage } from '../command-line.ts';
import { withDeployment } from '../deployment/index.ts';
import { reportWork } from '../deployment/open-work.ts';
import { table } from '../table.ts';

const LISTED = 100;

/** What follows from events and is not done yet. */
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
      summary: 'try stuck or waiting work again at once',
      examples: {
        'process redrive prepare-package 0190…': 'Try to prepare the package of that share again:',
      },
    })
    .argument('<process>')
    .argument('<key>')
    .action(
      line.answering((process, key) => {
        const names = createProcesses().map(({ name }) => name);
        if (!names.includes(process)) {
          throw new WrongUsage(`there is no process '${process}', but ${names.join(', ')}`);
        }
        return withDeployment(line, async ({ orders }) => {
          if (!(await orders.redrive({ process, key }))) {
            throw new CannotBeDone(
              `No work ${key} of ${process} is open: tessera-ctl process list shows what is.`,
            );
          }
          return {
            data: { process, key },
            text: 'It is being tried again; tessera-ctl process list tells what comes of it.',
          };
        });
      }),
    );
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 10_000) {
    throw new InvalidArgumentError('It is a whole number from 1 to 10000.');
  }
  return value;
}
