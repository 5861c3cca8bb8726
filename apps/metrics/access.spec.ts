import { describe, expect, it } from '@jest/globals';
import { Environment } from '../environment.ts';
import { MetricsAccess, readMetricsToken } from './access.ts';

describe('the metrics', () => {
  it('are served with the token only', () => {
    const access = new MetricsAccess('sixteen-letters-1', true);
    expect(access.allows('Bearer sixteen-letters-1')).toBe(true);
    for (const other of [undefined, '', 'Bearer sixteen-letters-2', 'sixteen-letters-1']) {
      expect(access.allows(other)).toBe(false);
    }
  });

  it.each([true, false])('are served without authentication where no token is set: %s', (isOpen) => {
    expect(new MetricsAccess(undefined, isOpen).allows(undefined)).toBe(isOpen);
  });

  it.each(['short', 'with spaces in the token'])('refuse the token "%s", without repeating it', (token) => {
    const env = new Environment({ METRICS_TOKEN: token });
    readMetricsToken(env);
    expect(() => env.checked({})).toThrow('METRICS_TOKEN');
    expect(() => env.checked({})).not.toThrow(token);
  });
});
