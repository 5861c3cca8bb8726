import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const notes = readdirSync('docs/decisions').filter((name) => name !== 'README.md');

describe('the decisions', () => {
  it('are all listed, each once', () => {
    const links = readFileSync('docs/decisions/README.md', 'utf8').matchAll(/\]\(([\w-]+\.md)\)/g);
    expect(Array.from(links, ([, name]) => name).sort()).toEqual(notes.toSorted());
  });

  it('say of each that was replaced by which one', () => {
    const links = (status: string, words: RegExp) =>
      status
        .split(' · ')
        .filter((part) => words.test(part))
        .flatMap((part) => Array.from(part.matchAll(/\]\(([\w-]+\.md)\)/g), ([, name = '']) => name));
    const statusOf = (name: string) => readFileSync(`docs/decisions/${name}`, 'utf8').split('\n')[2] ?? '';
    const pairs = (words: RegExp) =>
      notes.flatMap((name) => links(statusOf(name), words).map((other) => [name, other]));
    const replaced = pairs(/^replaced /).map(([earlier, later]) => [later, earlier]);
    expect(pairs(/^(replaces|changes) /).sort()).toEqual(replaced.sort());
  });
});
