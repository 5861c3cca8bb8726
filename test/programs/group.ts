/** The environment variable with the file descriptor of a program's lifeline. */
export const LIFELINE_FD = 'TESSERA_LIFELINE_FD';

/**
 * Kills a process group.
 * @returns whether the group existed
 */
export function killGroup(leader: number): boolean {
  return signalGroup(leader, 'SIGKILL');
}

/** Whether a process of the group exists, even if its leader has exited. */
export function isGroupAlive(leader: number): boolean {
  return signalGroup(leader, 0);
}

function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
}
