import type { DomainEvent } from '#domain/kernel';
import type { JsonObject, RecordedEvent } from '#event-store';

/** What is stored of an event, and in which version of its shape. */
export interface StoredShape {
  readonly type: string;
  readonly data: JsonObject;
  readonly schemaVersion: number;
}

/** Turns the data of one version of an event type into that of the next. */
export type Upcast = (data: JsonObject) => JsonObject;

/** The event types, the version each is stored in now, and the upcasters from every older version. */
export class EventRegistry<Event extends DomainEvent> {
  private readonly versions = new Map<string, number>();
  private readonly upcasts = new Map<string, Map<number, Upcast>>();

  /** @throws DuplicateRegistration the type is registered already */
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
   * To be called once everything is registered.
   * @throws BrokenUpcasterChain an older version has no upcaster, or an upcaster is from a version that is not older
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

  /** Every type with its current stored version. */
  entries(): IterableIterator<[string, number]> {
    return this.versions.entries();
  }

  /**
   * The type's current stored version.
   * @throws UnknownEventType
   */
  currentVersion(type: string): number {
    const version = this.versions.get(type);
    if (version === undefined) throw new UnknownEventType(type);
    return version;
  }

  /** The type's current stored name. */
  storedName(type: string): string {
    return nameOf(type, this.currentVersion(type));
  }

  /**
   * The event as it is stored. Its data is JSON already; optional fields that are `undefined` are not stored.
   * @throws UnknownEventType
   */
  serialise({ type, data }: Event): StoredShape {
    return {
      type: this.storedName(type),
      data: data as JsonObject,
      schemaVersion: this.currentVersion(type),
    };
  }

  /** Whether an event that is stored under this name can be read. */
  knows(storedName: string): boolean {
    try {
      this.parse(storedName);
      return true;
    } catch (error) {
      if (error instanceof UnknownEvent) return false;
      throw error;
    }
  }

  /**
   * The stored event in its current shape: the same object when it needs no change.
   * @throws UnknownEventType, UnknownEventVersion
   */
  deserialise(recorded: RecordedEvent): RecordedEvent {
    // Most types are in their first version, under their own name.
    if (this.versions.get(recorded.type) === FIRST) return recorded;
    const { type, version } = this.parse(recorded.type);
    const { id, stream, revision, position, metadata } = recorded;
    return {
      id,
      stream,
      revision,
      position,
      type,
      data: this.upcast(type, version, recorded.data),
      metadata,
    };
  }

  private parse(name: string): { readonly type: string; readonly version: number } {
    const type = eventTypeOf(name);
    const version = type === name ? FIRST : Number(name.slice(type.length + SUFFIX.length));
    const current = this.currentVersion(type);
    const isOurs = Number.isSafeInteger(version) && version >= FIRST && version <= current;
    if (!isOurs || name !== nameOf(type, version)) throw new UnknownEventVersion(type, name);
    return { type, version };
  }

  private upcast(type: string, stored: number, data: JsonObject): JsonObject {
    let upcasted = data;
    for (let version = stored; version < this.currentVersion(type); version++) {
      const upcast = this.upcasts.get(type)?.get(version);
      if (upcast === undefined) throw new BrokenUpcasterChain(type, version);
      upcasted = upcast(upcasted);
    }
    return upcasted;
  }
}

const FIRST = 1;
const SUFFIX = '.v';

/** What a version of a type is stored as: its first one under the type's own name, a later one as `<type>.v<n>`. */
function nameOf(type: string, version: number): string {
  return version === FIRST ? type : `${type}${SUFFIX}${version}`;
}

/** The event type a stored name is of, whatever its version. */
export function eventTypeOf(name: string): string {
  const suffix = name.lastIndexOf(SUFFIX);
  return suffix < 0 ? name : name.slice(0, suffix);
}

/** The log holds an event that this release cannot read: a newer release or another program wrote it. */
export abstract class UnknownEvent extends Error {}

/** The log holds a type that this release does not know. */
export class UnknownEventType extends UnknownEvent {
  override readonly name = 'UnknownEventType';
  constructor(readonly type: string) {
    super(`There is no event type ${type}.`);
  }
}

/** The log holds a version of a type that this release does not know. */
export class UnknownEventVersion extends UnknownEvent {
  override readonly name = 'UnknownEventVersion';
  constructor(
    readonly type: string,
    /** As it is stored. */
    readonly storedName: string,
  ) {
    super(`This release does not know the stored event ${storedName}: a newer release wrote it.`);
  }
}

/** Registered twice. */
export class DuplicateRegistration extends Error {
  override readonly name = 'DuplicateRegistration';
  constructor(what: string) {
    super(`The ${what} is registered twice.`);
  }
}

/** The upcasters of a type do not lead from its first version to its current one, each version once. */
export class BrokenUpcasterChain extends Error {
  override readonly name = 'BrokenUpcasterChain';
  constructor(
    readonly type: string,
    readonly version: number,
  ) {
    super(`The chain of upcasters of ${type} is broken at version ${version}.`);
  }
}
