// A log for specs of the audit, with its views.
import { changesState, isKnown, type Recorded, serialise, type TesseraEvent } from '#contracts';
import type { InstallationEvent } from '#domain/installation';
import type { EventReader, JsonObject, RecordedEvent } from '#event-store';
import type { Projection } from '#subscriptions';
import { SqliteViewStore } from '#view-store/sqlite';
import { recorder, Views } from '../../../../projections/testing.ts';
import { MemoryLog, STEP } from '../../../subscriptions/testing/memory-log.ts';

export const [owner, holder] = ['a', 'b'];
const placement = { customerId: 'c', locationId: 'l', reference: 'R-1' };

/** A log in the making. */
export class RecordedLog {
  readonly events: Recorded[] = [];
  readonly #record = recorder();

  record(stream: string, ...events: readonly TesseraEvent[]): void {
    for (const event of events) this.events.push(this.#record(stream, event));
  }

  recordAt(at: string, stream: string, event: TesseraEvent): void {
    this.events.push(this.#record(stream, event, { at }));
  }

  /** As an event that this release does not know, which a newer one may write. */
  recordUnknown(stream: string, type: string, data: JsonObject): void {
    const event = this.#record(stream, { type, data } as unknown as TesseraEvent);
    this.events.push(event);
  }

  /** Records the events of one request: each follows from `cause`, or else from its command. */
  recordCaused(
    story: string,
    cause: Recorded | undefined,
    stream: string,
    ...events: readonly TesseraEvent[]
  ) {
    const recorded = events.map((event): Recorded => {
      const { metadata, ...recorded } = this.#record(stream, event, { correlation: story });
      const $causationId = cause?.id ?? metadata.commandId;
      return { ...recorded, metadata: { ...metadata, $causationId } } as Recorded;
    });
    this.events.push(...recorded);
    return recorded;
  }

  /** The log with these events, those that were read from it, and the projections' documents. */
  async open(...projections: readonly Projection[]) {
    const views = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
    const log: EventReader = new MemoryLog(this.#stored());
    const to = await log.head();
    for (const projection of projections) {
      const documents = new Views(projection).apply(...this.events.filter(changesState));
      const writes = projection.collections.flatMap((collection) =>
        documents.all(collection).map((document) => ({ collection, id: document.id, document })),
      );
      const from = await views.checkpoint(projection.name);
      await views.commit({ follower: projection.name, from, to, writes });
    }
    const read: RecordedEvent[] = [];
    return { views, read, log: watched(log, read) };
  }

  #stored(): RecordedEvent[] {
    return this.events.map((event, place) => {
      const stored = isKnown(event) ? serialise(event) : {};
      return { ...event, ...stored, position: place * STEP } as unknown as RecordedEvent;
    });
  }
}

function watched(log: EventReader, read: RecordedEvent[]): EventReader {
  return {
    head: () => log.head(),
    readStream: async (...asked) => {
      const page = await log.readStream(...asked);
      read.push(...page);
      return page;
    },
    readAll: (...asked) => log.readAll(...asked),
    subscribe: async function* (...asked) {
      for await (const batch of log.subscribe(...asked)) {
        read.push(...batch.events);
        yield batch;
      }
    },
    close: () => log.close(),
  };
}

export function changed(brand: string): InstallationEvent {
  return {
    type: 'InstallationPropertiesChanged',
    data: { installationId: 'i', account: owner, changes: { brand } },
  };
}

export const registered: InstallationEvent = {
  type: 'InstallationRegistered',
  data: { installationId: 'i', account: owner, token: 'T', properties: {}, placement },
};

export function granted(grantId: string): InstallationEvent {
  const grant = {
    grantId,
    giver: owner,
    holder,
    shareId: 's',
    accessType: 'subcontractor',
    documentIdentity: 'performer',
    revocation: { kind: 'any-time' },
    approvedAt: '2026-03-01T09:00:00.000Z',
    grantedAt: '2026-03-01T09:00:00.000Z',
  } as const;
  return { type: 'InstallationAccessGranted', data: { installationId: 'i', placement, grant } };
}

export function withdrawn(grantId: string): InstallationEvent {
  const cause = { kind: 'revoked', account: owner, shareId: 's', grantId } as const;
  const withdrawnAt = '2026-03-01T09:00:00.000Z';
  return {
    type: 'InstallationAccessWithdrawn',
    data: { installationId: 'i', grantId, shareId: 's', giver: owner, holder, cause, withdrawnAt },
  };
}

/** What may happen to an installation, as a story of any length. */
export type Happening = 'change' | 'grant' | 'withdraw' | 'nothing';
export const happenings: readonly Happening[] = ['change', 'grant', 'withdraw', 'nothing'];

/** Records the life of an installation: access is given when there is none, and withdrawn when there is. */
export function recordLife(log: RecordedLog, story: readonly Happening[]): void {
  log.record('installation-i', registered);
  let given: string | undefined;
  for (const [n, happening] of story.entries()) {
    if (happening === 'change') log.record('installation-i', changed(`Brand ${n}`));
    if (happening === 'nothing') log.record('installation-i', { type: 'CommandHadNoEffect', data: {} });
    if (happening === 'grant' && given === undefined) {
      given = `g${n}`;
      log.record('installation-i', granted(given));
    } else if (happening === 'withdraw' && given !== undefined) {
      log.record('installation-i', withdrawn(given));
      given = undefined;
    }
  }
}
