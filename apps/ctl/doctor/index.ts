import type { CommandLine } from '../command-line.ts';
import { withDeployment } from '../deployment/index.ts';
import { printable } from '../table.ts';
import type { Finding } from './check.ts';
import { checks, examine } from './checks.ts';

const LEVELS = { fine: 'ok', notice: 'notice', wrong: 'WRONG' } as const;

/** All checks at once. */
export function doctor(line: CommandLine) {
  return line
    .command('doctor', {
      summary: 'check everything: what is wrong, why it matters, and how to fix it',
      description:
        'Checks everything, changes nothing, and reports what is wrong, why it matters, and which command fixes it. The exit code is 3 when something is wrong.',
      examples: { doctor: 'Check the deployment:', 'doctor --json': 'The same, for a monitor:' },
    })
    .action(
      line.answering(() =>
        withDeployment(line, async (deployment) => {
          const findings = await examine(deployment);
          const wrong = findings.filter(({ level }) => level === 'wrong').length;
          const verdict = wrong === 0 ? 'Nothing is wrong.' : `Wrong: ${wrong}.`;
          const text = [...findings.map(({ check, ...finding }) => format(check, finding)), verdict].join(
            '\n',
          );
          return { data: { findings, wrong }, text, foundWrong: wrong > 0 };
        }),
      ),
    );
}

const WIDTH = Math.max(...checks.map(({ name }) => name.length));

function format(check: string, { level, what, why, fix }: Finding): string {
  const indent = ' '.repeat(WIDTH + 10);
  const lines = [`${check.padEnd(WIDTH)}  ${LEVELS[level].padEnd(6)}  ${printable(what)}`];
  if (why !== undefined) lines.push(`${indent}why:  ${printable(why)}`);
  if (fix !== undefined) lines.push(`${indent}fix: ${printable(fix)}`);
  return lines.join('\n');
}
