// The files that docs/contributing.md lists for a new thing are those that each such thing is named in.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#contracts';

const FILES = '{apps,libs,projections,test}/**/{*.ts,*.json,SHA256SUMS}';
const isSpec = (path: string) => /\.spec\.ts$|\/testing[/.]|\/fixtures\//.test(path);

const contents = new Map(
  globSync(FILES)
    .filter((path) => !isSpec(path))
    .map((path) => [path, readFileSync(path, 'utf8')]),
);

/** A path as it is for every thing: without the name of this one, and of what it belongs to. */
function pattern(path: string, name: string): string {
  return path
    .replace(name, '<Name>')
    .replace(/^libs\/domain\/\w+\//, 'libs/domain/<module>/')
    .replace(/^projections\/\w+\//, 'projections/<view>/');
}

function filesOf(name: string): Set<string> {
  const word = new RegExp(`\\b${name}\\b`);
  return new Set(
    [...contents]
      .filter(([path, text]) => word.test(text) || word.test(path))
      .map(([path]) => pattern(path, name)),
  );
}

/** The block of paths under a heading. */
function listed(heading: string): readonly string[] {
  const guide = readFileSync('docs/contributing.md', 'utf8');
  const [, section = ''] = guide.split(`\n## ${heading}\n`);
  return /```text\n([\s\S]*?)```/.exec(section)?.[1]?.trim().split('\n') ?? [];
}

describe('the files to touch', () => {
  it.each([['An event', [...eventTypes.keys()]]])(
    'for one thing of its kind are listed: %s',
    (heading, names) => {
      const [first = new Set<string>(), ...others] = names.map(filesOf);
      const everywhere = [...first].filter((path) => others.every((files) => files.has(path)));
      expect(listed(heading)).toEqual(everywhere.sort());
    },
  );
});
