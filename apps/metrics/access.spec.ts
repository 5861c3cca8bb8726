import { describe, expect, it } from '@jest/globals';
import { Environment } from '../environment.ts';
import { MetricsAccess, readMetricsToken } from './access.ts';

describe('the metrics', () => {
  it('are told to whoever has the token, and to nobody else', () => {
    const access = new MetricsAccess('sixteen-letters-1', true);
    expect(access.allows('Bearer sixteen-letters-1')).toBe(true);
    for (const other of [undefined, '', 'Bearer sixteen-letters-2', 'sixteen-letters-1']) {
      expect(access.allows(other)).toBe(false);
    }
  });

  it.each([true, false])('are told to anybody without a token: %s', (isOpen) => {
    expect(new MetricsAccess(undefined, isOpen).allows(undefined)).toBe(isOpen);
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
