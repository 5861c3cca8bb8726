import { accountCommands } from './account/index.ts';
import { audit } from './audit/index.ts';
import { backup, restore } from './backup/index.ts';
import type { CommandLine } from './command-line.ts';
import { doctor } from './doctor/index.ts';
import { flowCommands } from './flows/index.ts';
import { parkedCommands } from './parked/index.ts';
import { processCommands } from './process/index.ts';
import { projectionCommands } from './projections/index.ts';
import { shareCommands } from './share/index.ts';
import { token } from './token/index.ts';

/** Every command there is, in the order of their list: each group is a folder beside this file. */
export function allCommands(line: CommandLine) {
  return [
    doctor(line),
    flowCommands(line),
    projectionCommands(line),
    parkedCommands(line),
    processCommands(line),
    shareCommands(line),
    audit(line),
    accountCommands(line),
    token(line),
    backup(line),
    restore(line),
  ];
}
