import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandLine } from './command-line.ts';

type Declaration = (line: CommandLine) => CommandUnknownOpts;

/** Every command there is, in the order of their list: each group is a folder beside this file. */
const DECLARATIONS: ReadonlyMap<string, () => Promise<Declaration>> = new Map([
  ['doctor', async () => (await import('./doctor/index.ts')).doctor],
  ['flows', async () => (await import('./flows/index.ts')).flowCommands],
  ['projections', async () => (await import('./projections/index.ts')).projectionCommands],
  ['parked', async () => (await import('./parked/index.ts')).parkedCommands],
  ['process', async () => (await import('./process/index.ts')).processCommands],
  ['share', async () => (await import('./share/index.ts')).shareCommands],
  ['audit', async () => (await import('./audit/index.ts')).audit],
  ['account', async () => (await import('./account/index.ts')).accountCommands],
  ['token', async () => (await import('./token/index.ts')).token],
  ['backup', async () => (await import('./backup/index.ts')).backup],
  ['restore', async () => (await import('./backup/index.ts')).restore],
]);

/** All of them. */
export function allCommands(line: CommandLine): Promise<readonly CommandUnknownOpts[]> {
  return Promise.all([...DECLARATIONS.values()].map(async (load) => (await load())(line)));
}

/** The one that the arguments begin with, so that the modules of others need not be loaded; else all of them. */
export async function commandsFor(
  args: readonly string[],
  line: CommandLine,
): Promise<readonly CommandUnknownOpts[]> {
  const load = DECLARATIONS.get(args[0] ?? '');
  return load === undefined ? allCommands(line) : [(await load())(line)];
}
