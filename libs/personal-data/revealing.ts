// Opens personal values when they are read; the opened values are stored nowhere.
import {
  type EventPart,
  keyIdOf,
  type Place,
  replaceSealed,
  replaceSealedOf,
  type SealedValue,
} from '#contracts';
import type { Json, RecordedEvent } from '#event-store';
import { DESTROYED, type PersonalKeys } from './keys.ts';
import { openValue, type SubjectKey } from './sealing.ts';

/** Replaces a personal value whose subject was erased. */
export const ERASED = 'erased';

/** Replaces a personal value whose key is not in the store, although it was not destroyed. */
export const KEY_MISSING = 'key missing';

type Opened = ReadonlyMap<string, SubjectKey | typeof DESTROYED>;

export class Revealer {
  readonly #keys: PersonalKeys;

  constructor(keys: PersonalKeys) {
    this.#keys = keys;
  }

  /**
   * The events with their sealed values opened.
   * @throws InvalidSealedValue, KeyStoreUnavailable
   */
  async events(events: readonly RecordedEvent[], part: EventPart): Promise<readonly RecordedEvent[]> {
    const ids = new Set<string>();
    for (const event of events) replaceSealedOf(event, collecting(ids), part);
    if (ids.size === 0) return events;
    const keys = await this.#keys.openingKeys(ids);
    return events.map((event) => replaceSealedOf(event, openWith(keys), part));
  }

  /**
   * Anything that was derived from events, such as documents of views, with its sealed values opened.
   * @throws InvalidSealedValue, KeyStoreUnavailable
   */
  async values<Value>(values: readonly Value[]): Promise<readonly Value[]> {
    const ids = new Set<string>();
    for (const value of values) if (value !== undefined) replaceSealed(value as Json, '', collecting(ids));
    if (ids.size === 0) return values;
    const keys = await this.#keys.openingKeys(ids);
    const open = openWith(keys);
    return values.map((value) =>
      value === undefined
        ? value
        : (replaceSealed(value as Json, '', (sealed) => open(sealed, sealed.of ?? '')) as Value),
    );
  }
}

/** {@link Revealer.events} for all parts of events. */
export function revealing(
  keys: PersonalKeys,
): (events: readonly RecordedEvent[]) => Promise<readonly RecordedEvent[]> {
  const of = new Revealer(keys);
  return (events) => of.events(events, 'all');
}

/** Collects the ids of the keys, and replaces nothing. */
function collecting(ids: Set<string>): (sealed: SealedValue) => Json {
  return (sealed) => {
    ids.add(keyIdOf(sealed));
    return sealed as unknown as Json;
  };
}

function openWith(keys: Opened): (sealed: SealedValue, place: Place) => Json {
  return (sealed, place) => {
    const key = keys.get(keyIdOf(sealed));
    if (key === DESTROYED) return ERASED;
    return key === undefined ? KEY_MISSING : openValue(key, place, sealed);
  };
}
