import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** Of Tessera, as its package says. */
export function release(): string {
  const file = findPackageJSON('..', import.meta.url);
  const { version } = JSON.parse(readFileSync(file ?? '', 'utf8')) as { version: string };
  return version;
}
