// The files that docs/contributing.md lists for a new thing are those that each such thing is named in.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { changesState, eventTypes } from '#contracts';

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

const guide = readFileSync('docs/contributing.md', 'utf8');

/** What is told beside a thing, or made from it. */
const isBeside = (path: string) => /^(test|apps\/api\/(demo|openapi)|libs\/client)\//.test(path);

/** Where one thing of its kind is named, without what is told beside it or made from it. */
function sourcesOf(name: string): string[] {
  const word = new RegExp(`\\b${name}\\b`);
  const found = [...contents].filter(([path, text]) => word.test(text) && !isBeside(path));
  return found.map(([path]) => path).sort();
}

/** The paths of the list that gives `name` as its example, in their order. */
function listedBy(name: string): readonly string[] {
  const [, after = ''] = guide.split(`by the example of \`${name}\``);
  const list = /\n\n((?:- .*\n)+)/.exec(after)?.[1] ?? '';
  return Array.from(list.matchAll(/^- `([^`]+)`/gm), ([, path]) => path as string);
}

/** The block of paths under a heading. */
function listed(heading: string): readonly string[] {
  const [, section = ''] = guide.split(`\n## ${heading}\n`);
  return /```text\n([\s\S]*?)```/.exec(section)?.[1]?.trim().split('\n') ?? [];
}

/** Those of the domain; what is stored of a command without effect is of no kind of stream. */
const domainEvents = [...eventTypes.keys()].filter((type) => changesState({ type }));

describe('the files to touch', () => {
  it.each([['An event', domainEvents]])('for one thing of its kind are listed: %s', (heading, names) => {
    const [first = new Set<string>(), ...others] = names.map(filesOf);
    const everywhere = [...first].filter((path) => others.every((files) => files.has(path)));
    expect(listed(heading)).toEqual(everywhere.sort());
  });

  it('for a command of a share are listed by an example', () => {
    expect(listedBy('FinishShare').toSorted()).toEqual(sourcesOf('FinishShare'));
  });

  it('for what a process records on a share are the first three of them, beside the process', () => {
    const inDomain = sourcesOf('CompleteStep').filter((path) => !path.startsWith('libs/processes/'));
    expect(listedBy('FinishShare').slice(0, 3).toSorted()).toEqual(inDomain);
  });

  it('exist', () => {
    const named = guide.matchAll(/`((?:apps|docs|libs|projections|test)\/[^`*<]+)`/g);
    const paths = Array.from(named, ([, path]) => path as string);
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });
});
