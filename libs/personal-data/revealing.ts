// Where personal values are read: they are opened on the way out, and nowhere kept as they were.
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

/** What is read instead of a personal value whose subject was erased. */
export const ERASED = 'erased';

/** What is read instead of one whose key is not in the store of the keys, though nobody destroyed it. */
export const KEY_MISSING = 'key missing';

type Opened = ReadonlyMap<string, SubjectKey | typeof DESTROYED>;

export class Revealing {
  readonly #keys: PersonalKeys;

  constructor(keys: PersonalKeys) {
    this.#keys = keys;
  }

  /**
   * The events with what is sealed in them opened.
   * @throws NotWhatWasSealed, KeyStoreUnavailable
   */
  async events(events: readonly RecordedEvent[], part: EventPart): Promise<readonly RecordedEvent[]> {
    const ids = new Set<string>();
    for (const event of events) replaceSealedOf(event, noting(ids), part);
    if (ids.size === 0) return events;
    const keys = await this.#keys.opening(ids);
    return events.map((event) => replaceSealedOf(event, openingWith(keys), part));
  }

  /**
   * Anything that was made of events, as views are, with what is sealed in it opened.
   * @throws NotWhatWasSealed, KeyStoreUnavailable
   */
  async values<Value>(values: readonly Value[]): Promise<readonly Value[]> {
    const ids = new Set<string>();
    for (const value of values) if (value !== undefined) replaceSealed(value as Json, '', noting(ids));
    if (ids.size === 0) return values;
    const keys = await this.#keys.opening(ids);
    const open = openingWith(keys);
    return values.map((value) =>
      value === undefined
        ? value
        : (replaceSealed(value as Json, '', (sealed) => open(sealed, sealed.of ?? '')) as Value),
    );
  }
}

/** {@link Revealing.events} for all parts of events. */
export function revealing(
  keys: PersonalKeys,
): (events: readonly RecordedEvent[]) => Promise<readonly RecordedEvent[]> {
  const of = new Revealing(keys);
  return (events) => of.events(events, 'all');
}

/** Replaces nothing. */
function noting(ids: Set<string>): (sealed: SealedValue) => Json {
  return (sealed) => {
    ids.add(keyIdOf(sealed));
    return sealed as unknown as Json;
  };
}

function openingWith(keys: Opened): (sealed: SealedValue, place: Place) => Json {
  return (sealed, place) => {
    const key = keys.get(keyIdOf(sealed));
    if (key === DESTROYED) return ERASED;
    return key === undefined ? KEY_MISSING : openValue(key, place, sealed);
  };
}
