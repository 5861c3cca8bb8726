/** The content of the version used last, in the order in which its keys were first added. */
interface Table<Key, Value> {
  readonly values: Map<Key, Value>;
  readonly keys: Key[];
}

/** A version's value at a key; `had` distinguishes an absent key from one whose value is `undefined`. */
interface Entry<Key, Value> {
  readonly key: Key;
  readonly had: boolean;
  readonly value: Value | undefined;
}

/** The entries that turn the table of `from` into another version, applied from the last to the first. */
interface Difference<Key, Value> {
  readonly from: PersistentMap<Key, Value>;
  readonly entries: readonly Entry<Key, Value>[];
}

/**
 * A map that never changes: `with` gives its next version. All versions share one table, which holds the version used
 * last; every other one stores its difference from a version nearer to the table. So a version costs only what was
 * added to it, whatever the size of the map, and a fold that always continues from the newest costs only what its
 * events add. Going back to an older version costs the differences in between.
 */
export class PersistentMap<Key, Value> implements ReadonlyMap<Key, Value> {
  #table: Table<Key, Value> | undefined;
  /** Present where the version does not hold the table. */
  #difference: Difference<Key, Value> | undefined;
  readonly size: number;

  private constructor(table: Table<Key, Value>) {
    this.#table = table;
    this.size = table.keys.length;
  }

  static empty<Key, Value>(): PersistentMap<Key, Value> {
    return new PersistentMap<Key, Value>({ values: new Map(), keys: [] });
  }

  /** The next version, with these entries set; an existing key keeps its place. */
  with(entries: Iterable<readonly [Key, Value]>): PersistentMap<Key, Value> {
    const table = this.table();
    const undo: Entry<Key, Value>[] = [];
    for (const [key, value] of entries) undo.push(put(table, { key, had: true, value }));
    if (undo.length === 0) return this;
    const next = new PersistentMap(table);
    this.#table = undefined;
    this.#difference = { from: next, entries: undo };
    return next;
  }

  get(key: Key): Value | undefined {
    return this.table().values.get(key);
  }

  has(key: Key): boolean {
    return this.table().values.has(key);
  }

  *keys(): MapIterator<Key> {
    for (let index = 0; index < this.size; index++) yield this.table().keys[index] as Key;
  }

  *values(): MapIterator<Value> {
    for (const key of this.keys()) yield this.get(key) as Value;
  }

  *entries(): MapIterator<[Key, Value]> {
    for (const key of this.keys()) yield [key, this.get(key) as Value];
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries();
  }

  forEach(visit: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this) visit(value, key, this);
  }

  /** The shared table, brought to this version. */
  private table(): Table<Key, Value> {
    if (this.#table !== undefined) return this.#table;
    const path: PersistentMap<Key, Value>[] = [];
    let holder: PersistentMap<Key, Value> = this;
    while (holder.#difference !== undefined) {
      path.push(holder);
      holder = holder.#difference.from;
    }
    const table = holder.#table as Table<Key, Value>;
    for (const version of path.reverse()) {
      const { entries } = version.#difference as Difference<Key, Value>;
      holder.#difference = { from: version, entries: entries.toReversed().map((entry) => put(table, entry)) };
      holder.#table = undefined;
      version.#difference = undefined;
      version.#table = table;
      holder = version;
    }
    return table;
  }
}

/** Sets an entry of the table, or removes it; returns the entry that undoes this. */
function put<Key, Value>({ values, keys }: Table<Key, Value>, entry: Entry<Key, Value>): Entry<Key, Value> {
  const { key, had, value } = entry;
  const former = values.get(key);
  const before = { key, had: former !== undefined || values.has(key), value: former };
  if (had) {
    values.set(key, value as Value);
    if (!before.had) keys.push(key);
  } else {
    values.delete(key);
    // Entries are undone in reverse order: the key is the one added last.
    keys.pop();
  }
  return before;
}
