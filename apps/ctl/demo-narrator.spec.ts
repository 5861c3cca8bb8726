import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { Narrator } from './demo-narrator.ts';

/** A narrator who writes to a terminal without colours, and what was written. */
function narratorWith(columns?: number) {
  const out = Object.assign(new PassThrough({ encoding: 'utf8' }), { columns, isTTY: false });
  const printed = () => out.read() as string;
  return { narrator: new Narrator(out as unknown as NodeJS.WriteStream), printed };
}

describe('the narrator', () => {
  it('records checks that failed', () => {
    const { narrator, printed } = narratorWith();
    narrator.check('two are placed', [1, 1], [1, 1]);
    narrator.check('three are offered', { offered: 2 }, { offered: 3 });
    narrator.end();
    const difference = 'three are offered: expected { offered: 3 }, was { offered: 2 }';
    expect(narrator.differences).toEqual([difference]);
    expect(printed()).toBe(
      [
        '           ✓  two are placed',
        `           ✗  ${difference}`,
        '',
        '1 of 2 checks failed:',
        `   ${difference}`,
        '',
      ].join('\n'),
    );
  });

  it('ends with success when all checks passed', () => {
    const { narrator, printed } = narratorWith();
    narrator.check('one is one', 1, 1);
    narrator.end();
    expect(printed()).toMatch(/\nAll checks passed: 1 checks\.\n$/);
  });

  it('prints a refusal with its code, its reasons and the allowed actions', () => {
    const { narrator, printed } = narratorWith();
    const error = { pointer: 'i1', code: 'access-type-not-givable', detail: 'Not this one.' };
    narrator.refusal('It tries', {
      type: '/problems/selection-not-shareable',
      title: 'Impossible',
      status: 422,
      code: 'selection-not-shareable',
      detail: 'Some cannot be shared.',
      currentStatus: 'to-evaluate',
      allowedActions: ['approve', 'reject'],
      errors: [error, { ...error, pointer: 'i2' }],
    });
    expect(printed()).toBe(
      [
        '     refused  It tries: 422 selection-not-shareable. Some cannot be shared.',
        '              Because: access-type-not-givable.',
        '              It is to-evaluate; allowed now: approve, reject.',
        '',
      ].join('\n'),
    );
  });

  it('wraps lines at the width of the terminal, indented', () => {
    const { narrator, printed } = narratorWith(40);
    narrator.event('The package became available: 8 installations.');
    expect(printed()).toBe(
      [
        '       event  The package became',
        '              available: 8',
        '              installations.',
        '',
      ].join('\n'),
    );
  });
});
