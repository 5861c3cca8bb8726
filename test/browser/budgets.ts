import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect } from '@jest/globals';
import type { Stage } from './stage.ts';

const BUILT = fileURLToPath(new URL('../../dist/console', import.meta.url));

/** Compressed script that home may load first. Bytes. */
const HOME_SCRIPT = 250_000;
/** Until home shows what waits, with a processor four times as slow. Milliseconds. */
const HOME_SHOWN = 1_500;

/** Prints what home costs, and fails where it is larger than it may be: how long it takes says something of the machine, too. */
export async function measureHome(stage: Stage): Promise<void> {
  const visitor = await stage.visit('Noordlicht', { isNew: true });
  const session = await visitor.context.newCDPSession(visitor.page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const scripts = new Set<string>();
  visitor.page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js')) scripts.add(pathname);
  });
  const beganAt = performance.now();
  await visitor.goto('/');
  await visitor.page.getByRole('heading', { name: /^To evaluate/ }).waitFor();
  const shown = performance.now() - beganAt;
  const bytes = [...scripts].reduce((sum, file) => sum + gzipSync(readFileSync(`${BUILT}${file}`)).length, 0);
  report('home: script, compressed', `${Math.round(bytes / 1_000)} kB`, `${HOME_SCRIPT / 1_000} kB`);
  report('home: shown, processor slowed four times', `${Math.round(shown)} ms`, `${HOME_SHOWN} ms`);
  expect(bytes).toBeLessThan(HOME_SCRIPT);
}

/** One line of what was measured, for whoever compares it over time. */
export function report(what: string, figure: string, budget: string): void {
  process.stdout.write(`  budget  ${what}: ${figure} of ${budget}\n`);
}
