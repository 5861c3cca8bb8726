import { describe, expect, it } from '@jest/globals';
import type { ErasureEvent } from '#domain/erasure';
import { recorder, Views } from '../testing.ts';
import { erasures, erasuresProjection } from './index.ts';

const [requestedAt, erasedAt] = ['2026-03-01T09:00:00.000Z', '2026-03-01T09:00:01.000Z'];
const of = { erasureId: 'e', account: 'frost', key: 'k' };

function story() {
  const record = recorder();
  const recordEvent = (event: ErasureEvent) => record('erasure-e', event, { account: 'frost' });
  const reason = 'requested';
  return {
    requested: recordEvent({ type: 'DataSubjectErasureRequested', data: { ...of, reason, requestedAt } }),
    erased: recordEvent({ type: 'DataSubjectErased', data: { ...of, erasedAt } }),
  };
}

describe('the view of erasures', () => {
  it('shows when one was requested, why, and when it was done', () => {
    const { requested, erased } = story();
    const views = new Views(erasuresProjection).apply(requested);
    const asked = { id: 'e', account: 'frost', reason: 'requested', requestedAt };
    expect(views.get(erasures, 'e')).toEqual({ ...asked, revision: 0 });
    expect(views.apply(erased).get(erasures, 'e')).toEqual({ ...asked, erasedAt, revision: 1 });
    expect(views.find(erasures, 'by-account', ['frost'])).toEqual(['e']);
    expect(views.find(erasures, 'by-account', ['rime'])).toEqual([]);
  });

  it('finds those that are not done', () => {
    const { requested, erased } = story();
    const views = new Views(erasuresProjection).apply(requested);
    expect(views.find(erasures, 'under-way', [])).toEqual(['e']);
    expect(views.apply(erased).find(erasures, 'under-way', [])).toEqual([]);
  });

  it('stays as it is when events are delivered again, or of an unknown erasure', () => {
    const { requested, erased } = story();
    const views = new Views(erasuresProjection).apply(requested, erased);
    const before = views.get(erasures, 'e');
    expect(views.apply(requested, erased).get(erasures, 'e')).toBe(before);
    expect(new Views(erasuresProjection).apply(erased).all(erasures)).toEqual([]);
  });
});
