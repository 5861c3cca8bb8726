import { type Browser, chromium } from 'playwright-core';
import { installFromDebian } from '../programs/debian.ts';

/** The browser without the windows around its pages, which cost more than the pages do. */
const EXECUTABLE = '/usr/bin/chromium-headless-shell';

/** With letters: a Debian without a desktop has none, and shows boxes. */
const PACKAGES = {
  [EXECUTABLE]: 'chromium-headless-shell',
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
