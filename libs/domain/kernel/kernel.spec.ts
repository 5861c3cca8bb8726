import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  allowingRole,
  conflict,
  fold,
  forbidden,
  fromMillis,
  hasRole,
  impossible,
  inBatches,
  notFound,
  outOfPlace,
  plusMillis,
  type Role,
  toMillis,
  unreachable,
} from './index.ts';

describe('moments', () => {
  it('are written in UTC to the millisecond', () => {
    expect(plusMillis('2026-02-28T23:59:59.999Z', 1)).toBe('2026-03-01T00:00:00.000Z');
    expect(toMillis('1970-01-01T00:00:01.000Z')).toBe(1000);
  });

  it('are in order of time when sorted as text', () => {
    const millis = fc.integer({ min: 0, max: toMillis('9999-12-31T23:59:59.999Z') });
    fc.assert(
      fc.property(millis, millis, (a, b) => {
        expect(fromMillis(a) < fromMillis(b)).toBe(a < b);
        expect(toMillis(fromMillis(a))).toBe(a);
      }),
    );
  });
});

describe('roles', () => {
  const member = (...roles: Role[]) => ({ roles });

  it('allow an actor that has one of them', () => {
    expect(hasRole(member('technician', 'manager'), ['manager'])).toBe(true);
    expect(hasRole(member('technician'), ['manager'])).toBe(false);
    expect(hasRole(member(), ['technician'])).toBe(false);
  });

  it('of members are implied by those of an administrator, an internal service and a process', () => {
    expect(hasRole(member('administrator'), ['technician'])).toBe(true);
    expect(hasRole(member('service'), ['administrator'])).toBe(true);
    expect(hasRole(member('system'), ['administrator'])).toBe(true);
  });

  it.each<Role>(['system', 'operator', 'auditor'])(
    'of the platform are implied by no other role: %s',
    (role) => {
      expect(hasRole(member('administrator', 'service'), [role])).toBe(false);
      expect(hasRole(member(role), [role])).toBe(true);
    },
  );

  it.each<Role>(['operator', 'auditor'])('of the platform imply no role of an account: %s', (role) => {
    expect(hasRole(member(role), ['administrator'])).toBe(false);
  });

  it('the role that allows an action need not be the actor’s first', () => {
    expect(allowingRole(member('technician', 'manager'), ['manager', 'administrator'])).toBe('manager');
    expect(allowingRole(member('manager', 'administrator'), ['technician'])).toBe('administrator');
    expect(allowingRole(member('auditor', 'service'), ['technician'])).toBe('service');
    expect(allowingRole(member('technician'), ['manager'])).toBeUndefined();
  });

  it('an action without roles is allowed to nobody', () => {
    const everyone: Role[] = [
      'technician',
      'manager',
      'administrator',
      'auditor',
      'operator',
      'service',
      'system',
    ];
    expect(hasRole(member(...everyone), [])).toBe(false);
  });
});

describe('a replay', () => {
  const counting = { evolve: (count: number, _: { type: 'Counted'; data: number }) => count + 1 };

  it('folds every event in order, from the given state', () => {
    const joining = { evolve: (text: string, event: { type: string; data: string }) => text + event.data };
    const events = ['b', 'c', 'd'].map((data) => ({ type: 'Said', data }));
    expect(fold(joining, 'a', events)).toBe('abcd');
    expect(fold(counting, 5, [])).toBe(5);
  });

  it('fails at an event that cannot follow', () => {
    expect(() => outOfPlace({ type: 'Ended', data: {} }, 'none')).toThrow(
      'Ended cannot follow in a stream whose status is "none".',
    );
    expect(() => unreachable('odd' as never)).toThrow('Unreachable: "odd"');
  });
});

describe('batches', () => {
  it('hold every item once, in order, and never more than their size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 7 }), (items, size) => {
        const batches = inBatches(items, size);
        expect(batches.flat()).toEqual(items);
        expect(batches.slice(0, -1).every((batch) => batch.length === size)).toBe(true);
        expect(batches.every((batch) => batch.length > 0 && batch.length <= size)).toBe(true);
      }),
    );
  });
});

describe('refusals', () => {
  it('R-S10 carry their kind, their rule, and what is allowed instead', () => {
    const errors = [{ pointer: '/name', code: 'too-odd', detail: 'Odd.' }];
    expect(
      conflict('share-closed', 'It is closed.', { currentStatus: 'rejected', allowedActions: [], errors }),
    ).toMatchObject({
      name: 'Refusal',
      kind: 'conflict',
      code: 'share-closed',
      message: 'It is closed.',
      currentStatus: 'rejected',
      allowedActions: [],
      errors,
    });
    expect(impossible('never', 'Never.')).toMatchObject({ kind: 'impossible', code: 'never' });
    expect(forbidden('No.')).toMatchObject({ kind: 'forbidden', code: 'role-not-allowed' });
  });

  it('R-S10 have the context that their caller may know, unless they have one already', () => {
    const context = { currentStatus: 'pending', allowedActions: ['end'] };
    const errors = [{ pointer: '/name', code: 'too-odd', detail: 'Odd.' }];
    for (const refusal of [conflict('no', 'No.', { errors }), impossible('no', 'No.', { errors })]) {
      const { kind, message } = refusal;
      expect(refusal.inContext(context)).toMatchObject({ kind, code: 'no', message, errors, ...context });
    }
    expect(forbidden('No.').inContext(context)).toMatchObject(context);
    expect(conflict('no', 'No.', { currentStatus: 'ended' }).inContext(context)).toMatchObject({
      currentStatus: 'ended',
      allowedActions: undefined,
    });
    expect(conflict('no', 'No.').inContext(undefined)).toMatchObject({ currentStatus: undefined });
    expect(notFound('share').inContext(context)).toMatchObject({ currentStatus: undefined });
  });

  it('R-S10 say the same of what is not there and of what is not yours', () => {
    expect(notFound('share')).toMatchObject({
      kind: 'not-found',
      code: 'not-found',
      message: 'There is no such share.',
      currentStatus: undefined,
      allowedActions: undefined,
    });
  });
});
