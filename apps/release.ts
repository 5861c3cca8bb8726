import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/** The folder that Tessera is installed in: that of its package.json. */
export function installedIn(): string {
  return dirname(findPackageJSON('..', import.meta.url) ?? '');
}

/** The version of Tessera, from its package.json. */
export function release(): string {
  const file = join(installedIn(), 'package.json');
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}
