/** The setting that tells a program which file descriptor its lifeline is. */
export const LIFELINE_FD = 'TESSERA_LIFELINE_FD';

/**
 * Kills a process that leads a group of its own, with all that it has started.
 * @returns whether there was anything of it
 */
export function killGroup(leader: number): boolean {
  return signalGroup(leader, 'SIGKILL');
}

/** Whether anything of a group is left, though its leader may have ended. */
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
