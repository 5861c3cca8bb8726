import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';

/** Held while something is installed; it is let go of with the process that holds it. */
const LOCK = '/tmp/tessera-installs-packages.lock';

const INSTALL = 'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" < /dev/null';

/**
 * Installs Debian packages for tests and the benchmark, where what they bring is missing. Processes that want the same
 * wait for the first of them; to install what is there already does nothing.
 * @param packages by the path of a file that each brings
 * @throws Error they cannot be installed here, with what to do
 */
export async function installFromDebian(packages: Readonly<Record<string, string>>): Promise<void> {
  const missing = Object.keys(packages).filter((file) => !existsSync(file));
  if (missing.length === 0) return;
  const names = missing.map((file) => packages[file] as string);
  const command = `apt-get install ${names.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    throw new Error(`${missing.join(', ')} is missing: install it, as on Debian with \`${command}\`.`);
  }
  const installing = spawn('flock', [LOCK, 'sh', '-c', INSTALL, 'sh', ...names], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [output, [code]] = await Promise.all([text(installing.stderr), once(installing, 'close')]);
  if (code !== 0) throw new Error(`\`${command}\` failed: ${output}`);
}
