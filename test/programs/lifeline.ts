// Preloaded by every program that a test or a measurement starts. It is given one end of a pipe, whose other end is
// held by the process that started it and by nobody else: when that process is gone, however suddenly, the pipe ends.
import { Socket } from 'node:net';
import { killGroup, LIFELINE_FD } from './group.ts';

const { [LIFELINE_FD]: fd } = process.env;
// Neither its own children nor its threads have the pipe.
delete process.env[LIFELINE_FD];

if (fd !== undefined) {
  const lifeline = new Socket({ fd: Number(fd), readable: true, writable: false });
  lifeline.on('close', () => killGroup(process.pid));
  lifeline.on('error', () => undefined);
  lifeline.resume();
  lifeline.unref();
}
