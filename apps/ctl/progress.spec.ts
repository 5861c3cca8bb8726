import { describe, expect, it } from '@jest/globals';
import { Progress } from './progress.ts';

/** The output for 1,000 events copied and one compared. */
function output(isTTY: boolean): string {
  let text = '';
  const progress = new Progress({ isTTY, write: (more) => (text += more) });
  for (let done = 1; done <= 1_000; done++) progress.report('copying', done, 2_000);
  progress.report('verifying', 1, 2_000);
  progress.end();
  progress.end();
  return text;
}

describe('the progress of a long operation', () => {
  it('is a line per phase in a file or pipe', () => {
    expect(output(false)).toMatch(
      /^ {2}copying +1,000 of 2,000 events, [\d,]+ events\/s\n {2}verifying +1 of 2,000 events, 0 events\/s\n$/,
    );
  });

  it('overwrites the line before on a terminal', () => {
    const lines = output(true).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.map((line) => line.at(0))).toEqual(['\r', '\r', undefined]);
    expect(lines.slice(0, 2).every((line) => line.endsWith('\u001b[K'))).toBe(true);
  });
});
