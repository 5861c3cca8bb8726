import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Position, START } from '#event-store';
import type { CollectionDefinition, Document, Versioned, ViewStore, Write } from '#view-store';
import type { CachePartition, DocumentCache } from './document-cache.ts';
import type { Delivery, Handler, Outcome } from './handler.ts';
import type { Addend, Change, Derivation, Projection, Sums, Tally } from './projection.ts';
import type { VersionRegistry } from './version-registry.ts';
import { followerOf, type ProjectionBuild, projectionBuilds, storedAs } from './versions.ts';
import { type BufferBudget, weightOf, weightOnce } from './weight.ts';

export interface ProjectorOptions {
  readonly projection: Projection;
  readonly views: Pick<ViewStore, 'get' | 'load'>;
  readonly versions: Pick<VersionRegistry, 'announce' | 'markBuilt'>;
  /** Documents that stay in memory between batches; shared with others. */
  readonly cache: DocumentCache;
  /** The limit of documents that are buffered before they are written; shared with others. */
  readonly budget: BufferBudget;
}

const ABSENT: Versioned = { document: undefined, position: START };

/** The memory of a slot without its document. */
const SLOT_BYTES = 300;

/** A document in the working set: as stored, and as changed by the events so far. */
interface Slot {
  readonly stored: Versioned;
  document: Document | undefined;
  position: Position;
  /** It was added by an event, and is not needed again. */
  readonly added?: true;
}

/** Slots by collection and id. */
type WorkingSet = Map<CollectionDefinition<Document>, Map<string, Slot>>;

/**
 * Folds a projection's events into documents. Several events on one document become one write; a document that
 * reflects an event does not apply it again; unchanged documents are not written.
 */
export class Projector implements Handler {
  readonly #projection: Projection;
  readonly #follower: string;
  readonly #views: Pick<ViewStore, 'get' | 'load'>;
  readonly #versions: Pick<VersionRegistry, 'announce' | 'markBuilt'>;
  readonly #budget: BufferBudget;
  /** Ordered so that sources come before what is derived from them. */
  readonly #derivations: readonly Derivation[];
  /** The collections as the version stores them. */
  readonly #stored: ReadonlyMap<CollectionDefinition<Document>, CollectionDefinition<Document>>;
  readonly #cache: DocumentCache;
  /** Its documents between batches. */
  #cached: CachePartition;
  /** Changed since the last commit. */
  #buffer: WorkingSet = new Map();
  /** An upper bound of the memory that it takes. */
  #bufferedBytes = 0;
  /** After a failure every delivery is written separately, until the end of the log is reached. */
  #careful = false;
  /** Nothing has been written since the collections were emptied, so there is nothing to load. */
  #empty = false;
  /** Whether it has reached the end of the log since it started. */
  #built = false;

  constructor({ projection, views, versions, cache, budget }: ProjectorOptions) {
    this.#projection = projection;
    this.#follower = followerOf(projection);
    this.#views = views;
    this.#versions = versions;
    this.#budget = budget;
    this.#derivations = sortDerivations(projection);
    this.#cache = cache;
    this.#cached = cache.partition();
    this.#stored = new Map(
      projection.collections.map((collection) => [collection, storedAs(projection, collection)]),
    );
  }

  async open(): Promise<string | undefined> {
    this.#built = false;
    await this.#versions.announce();
    const build = await this.#views.get(projectionBuilds, this.#follower);
    return build ? undefined : 'it has never been built';
  }

  restarting(): readonly Write[] {
    return [{ collection: projectionBuilds, id: this.#follower, document: undefined }];
  }

  restarted(): readonly Write[] {
    this.discard();
    this.#careful = false;
    this.#built = false;
    this.#empty = true;
    const id = this.#follower;
    const started: ProjectionBuild = { id, build: randomUUID() };
    return [{ collection: projectionBuilds, id, document: started }];
  }

  async caughtUp(): Promise<void> {
    if (this.#built) return;
    await this.#versions.markBuilt();
    this.#built = true;
  }

  discard(): void {
    this.#clearBuffer();
    this.#careful = true;
    this.#empty = false;
    this.#cached = this.#cache.partition();
  }

  async handle({ events, more, parked }: Delivery): Promise<Outcome | 'held'> {
    const changes = events.flatMap((event) => {
      const { position, data } = event;
      const changed = this.#projection.project(event).map((change) => ({ change, position }));
      // Documents grow by what they take from events, never by more.
      if (changed.length > 0) this.#bufferedBytes += weightOnce(data);
      return changed;
    });
    const working = this.#buffer;
    await this.#open(
      working,
      changes.map(({ change }) => change),
    );
    for (const { change, position } of changes) {
      const slot = working.get(change.collection)?.get(change.id);
      if (!slot || (position <= slot.stored.position && !parked)) continue;
      slot.document = change.update(slot.document);
      if (position > slot.position) slot.position = position;
      for (const { collection, document } of change.adds?.(slot.document) ?? []) {
        const slots = entry(working, collection, () => new Map<string, Slot>());
        this.#bufferedBytes += SLOT_BYTES + weightOf(document);
        slots.set(document.id, { stored: ABSENT, document, position, added: true });
      }
    }
    const mayHold = more && !this.#careful && !this.#built;
    if (mayHold && !this.#budget.isFull(this, this.#bufferedBytes)) return 'held';
    return this.#outcome(working, more);
  }

  /** Loads every document that the changes refer to into the working set. */
  async #open(working: WorkingSet, changes: readonly Pick<Change, 'collection' | 'id'>[]): Promise<void> {
    const missing = new Map<CollectionDefinition<Document>, Set<string>>();
    for (const { collection, id } of changes) {
      const slots = entry(working, collection, () => new Map<string, Slot>());
      if (slots.has(id)) continue;
      const stored = this.#cached.get(this.#storedOf(collection), id) ?? (this.#empty ? ABSENT : undefined);
      this.#bufferedBytes += SLOT_BYTES;
      if (stored) slots.set(id, { stored, ...stored });
      else entry(missing, collection, () => new Set<string>()).add(id);
    }
    for (const [collection, wanted] of missing) {
      const ids = [...wanted];
      const loaded = await this.#views.load(this.#storedOf(collection), ids);
      const slots = entry(working, collection, () => new Map<string, Slot>());
      for (const [index, id] of ids.entries()) {
        const stored = loaded[index] ?? ABSENT;
        this.#bufferedBytes += weightOf(stored.document);
        slots.set(id, { stored, ...stored });
      }
    }
  }

  #clearBuffer(): void {
    this.#buffer = new Map();
    this.#bufferedBytes = 0;
    this.#budget.release(this);
  }

  async #outcome(working: WorkingSet, more: boolean): Promise<Outcome> {
    const edits = editsOf(working);
    for (const derivation of this.#derivations) derive(derivation, edits);
    const summed: WorkingSet = new Map();
    for (const tally of this.#projection.tally ?? []) await this.#sum(tally, edits, summed);
    return {
      writes: this.#writesOf(edits),
      committed: () => {
        for (const [collection, slots] of working) {
          const kept = this.#storedOf(collection);
          const changed = edits.get(collection);
          for (const [id, { stored, document, position, added }] of slots) {
            if (added) continue;
            this.#cached.set(kept, id, changed?.has(id) ? { document, position } : stored);
          }
        }
        for (const [collection, slots] of summed) {
          const kept = this.#storedOf(collection);
          for (const [id, { document, position }] of slots) {
            this.#cached.set(kept, id, { document, position });
          }
        }
        this.#clearBuffer();
        this.#empty = false;
        this.#careful &&= more;
      },
    };
  }

  /** Adds the sums that change with their addends. */
  async #sum({ from, to, addends }: Tally, edits: Edits, summed: WorkingSet): Promise<void> {
    const differences = differencesOf(edits.get(from)?.values() ?? [], addends);
    await this.#open(
      summed,
      Array.from(differences.keys(), (id) => ({ collection: to, id })),
    );
    const slots = summed.get(to) ?? new Map<string, Slot>();
    const changed = entry(edits, to, () => new Map<string, Edit>());
    for (const [id, { of, amounts, position }] of differences) {
      const slot = slots.get(id) as Slot;
      const after = withAmounts(of, slot.document as Sums | undefined, amounts);
      changed.set(id, { before: slot.document, after, position });
      slots.set(id, { ...slot, document: after, position });
    }
  }

  /** Rows are written before their source documents: as long as these are old, the rows are derived again. */
  #writesOf(edits: Edits): Write[] {
    const lastFirst = this.#projection.collections.toSorted((a, b) => this.#depthOf(b) - this.#depthOf(a));
    return lastFirst.flatMap((collection) => {
      const ids = [...(edits.get(collection) ?? [])];
      // In the order of their ids, many documents touch fewer pages of the store.
      ids.sort(([a], [b]) => (a < b ? -1 : 1));
      const stored = this.#storedOf(collection);
      return ids.map(([id, { after, position }]) => ({ collection: stored, id, document: after, position }));
    });
  }

  #depthOf(collection: CollectionDefinition<Document>): number {
    return this.#derivations.findLastIndex(({ to }) => to === collection);
  }

  #storedOf(collection: CollectionDefinition<Document>): CollectionDefinition<Document> {
    const stored = this.#stored.get(collection);
    if (stored) return stored;
    throw new TypeError(
      `${this.#projection.name} changes ${collection.name}, which is not one of its collections.`,
    );
  }
}

/** The new state of a stored document. */
interface Edit {
  readonly before: Document | undefined;
  readonly after: Document | undefined;
  readonly position: Position;
}

type Edits = Map<CollectionDefinition<Document>, Map<string, Edit>>;

/** The documents that differ from what is stored. */
function editsOf(working: WorkingSet): Edits {
  const edits: Edits = new Map();
  for (const [collection, slots] of working) {
    const changed = new Map<string, Edit>();
    for (const [id, { stored, document, position }] of slots) {
      if (isDeepStrictEqual(stored.document, document)) continue;
      changed.set(id, { before: stored.document, after: document, position });
    }
    edits.set(collection, changed);
  }
  return edits;
}

/** Adds the rows that change because their sources do. */
function derive({ from, to, rows }: Derivation, edits: Edits): void {
  const changed = entry(edits, to, () => new Map<string, Edit>());
  for (const { before, after, position } of edits.get(from)?.values() ?? []) {
    const gone = new Map((before ? rows(before) : []).map((row) => [row.id, row]));
    for (const row of after ? rows(after) : []) {
      const earlier = gone.get(row.id);
      gone.delete(row.id);
      if (!isDeepStrictEqual(earlier, row)) changed.set(row.id, { before: earlier, after: row, position });
    }
    for (const [id, row] of gone) changed.set(id, { before: row, after: undefined, position });
  }
}

/** What is to be added to sums of one id. */
interface Difference extends Addend {
  readonly amounts: Record<string, number>;
  position: Position;
}

/** The changed sums, by id. */
function differencesOf(edits: Iterable<Edit>, addends: Tally['addends']): Map<string, Difference> {
  const differences = new Map<string, Difference>();
  const add = ({ of, amounts }: Addend, times: 1 | -1, position: Position) => {
    const sums = entry(differences, of.id, (): Difference => ({ of, amounts: {}, position }));
    if (position > sums.position) sums.position = position;
    for (const [name, amount] of Object.entries(amounts)) {
      sums.amounts[name] = (sums.amounts[name] ?? 0) + times * amount;
    }
  };
  for (const { before, after, position } of edits) {
    for (const addend of before ? addends(before) : []) add(addend, -1, position);
    for (const addend of after ? addends(after) : []) add(addend, 1, position);
  }
  for (const [id, { amounts }] of differences) {
    if (Object.values(amounts).every((amount) => amount === 0)) differences.delete(id);
  }
  return differences;
}

/** The sums with these amounts added; none where nothing is left. */
function withAmounts(
  of: Addend['of'],
  sums: Sums | undefined,
  added: Readonly<Record<string, number>>,
): Sums | undefined {
  const amounts = { ...sums?.amounts };
  for (const [name, amount] of Object.entries(added)) {
    const sum = (amounts[name] ?? 0) + amount;
    if (sum === 0) delete amounts[name];
    else amounts[name] = sum;
  }
  return Object.keys(amounts).length === 0 ? undefined : { ...of, amounts };
}

/**
 * The derivations in an order in which each collection is complete before anything is derived from it.
 * @throws TypeError there is none
 */
export function sortDerivations({ name, derive: derivations = [] }: Projection): Derivation[] {
  const ordered: Derivation[] = [];
  let left = [...derivations];
  while (left.length > 0) {
    const ready = left.filter(({ from }) => !left.some(({ to }) => to === from));
    if (ready.length === 0) throw new TypeError(`${name} derives its collections from each other.`);
    ordered.push(...ready);
    left = left.filter((derivation) => !ready.includes(derivation));
  }
  return ordered;
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
