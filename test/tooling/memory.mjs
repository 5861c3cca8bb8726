// Specs write stores by the hundred, and each commit of one waits for the disk. None of them can tell a disk from memory,
// which outlives a process that is killed.
import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const TMPFS = 0x01021994;
/** In bytes: a run has up to a tenth of it in use at a time, beside what its processes take. */
const ROOM = 4e9;
const NAME = /^tessera-tests-(\d+)$/;

/**
 * Has temporary files of this process, and of those it starts, kept in memory where there is room for them; not where
 * `TMPDIR` says where they belong.
 * @returns what removes them; nothing where they stay on a disk
 */
export function keepFilesInMemory() {
  if (process.env.TMPDIR !== undefined || !hasRoom()) return undefined;
  removeLeftOvers();
  const folder = join(MEMORY, `tessera-tests-${process.pid}`);
  mkdirSync(folder);
  process.env.TMPDIR = folder;
  return {
    remove() {
      delete process.env.TMPDIR;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function hasRoom() {
  try {
    const { type, bavail, bsize } = statfsSync(MEMORY);
    return type === TMPFS && Math.min(bavail * bsize, freemem()) >= ROOM;
  } catch {
    return false;
  }
}

/** A run that was killed has removed nothing; it may have had the number that this process has now. */
function removeLeftOvers() {
  for (const name of readdirSync(MEMORY)) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || (Number(pid) !== process.pid && isAlive(Number(pid)))) continue;
    rmSync(join(MEMORY, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
