import { describe, expect, it } from '@jest/globals';
import { Environment } from '../environment.ts';
import { FiguresDoor, readMetricsToken } from './door.ts';

describe('the figures', () => {
  it('are told to whoever has the token, and to nobody else', () => {
    const door = new FiguresDoor('sixteen-letters-1', true);
    expect(door.admits('Bearer sixteen-letters-1')).toBe(true);
    for (const other of [undefined, '', 'Bearer sixteen-letters-2', 'sixteen-letters-1']) {
      expect(door.admits(other)).toBe(false);
    }
  });

  it.each([true, false])('are told to anybody without a token: %s', (isOpen) => {
    expect(new FiguresDoor(undefined, isOpen).admits(undefined)).toBe(isOpen);
  });

  it.each(['short', 'with spaces in the token'])(
    'have no token such as "%s", and none is repeated',
    (token) => {
      const env = new Environment({ METRICS_TOKEN: token });
      readMetricsToken(env);
      expect(() => env.checked({})).toThrow('METRICS_TOKEN');
      expect(() => env.checked({})).not.toThrow(token);
    },
  );
});
