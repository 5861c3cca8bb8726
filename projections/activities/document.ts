import type { Activity, WorkOrderDocument } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import type { CollectionDefinition } from '#view-store';
import type { Reflecting } from '../reflecting.ts';

/** A version of an activity: what the logbook shows from `revision` of the installation on. */
export interface ActivityVersion {
  readonly revision: number;
  readonly at: Instant;
  /** Absent once it has been removed. */
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
  /** Oldest first, never empty: a reader limited to some revision finds the version of that moment. */
  readonly versions: readonly [ActivityVersion, ...ActivityVersion[]];
}

export const activities: CollectionDefinition<ActivityDocument> = {
  name: 'activities',
  indexes: {
    /** The current logbook, by the day of the work. */
    'by-performed-on': (document) => {
      const { activity } = latest(document);
      return activity && [document.installationId, activity.performedOn, document.versions[0].revision];
    },
    /** The entries of the current logbook that have a document. */
    documents: (document) => {
      const { activity } = latest(document);
      const isOne = document.document !== undefined || activity?.attachment !== undefined;
      return activity && isOne
        ? [document.installationId, activity.performedOn, document.versions[0].revision]
        : undefined;
    },
    /** All entries with a document that an account has added to any logbook, by the time they were added. */
    'documents-by-account': ({ account, document, versions, id }) =>
      document !== undefined || versions.some(({ activity }) => activity?.attachment !== undefined)
        ? [account, versions[0].at, id]
        : undefined,
    /** All entries, including removed ones, by the installation's revision that added them. */
    'by-revision': ({ installationId, versions }) => [installationId, versions[0].revision],
  },
};

function latest({ versions }: ActivityDocument): ActivityVersion {
  return versions[versions.length - 1] as ActivityVersion;
}

export function activityDocumentId(installationId: string, activityId: string): string {
  return `${installationId}:${activityId}`;
}

/** An entry of the logbook as readers see it. */
export interface LogbookEntry {
  readonly activityId: string;
  readonly account: string;
  readonly activity: Activity;
  readonly document?: WorkOrderDocument;
  readonly addedAt: Instant;
  readonly changedAt?: Instant;
}

/**
 * The entry as it was at `revision` of its installation, the current one by default (R-V5).
 * `undefined` when it did not exist yet, or was removed.
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
