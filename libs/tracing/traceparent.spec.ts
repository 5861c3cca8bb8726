import { describe, expect, it } from '@jest/globals';
import { readTraceparent, traceOf } from './traceparent.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('the header traceparent', () => {
  it('names a place in a trace', () => {
    const place = readTraceparent(`00-${TRACE}-${SPAN}-01`);
    expect(place).toBe(`00-${TRACE}-${SPAN}-01`);
    expect(traceOf(place as string)).toBe(TRACE);
  });

  it('of a later version is read as the version that is known', () => {
    expect(readTraceparent(`cc-${TRACE}-${SPAN}-01-what-else`)).toBe(`00-${TRACE}-${SPAN}-01`);
  });

  it.each([
    undefined,
    ['00', TRACE, SPAN, '01'],
    '',
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-more`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `ff-${TRACE}-${SPAN}-01`,
    `cc-${TRACE}-${SPAN}-01-${'x'.repeat(300)}`,
  ])('is passed over where it is %j', (header) => {
    expect(readTraceparent(header)).toBeUndefined();
  });
});
