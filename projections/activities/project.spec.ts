import { describe, expect, it } from '@jest/globals';
import type { Activity } from '#domain/installation';
import { recorder, Views } from '../testing.ts';
import { activities, activitiesProjection, entryAsOf } from './index.ts';

const visit: Activity = { kind: 'work-order', performedOn: '2026-02-10', summary: 'Leak test' };
const document = {
  number: 'WO-1',
  issuedAt: '2026-02-10T15:00:00.000Z',
  issuedBy: {
    name: 'Koelwerk BV',
    vatNumber: 'NL001234567B01',
    street: 'Havenstraat 1',
    postalCode: '3011 AA',
    city: 'Rotterdam',
    country: 'NL',
  },
};

function logbook() {
  const record = recorder();
  const stream = 'installation-i';
  const added = record(
    stream,
    {
      type: 'ActivityAdded',
      data: { installationId: 'i', activityId: 'v', account: 'a', activity: visit, document },
    },
    { at: '2026-02-10T15:00:00.000Z' },
  );
  const changed = record(
    stream,
    {
      type: 'ActivityChanged',
      data: { installationId: 'i', activityId: 'v', account: 'a', changes: { summary: 'Leak found' } },
    },
    { at: '2026-02-11T15:00:00.000Z' },
  );
  const removed = record(stream, {
    type: 'ActivityRemoved',
    data: { installationId: 'i', activityId: 'v', account: 'a' },
  });
  return { record, added, changed, removed };
}

describe('the activities view', () => {
  it('keeps an activity with its author and its document', () => {
    const { added } = logbook();
    const entry = new Views(activitiesProjection).apply(added).get(activities, 'i:v');
    expect(entry).toStrictEqual({
      id: 'i:v',
      activityId: 'v',
      installationId: 'i',
      account: 'a',
      document,
      versions: [{ revision: 0, at: '2026-02-10T15:00:00.000Z', activity: visit }],
      revision: added.revision,
    });
    expect(entry && entryAsOf(entry)).toStrictEqual({
      activityId: 'v',
      account: 'a',
      activity: visit,
      document,
      addedAt: '2026-02-10T15:00:00.000Z',
    });
  });

  it('reads as of any revision: before it, as added, as changed, and gone (R-V5)', () => {
    const { added, changed, removed } = logbook();
    const entry = new Views(activitiesProjection).apply(added, changed, removed).get(activities, 'i:v');
    if (entry === undefined) throw new Error('There is no entry.');
    expect(entryAsOf(entry, -1)).toBeUndefined();
    expect(entryAsOf(entry, 0)?.activity.summary).toBe('Leak test');
    expect(entryAsOf(entry, 1)).toMatchObject({
      activity: { kind: 'work-order', summary: 'Leak found' },
      changedAt: '2026-02-11T15:00:00.000Z',
    });
    expect(entryAsOf(entry, 2)).toBeUndefined();
    expect(entryAsOf(entry)).toBeUndefined();
  });

  it('lists current entries by the day of the work, and all former ones by revision', () => {
    const { record, added } = logbook();
    const earlier = record('installation-i', {
      type: 'ActivityAdded',
      data: {
        installationId: 'i',
        activityId: 'w',
        account: 'b',
        activity: { kind: 'note', performedOn: '2026-01-05', summary: 'Noise' },
      },
    });
    const views = new Views(activitiesProjection).apply(added, earlier);
    expect(views.find(activities, 'by-performed-on', ['i'])).toStrictEqual(['i:w', 'i:v']);
    views.apply(
      record('installation-i', {
        type: 'ActivityRemoved',
        data: { installationId: 'i', activityId: 'v', account: 'a' },
      }),
    );
    expect(views.find(activities, 'by-performed-on', ['i'])).toStrictEqual(['i:w']);
    expect(views.find(activities, 'by-revision', ['i'])).toStrictEqual(['i:v', 'i:w']);
  });

  it('adds no version when events are delivered again', () => {
    const { added, changed } = logbook();
    const views = new Views(activitiesProjection).apply(added, changed);
    const before = views.get(activities, 'i:v');
    expect(views.apply(added, changed).get(activities, 'i:v')).toBe(before);
  });

  it('ignores an unknown activity, and other events', () => {
    const { record, changed, removed } = logbook();
    expect(new Views(activitiesProjection).apply(changed, removed).all(activities)).toStrictEqual([]);
    const archived = record('installation-i', {
      type: 'InstallationArchived',
      data: { installationId: 'i', account: 'a' },
    });
    expect(activitiesProjection.project(archived)).toStrictEqual([]);
  });
});
