import { describe, expect, it } from '@jest/globals';
import { periodOf } from './moments.ts';

describe('days as a period', () => {
  it('begin after the day before, and hold the last one to its end', () => {
    expect(periodOf('2026-03-01', '2026-03-31')).toEqual({
      from: '2026-02-28T23:59:59.999Z',
      to: '2026-03-31T23:59:59.999Z',
    });
  });

  it('have no beginning and no end where no day is named', () => {
    expect(periodOf('', '')).toEqual({});
  });
});
