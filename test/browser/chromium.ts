import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';
/** With letters: a Debian without a desktop has none, and shows boxes. */
const PACKAGES = ['chromium', 'fonts-dejavu-core'];
const FONT = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';
/** Whoever has made this folder installs; others wait for it. */
const LOCK = join(tmpdir(), 'tessera-installs-chromium');
const BETWEEN_LOOKS_MS = 500;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts Debian's Chromium, which is installed where it is missing.
 * @throws Error it is missing and cannot be installed, with what to do
 */
export async function startChromium(): Promise<Browser> {
  await installChromium();
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}

async function installChromium(): Promise<void> {
  while (![EXECUTABLE, FONT].every((file) => existsSync(file))) {
    const first = await mkdir(LOCK).then(
      () => true,
      () => false,
    );
    if (!first) {
      await pause(BETWEEN_LOOKS_MS);
      continue;
    }
    try {
      install();
    } finally {
      await rm(LOCK, { recursive: true });
    }
  }
}

function install(): void {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    throw new Error(
      `The browser tests need Chromium at ${EXECUTABLE}: install it, as on Debian with \`apt-get install chromium\`.`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES],
  ]) {
    const { status, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`\`apt-get ${args.join(' ')}\` failed: ${stderr}`);
  }
}
