import { type Browser, chromium } from 'playwright-core';
import { installFromDebian } from '../programs/debian.ts';

const EXECUTABLE = '/usr/bin/chromium';

/** With letters: a Debian without a desktop has none, and shows boxes. */
const PACKAGES = {
  [EXECUTABLE]: 'chromium',
  '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf': 'fonts-dejavu-core',
};

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
  await installFromDebian(PACKAGES);
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}
