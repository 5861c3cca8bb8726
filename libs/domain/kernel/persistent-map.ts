/** The content of the version used last, in the order in which its keys were first put in. */
interface Table<Key, Value> {
  readonly values: Map<Key, Value>;
  readonly keys: Key[];
}

/** What one version has at a key; `had` tells an absent key from one whose value is `undefined`. */
interface Entry<Key, Value> {
  readonly key: Key;
  readonly had: boolean;
  readonly value: Value | undefined;
}

/** What to put into the table of `from` to have another version. The last entry goes first. */
interface Difference<Key, Value> {
  readonly from: PersistentMap<Key, Value>;
  readonly entries: readonly Entry<Key, Value>[];
}

/**
 * A map that never changes: `with` gives its next version. All versions share one table, which holds the version used
 * last; every other one knows in what it differs from a version nearer to the table. So a version costs what was put
 * into it, however much was there before, and a fold that always goes on from the newest costs what its events carry.
 * Going back to an older version costs the differences in between.
 */
export class PersistentMap<Key, Value> implements ReadonlyMap<Key, Value> {
  #table: Table<Key, Value> | undefined;
  /** Where there is no table. */
  #difference: Difference<Key, Value> | undefined;
  readonly size: number;

  private constructor(table: Table<Key, Value>) {
    this.#table = table;
    this.size = table.keys.length;
  }

  static empty<Key, Value>(): PersistentMap<Key, Value> {
    return new PersistentMap<Key, Value>({ values: new Map(), keys: [] });
  }

  /** The next version, with these entries put in; a key that is there keeps its place. */
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

/** Puts an entry into the table, or takes it out; gives the entry that undoes this. */
function put<Key, Value>({ values, keys }: Table<Key, Value>, entry: Entry<Key, Value>): Entry<Key, Value> {
  const { key, had, value } = entry;
  const former = values.get(key);
  const before = { key, had: former !== undefined || values.has(key), value: former };
  if (had) {
    values.set(key, value as Value);
    if (!before.had) keys.push(key);
  } else {
    values.delete(key);
    // Entries are undone in the opposite order: the key is the last that was put in.
    keys.pop();
  }
  return before;
}
