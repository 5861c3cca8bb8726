import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { hasExited } from '../programs/child.ts';
import { installFromDebian } from '../programs/debian.ts';
import { type ChildServer, startWithParent } from '../programs/with-parent.ts';

/** Where Debian puts the programs of each version. */
const VERSIONS = '/usr/lib/postgresql';

/** `nobody`, for PostgreSQL refuses to run as root. */
const NOBODY = 65_534;

/**
 * A PostgreSQL server with the settings it has by default, in a temporary folder, at a socket that only its user and
 * root reach.
 */
export class PostgresqlServer {
  private constructor(
    private readonly child: ChildServer,
    private readonly folder: string,
  ) {}

  /**
   * @param mayInstall whether its package is installed where there is no server
   * @throws Error no server can be started here; the message says why
   */
  static async start(mayInstall: boolean): Promise<PostgresqlServer> {
    const programs = await findPrograms(mayInstall);
    const user = process.getuid?.() === 0 ? NOBODY : undefined;
    const folder = await mkdtemp(join(tmpdir(), 'tessera-postgresql-'));
    const data = join(folder, 'data');
    try {
      if (user !== undefined) await chown(folder, user, user);
      const options = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-locale', '--no-sync'];
      await promisify(execFile)(join(programs, 'initdb'), [...options, data], { uid: user, gid: user });
      const args = ['-D', data, '-k', folder, '-c', 'listen_addresses='];
      // Ends it at once, and lets it remove what it has outside its folder.
      const child = startWithParent(join(programs, 'postgres'), args, 'QUIT', user);
      await untilReady(child);
      return new PostgresqlServer(child, folder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Of its database, for a client on this machine. */
  get url(): string {
    return `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(this.folder)}`;
  }

  async dispose(): Promise<void> {
    if (!hasExited(this.child)) {
      const gone = once(this.child, 'exit');
      this.child.stdin.end();
      await gone;
    }
    await rm(this.folder, { recursive: true });
  }
}

/** The folder of the newest version's programs. */
async function findPrograms(mayInstall: boolean): Promise<string> {
  const found = await installedPrograms();
  if (found !== undefined) return found;
  if (!mayInstall) throw new Error('No PostgreSQL server is installed.');
  // No file has that name: which version the package brings depends on the release.
  await installFromDebian({ [`${VERSIONS}/*/bin/postgres`]: 'postgresql' });
  const installed = await installedPrograms();
  if (installed === undefined) throw new Error('The package postgresql brought no server.');
  return installed;
}

async function installedPrograms(): Promise<string | undefined> {
  const versions = existsSync(VERSIONS) ? (await readdir(VERSIONS)).map(Number) : [];
  const newestFirst = versions
    .toSorted((a, b) => b - a)
    .map((version) => join(VERSIONS, `${version}`, 'bin'));
  const folders = [...newestFirst, ...(process.env.PATH ?? '').split(delimiter)];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));
}

/** @throws Error with what it said, when it exits instead */
function untilReady({ stderr }: ChildServer): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk;
      if (!said.includes('ready to accept connections')) return;
      stderr.off('data', listen).resume();
      resolve();
    };
    stderr.on('data', listen);
    stderr.once('end', () => reject(new Error(`The PostgreSQL server did not start: ${said}`)));
  });
}
