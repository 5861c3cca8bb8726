import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

const WITH_PARENT = `
  signal=$0
  exec 3<&0
  "$@" & server=$!
  (cat <&3; kill -$signal $server) > /dev/null 2>&1 &
  wait $server
`;

/** A server that ends when its standard input is closed; its standard error is a pipe. */
export type ChildServer = ChildProcessByStdio<Writable, null, Readable>;

/**
 * Starts a server that is none of the project's programs. It ends with this process, however that ends: its standard
 * input is closed then.
 * @param signal ends it
 * @param user whom it runs as, by number; by default who runs this process
 */
export function startWithParent(
  program: string,
  args: readonly string[],
  signal: 'KILL' | 'QUIT',
  user?: number,
): ChildServer {
  return spawn('sh', ['-c', WITH_PARENT, signal, program, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
    // Not killed together with the group of this process, so that the signal is sent.
    detached: true,
    ...(user !== undefined && { uid: user, gid: user }),
  });
}
