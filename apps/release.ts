import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** The version of Tessera, from its package.json. */
export function release(): string {
  const file = findPackageJSON('..', import.meta.url);
  const { version } = JSON.parse(readFileSync(file ?? '', 'utf8')) as { version: string };
  return version;
}
