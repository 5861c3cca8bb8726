import type { DomainEvent } from '#domain/kernel';
import type { JsonObject, RecordedEvent } from '#event-store';

/** Turns the data of one version of an event type into that of the next. */
export type Upcast = (data: JsonObject) => JsonObject;

/** The event types there are, the version each is stored in today, and the way from every older version. */
export class EventRegistry<Event extends DomainEvent> {
  private readonly versions = new Map<string, number>();
  private readonly upcasts = new Map<string, Map<number, Upcast>>();

  /** @throws DuplicateRegistration the type is there already */
  register(type: Event['type'], version: number): void {
    if (this.versions.has(type)) throw new DuplicateRegistration(`event type ${type}`);
    this.versions.set(type, version);
  }

  /**
   * From `fromVersion` to the version after it.
   * @throws DuplicateRegistration there is one already
   */
  upcaster(type: Event['type'], fromVersion: number, upcast: Upcast): void {
    const ofType = this.upcasts.get(type) ?? new Map<number, Upcast>();
    if (ofType.has(fromVersion)) throw new DuplicateRegistration(`upcaster of ${type} from ${fromVersion}`);
    this.upcasts.set(type, ofType.set(fromVersion, upcast));
  }

  /**
   * To be asked once everything is registered.
   * @throws BrokenUpcasterChain an older version has no way to today's, or an upcaster leads elsewhere
   */
  check(): void {
    for (const [type, version] of this.versions) {
      if (!Number.isSafeInteger(version) || version < 1) throw new BrokenUpcasterChain(type, version);
      for (let from = 1; from < version; from++) {
        if (!this.upcasts.get(type)?.has(from)) throw new BrokenUpcasterChain(type, from);
      }
    }
    for (const [type, ofType] of this.upcasts) {
      const version = this.versions.get(type) ?? 0;
      for (const from of ofType.keys()) {
        if (!Number.isSafeInteger(from) || from < 1 || from >= version) {
          throw new BrokenUpcasterChain(type, from);
        }
      }
    }
  }

  /** Every type with the version it is stored in today. */
  entries(): IterableIterator<[string, number]> {
    return this.versions.entries();
  }

  /**
   * The version the type is stored in today.
   * @throws UnknownEventType
   */
  currentVersion(type: string): number {
    const version = this.versions.get(type);
    if (version === undefined) throw new UnknownEventType(type);
    return version;
  }

  /**
   * The stored event in today's shape: the very same object when it was stored in today's version.
   * @throws UnknownEventType, UnknownEventVersion
   */
  deserialise(recorded: RecordedEvent): RecordedEvent {
    const current = this.currentVersion(recorded.type);
    const stored = recorded.metadata.schemaVersion;
    return stored === current ? recorded : this.upcast(recorded, stored, current);
  }

  private upcast(recorded: RecordedEvent, stored: unknown, current: number): RecordedEvent {
    if (typeof stored !== 'number' || !(stored >= 1 && stored < current)) {
      throw new UnknownEventVersion(recorded.type, stored);
    }
    let data = recorded.data;
    for (let version = stored; version < current; version++) {
      const upcast = this.upcasts.get(recorded.type)?.get(version);
      if (upcast === undefined) throw new UnknownEventVersion(recorded.type, stored);
      data = upcast(data);
    }
    return { ...recorded, data };
  }
}

/** The log holds a type this release does not know: it was written by a newer one, or not by us. */
export class UnknownEventType extends Error {
  override readonly name = 'UnknownEventType';
  constructor(readonly type: string) {
    super(`There is no event type ${type}.`);
  }
}

/** The log holds a version of a type that this release does not know. */
export class UnknownEventVersion extends Error {
  override readonly name = 'UnknownEventVersion';
  constructor(
    readonly type: string,
    readonly version: unknown,
  ) {
    super(`There is no version ${String(version)} of event type ${type}.`);
  }
}

/** Registered twice. */
export class DuplicateRegistration extends Error {
  override readonly name = 'DuplicateRegistration';
  constructor(what: string) {
    super(`The ${what} is registered twice.`);
  }
}

/** The upcasters of a type do not lead from its first version to today's, each version once. */
export class BrokenUpcasterChain extends Error {
  override readonly name = 'BrokenUpcasterChain';
  constructor(
    readonly type: string,
    readonly version: number,
  ) {
    super(`The upcasters of ${type} are broken at version ${version}.`);
  }
}
