// Preloaded by every program that a test or a benchmark starts. It holds one end of a pipe, whose other end is
// held by the starting process alone: when that process ends, however suddenly, the pipe closes.
import { Socket } from 'node:net';
import { killGroup, LIFELINE_FD } from './group.ts';

const { [LIFELINE_FD]: fd } = process.env;
// Its children and threads do not inherit the pipe.
delete process.env[LIFELINE_FD];

if (fd !== undefined) {
  const lifeline = new Socket({ fd: Number(fd), readable: true, writable: false });
  lifeline.on('close', () => killGroup(process.pid));
  lifeline.on('error', () => undefined);
  lifeline.resume();
  lifeline.unref();
}
