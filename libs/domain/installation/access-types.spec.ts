import { describe, expect, it } from '@jest/globals';
import { accessTypes, givableUnder, receivableBy, strengthOf } from './access-types.ts';

describe('R-A: access types', () => {
  it.each([
    ['operator', true, false],
    ['installation-manager', false, true],
    ['subcontractor', false, true],
    ['on-loan', false, true],
  ] as const)(
    '%s may be held by a connect account: %s, by a service account: %s',
    (type, connect, service) => {
      expect(receivableBy(type, 'connect')).toBe(connect);
      expect(receivableBy(type, 'service')).toBe(service);
    },
  );

  it.each([
    ['operator', accessTypes],
    ['installation-manager', accessTypes],
    ['subcontractor', ['subcontractor', 'on-loan']],
    ['on-loan', []],
  ] as const)('a holder of %s may give on %j', (type, given) => {
    expect(givableUnder(type)).toStrictEqual(given);
  });

  it('ranks operator with installation-manager, above subcontractor, above on-loan (R-A5)', () => {
    expect(strengthOf('operator')).toBe(strengthOf('installation-manager'));
    expect(strengthOf('installation-manager')).toBeGreaterThan(strengthOf('subcontractor'));
    expect(strengthOf('subcontractor')).toBeGreaterThan(strengthOf('on-loan'));
  });
});
