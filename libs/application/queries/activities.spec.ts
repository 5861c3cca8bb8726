import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Recorded, TesseraEvent } from '#contracts';
import { START } from '#event-store';
import { activitiesProjection } from '#projections/activities';
import { installationsProjection } from '#projections/installations';
import type { Projection } from '#subscriptions';
import { SqliteViewStore } from '#view-store/sqlite';
import { recorder, Views } from '../../../projections/testing.ts';
import { ListActivities, ListActivitiesHandler } from './activities.ts';
import { granted, holder, owner, registered } from './testing/recorded-log.ts';

const cause = { kind: 'revoked', account: owner, shareId: 's', grantId: 'g' } as const;

let store: SqliteViewStore;

beforeEach(() => {
  store = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
});

afterEach(() => store.close());

/** Keeps what a projection makes of the events, and no more of them. */
async function show(projection: Projection, events: readonly Recorded[]): Promise<void> {
  const views = new Views(projection).apply(...events);
  const writes = projection.collections.flatMap((collection) =>
    views.all(collection).map((document) => ({ collection, id: document.id, document })),
  );
  await store.commit({ follower: projection.name, from: START, to: START, writes });
}

function history(): readonly Recorded[] {
  const record = recorder();
  const recordEvent = (event: TesseraEvent) => record('installation-i', event);
  const added = (activityId: string, summary: string) =>
    recordEvent({
      type: 'ActivityAdded',
      data: {
        installationId: 'i',
        activityId,
        account: owner,
        activity: { kind: 'note', performedOn: '2026-03-01', summary },
      },
    });
  return [
    recordEvent(registered),
    recordEvent(granted('g')),
    added('v', 'While it had access'),
    recordEvent({
      type: 'InstallationAccessWithdrawn',
      data: {
        installationId: 'i',
        grantId: 'g',
        shareId: 's',
        giver: owner,
        holder,
        cause,
        withdrawnAt: '2026-03-02T09:00:00.000Z',
      },
    }),
    added('w', 'After its access ended'),
  ];
}

async function read(): Promise<(string | undefined)[]> {
  const caller = { account: holder, user: 'someone', roles: ['administrator'] } as const;
  const list = new ListActivities(caller, 'i', { pageSize: 50 });
  const { items } = await new ListActivitiesHandler(store, { now: () => '2026-03-05T09:00:00.000Z' }).execute(
    list,
  );
  return items.map(({ summary }) => summary);
}

describe('a logbook read by an account that loses access to it', () => {
  it.each([3, 4, 5])(
    'never shows later activity, also where the view of access knows %i events and that of entries all (R-V5)',
    async (known) => {
      const events = history();
      await show(installationsProjection, events.slice(0, known));
      await show(activitiesProjection, events);
      expect(await read()).toEqual(['While it had access']);
    },
  );
});
