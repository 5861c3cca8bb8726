import { describe, expect, it } from '@jest/globals';
import { fits } from './entry.ts';

describe('an entry of the palette', () => {
  const name = 'Instellingen van Café Één';

  it.each(['', ' ', 'inst', 'cafe inst', 'ÉEN', 'van  café'])('fits %j', (query) => {
    expect(fits({ name }, query)).toBe(true);
  });

  it.each(['stel', 'inst x', 'cafes'])('does not fit %j', (query) => {
    expect(fits({ name }, query)).toBe(false);
  });
});
