const PREFIX = 'tessera.commands';

/** The subjects of all commands. */
export const COMMAND_SUBJECTS = `${PREFIX}.*`;

/** The queue group of the services: each command is executed by one of them. */
export const COMMAND_QUEUE = 'tessera';

/** Where a command of that type is sent to. */
export function commandSubject(type: string): string {
  return `${PREFIX}.${type}`;
}
