import { describe, expect, it } from '@jest/globals';
import { hasRole } from '#domain/kernel';
import { commandsOf, scenario } from '#domain/kernel/testing';
import { type ErasureCommand, type ErasureEvent, erasure, erasureRoles } from './index.ts';

const ask = commandsOf<ErasureCommand>();
const erase = ask('frost', 'EraseDataSubject', { erasureId: 'e', key: 'k', reason: 'requested' });
const complete = ask('frost', 'CompleteErasure', { erasureId: 'e' });
const requested: ErasureEvent = {
  type: 'DataSubjectErasureRequested',
  data: { erasureId: 'e', account: 'frost', key: 'k', reason: 'requested', requestedAt: erase.now },
};
const erased: ErasureEvent = {
  type: 'DataSubjectErased',
  data: { erasureId: 'e', account: 'frost', key: 'k', erasedAt: complete.now },
};
const given = scenario(erasure).given;

describe('erasing a data subject', () => {
  it('records which key is to be destroyed, and not who it is of', () => {
    given().when(erase).then(requested);
  });

  it('changes nothing the second time, also when the key is gone', () => {
    const again = ask('frost', 'EraseDataSubject', { erasureId: 'e' });
    for (const history of [[requested], [requested, erased]])
      given(...history)
        .when(again)
        .thenNothing();
  });

  it('is refused where nothing is recorded of the person', () => {
    given()
      .when(ask('frost', 'EraseDataSubject', { erasureId: 'e' }))
      .thenRefused('conflict', 'nothing-to-erase');
  });

  it('is for administrators', () => {
    expect(hasRole({ roles: ['manager', 'technician'] }, erasureRoles.EraseDataSubject)).toBe(false);
    expect(hasRole({ roles: ['administrator'] }, erasureRoles.EraseDataSubject)).toBe(true);
  });

  it('R-S10 shows another account nothing', () => {
    for (const type of ['EraseDataSubject', 'CompleteErasure'] as const) {
      given(requested)
        .when(ask('rime', type, { erasureId: 'e' }))
        .thenRefused('not-found', 'not-found');
    }
  });
});

describe('completing an erasure', () => {
  it('records that the key is destroyed', () => {
    given(requested).when(complete).then(erased);
  });

  it('changes nothing the second time', () => {
    given(requested, erased).when(complete).thenNothing();
  });

  it('does not find one that was never asked for', () => {
    given().when(complete).thenRefused('not-found', 'not-found');
  });
});

describe('the history of an erasure', () => {
  it.each([
    { before: [], event: erased },
    { before: [requested], event: requested },
    { before: [requested, erased], event: erased },
  ])('has no $event.type out of place: %#', ({ before, event }) => {
    const state = before.reduce(erasure.evolve, erasure.initial);
    expect(() => erasure.evolve(state, event)).toThrow(`${event.type} cannot follow`);
  });
});
