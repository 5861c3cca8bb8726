#!/usr/bin/env -S node --disable-warning=ExperimentalWarning --enable-source-maps
// Commands for operators: `npm run ctl -- <command>`.
import { InvalidConfig } from '../environment.ts';
import { CannotBeDone, type Command, WrongUsage } from './command.ts';
import { migrate } from './migrate/index.ts';

const COMMANDS: Readonly<Record<string, Command>> = { migrate };

async function main([name = '--help', ...args]: readonly string[]): Promise<void> {
  if (name === '--help') {
    process.stdout.write(usage());
    return;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new WrongUsage(`There is no command ${name}.`);
  await command.run(args, process.stdout);
}

function usage(): string {
  const commands = Object.values(COMMANDS).map(
    (each) => `  tessera-ctl ${each.usage}\n      ${each.summary}\n`,
  );
  return `Usage:\n${commands.join('')}`;
}

/** Errors that the operator can resolve; any other is shown with its stack. */
function explain(error: unknown): string {
  if (error instanceof WrongUsage) return `${error.message}\n${usage()}`;
  if (error instanceof CannotBeDone || error instanceof InvalidConfig) return `${error.message}\n`;
  return `${(error as Error).stack ?? error}\n`;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(explain(error));
  process.exitCode = 1;
}
