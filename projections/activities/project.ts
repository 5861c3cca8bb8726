// An installation's logbook: as it is now, and as it was when an account lost its access (R-V5).
import type { Recorded } from '#contracts';
import type { Activity, ActivityChanged, ActivityRemoved } from '#domain/installation';
import { applyChanges } from '#domain/kernel';
import type { Change } from '#subscriptions';
import { defineProjection } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import { type ActivityVersion, activities, activityDocumentId } from './document.ts';

export const activitiesProjection = defineProjection({
  name: 'activities',
  version: 2,
  collections: [activities],
  on: {
    ActivityAdded: (event) => {
      const { installationId, activityId, account, activity, document } = event.data;
      const id = activityDocumentId(installationId, activityId);
      return [
        upsert(activities, id, event, () => ({
          id,
          activityId,
          installationId,
          account,
          ...(document && { document }),
          versions: [version(event, activity)] as const,
        })),
      ];
    },
    ActivityChanged: (event) => [
      addVersion(event, (activity) => activity && applyChanges<Activity>(activity, event.data.changes)),
    ],
    ActivityRemoved: (event) => [addVersion(event, () => undefined)],
  },
});

function addVersion(
  event: Recorded<ActivityChanged | ActivityRemoved>,
  next: (activity: Activity | undefined) => Activity | undefined,
): Change {
  const { installationId, activityId } = event.data;
  return update(activities, activityDocumentId(installationId, activityId), event, (document) => ({
    ...document,
    versions: [...document.versions, version(event, next(document.versions.at(-1)?.activity))] as const,
  }));
}

function version({ revision, metadata }: Recorded, activity: Activity | undefined): ActivityVersion {
  return { revision, at: metadata.at, ...(activity && { activity }) };
}
