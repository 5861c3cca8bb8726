// Installs what package-lock.json names, and only when something is missing or differs.
// Runs before every script that needs dependencies, on any Node from 20 on, with nothing installed.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NODE_WANTED = 24;
const root = fileURLToPath(new URL('../../', import.meta.url));
const locked = packagesOf('package-lock.json');

if (!isInstalled()) install();
if (!isNodeThere()) {
  fail(
    `Node ${NODE_WANTED} is missing: the package \`node\` brings it with an install script. ` +
      `Allow install scripts (npm config ignore-scripts) and run \`npm ci\`, or use Node ${NODE_WANTED} yourself.`,
  );
}

/** The packages of a lock file by their place, without the project itself; undefined when there is none. */
function packagesOf(file) {
  try {
    const { '': _project, ...packages } = JSON.parse(readFileSync(`${root}${file}`, 'utf8')).packages;
    return packages;
  } catch {
    return undefined;
  }
}

/**
 * npm records what it installed in its own lock file, written when an install has succeeded. What was removed since
 * is still listed there.
 */
function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json');
  if (!installed || !isNodeThere()) return false;
  if (!locked) return true;
  const matches = ([place, entry]) =>
    installed[place]
      ? installed[place].version === entry.version && installed[place].integrity === entry.integrity
      : entry.optional || entry.devOptional || entry.peer;
  const isThere = (place) => locked[place] && existsSync(`${root}${place}`);
  return Object.entries(locked).every(matches) && Object.keys(installed).every(isThere);
}

/** Scripts run on the pinned Node when it is there, and otherwise on the machine's, which may be new enough. */
function isNodeThere() {
  const pinned = `${root}node_modules/node/bin/node`;
  return (
    existsSync(pinned) ||
    existsSync(`${pinned}.exe`) ||
    Number.parseInt(process.versions.node, 10) >= NODE_WANTED
  );
}

function install() {
  const command = locked ? 'ci' : 'install';
  console.error(`Installing dependencies (npm ${command}) …`);
  const options = [command, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  // The standard output is for what the command itself prints.
  const stdio = ['inherit', process.stderr.fd, 'inherit'];
  const ran = npm?.endsWith('.js')
    ? spawnSync(node ?? process.execPath, [npm, ...options], { cwd: root, stdio })
    : spawnSync('npm', options, { cwd: root, stdio, shell: process.platform === 'win32' });
  if (ran.status === 0) return;
  const why = ran.error ? ran.error.message : `npm ${command} ended with ${ran.status ?? ran.signal}`;
  fail(`Could not install the dependencies: ${why}. The messages above say why; the log is named there.`);
}

function fail(message) {
  console.error(`setup: ${message}`);
  process.exit(1);
}
