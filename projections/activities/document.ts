import type { Activity, WorkOrderDocument } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import type { CollectionDefinition } from '#view-store';
import type { Reflecting } from '../reflecting.ts';

/** What the logbook said of an activity from `revision` of the installation on. */
export interface ActivityVersion {
  readonly revision: number;
  readonly at: Instant;
  /** Absent from the moment it was removed. */
  readonly activity?: Activity;
}

export interface ActivityDocument extends Reflecting {
  /** `<installation>:<activity>`. */
  readonly id: string;
  readonly activityId: string;
  readonly installationId: string;
  /** The account that added it, and alone may change it (R-G2). */
  readonly account: string;
  /** Issued with a work order, and never changed (R-A4). */
  readonly document?: WorkOrderDocument;
  /** Oldest first, never empty: whoever may only read up to some revision finds the version of that moment. */
  readonly versions: readonly [ActivityVersion, ...ActivityVersion[]];
}

export const activities: CollectionDefinition<ActivityDocument> = {
  name: 'activities',
  indexes: {
    /** The logbook of today, by the day of the work. */
    'by-performed-on': (document) => {
      const { activity } = latest(document);
      return activity && [document.installationId, activity.performedOn, document.versions[0].revision];
    },
    /** Everything that ever stood in it, by the installation's revision that brought it. */
    'by-revision': ({ installationId, versions }) => [installationId, versions[0].revision],
  },
};

function latest({ versions }: ActivityDocument): ActivityVersion {
  return versions[versions.length - 1] as ActivityVersion;
}

export function activityDocumentId(installationId: string, activityId: string): string {
  return `${installationId}:${activityId}`;
}

/** An entry of the logbook as it is read. */
export interface LogbookEntry {
  readonly activityId: string;
  readonly account: string;
  readonly activity: Activity;
  readonly document?: WorkOrderDocument;
  readonly addedAt: Instant;
  readonly changedAt?: Instant;
}

/**
 * The entry as it stood at `revision` of its installation, today's by default (R-V5).
 * `undefined` when it was not there yet, or not any more.
 */
export function entryAsOf(
  document: ActivityDocument,
  revision = Number.POSITIVE_INFINITY,
): LogbookEntry | undefined {
  const [added] = document.versions;
  const version = document.versions.findLast((candidate) => candidate.revision <= revision);
  if (version?.activity === undefined) return undefined;
  return {
    activityId: document.activityId,
    account: document.account,
    activity: version.activity,
    ...(document.document && { document: document.document }),
    addedAt: added.at,
    ...(version !== added && { changedAt: version.at }),
  };
}
