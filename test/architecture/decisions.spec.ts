import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

describe('the decisions', () => {
  it('are all listed, each once', () => {
    const notes = readdirSync('docs/decisions').filter((name) => name !== 'README.md');
    const links = readFileSync('docs/decisions/README.md', 'utf8').matchAll(/\]\(([\w-]+\.md)\)/g);
    expect(Array.from(links, ([, name]) => name).sort()).toEqual(notes.sort());
  });
});
