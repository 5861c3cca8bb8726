import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const ROW = /^\| .* \| `(?<file>[^`]+)` \| (?<title>.*) \|$/;

interface Promised {
  readonly file: string;
  readonly title: string;
}

const named = readFileSync('docs/behaviour.md', 'utf8')
  .split('\n')
  .flatMap((line) => (ROW.exec(line)?.groups as Promised | undefined) ?? []);

describe('docs/behaviour.md', () => {
  it('names tests', () => {
    expect(named.length).toBeGreaterThan(100);
  });

  it('names existing tests only', () => {
    const missing = named.filter(({ file, title }) => {
      const source = existsSync(file) ? readFileSync(file, 'utf8') : '';
      const spelt = [title, title.replaceAll("'", "\\'")];
      return !spelt.some((text) => ["'", '"', '`'].some((quote) => source.includes(quote + text + quote)));
    });
    expect(missing).toStrictEqual([]);
  });
});
