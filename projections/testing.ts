import type { Recorded, TesseraEvent } from '#contracts';
import type { Role } from '#domain/kernel';
import type { Addend, Projection, Sums } from '#subscriptions';
import type { CollectionDefinition, Document } from '#view-store';

/** The cause in an event's metadata, where a spec needs one. */
interface Circumstances {
  readonly at?: string;
  readonly account?: string;
  readonly correlation?: string;
  readonly user?: string;
  readonly role?: Role;
}

/** The log of one spec: assigns positions and revisions to events, as the store would. */
export function recorder() {
  const lengths = new Map<string, number>();
  let position = 0;
  return function record<E extends TesseraEvent>(
    stream: string,
    event: E,
    {
      at = '2026-03-01T09:00:00.000Z',
      account = 'system',
      user = 'someone',
      role = 'administrator',
      correlation,
    }: Circumstances = {},
  ): Recorded<E> {
    position += 10;
    const revision = lengths.get(stream) ?? 0;
    lengths.set(stream, revision + 1);
    const commandId = `command-${position}`;
    return {
      ...event,
      id: `event-${position}`,
      stream,
      revision,
      position,
      metadata: {
        at,
        actor: { account, user, role },
        commandId,
        commandHash: commandId,
        $correlationId: correlation ?? commandId,
        $causationId: commandId,
        schemaVersion: 1,
      },
    } as Recorded<E>;
  };
}

/** The documents of a projection, in memory, as the engine would store them. */
export class Views {
  private readonly documents = new Map<string, Map<string, Document>>();

  constructor(private readonly projection: Projection) {}

  /** Applies every event in order, and writes the rows derived from what it changed. */
  apply(...events: readonly Recorded[]): this {
    for (const event of events) {
      for (const { collection, id, update, adds } of this.projection.project(event)) {
        const before = this.of(collection).get(id);
        const after = update(before);
        for (const added of adds?.(after) ?? [])
          this.of(added.collection).set(added.document.id, added.document);
        if (after === before) continue;
        if (after === undefined) this.of(collection).delete(id);
        else this.of(collection).set(id, after);
        this.derive(collection, before, after);
      }
    }
    return this;
  }

  get<D extends Document>(collection: CollectionDefinition<D>, id: string): D | undefined {
    return this.of(collection).get(id) as D | undefined;
  }

  all<D extends Document>(collection: CollectionDefinition<D>): D[] {
    return [...this.of(collection).values()] as D[];
  }

  /** The ids an index finds under a prefix, in its order. */
  find<D extends Document>(
    collection: CollectionDefinition<D>,
    index: string,
    prefix: readonly unknown[],
  ): string[] {
    const keyOf = collection.indexes[index];
    if (keyOf === undefined) throw new Error(`${collection.name} has no index ${index}.`);
    return this.all(collection)
      .map((document) => ({ id: document.id, key: keyOf(document) }))
      .filter(({ key }) => key !== undefined && prefix.every((part, place) => key[place] === part))
      .sort((one, other) => compareKeys(one.key ?? [], other.key ?? []))
      .map(({ id }) => id);
  }

  private derive(
    collection: CollectionDefinition<Document>,
    before: Document | undefined,
    after: Document | undefined,
  ): void {
    for (const { from, to, rows } of this.projection.derive ?? []) {
      if (from.name !== collection.name) continue;
      const earlier = before === undefined ? [] : rows(before);
      const later = after === undefined ? [] : rows(after);
      for (const row of earlier) this.of(to).delete(row.id);
      for (const row of later) this.of(to).set(row.id, row);
      for (const row of earlier) this.sum(to, row, undefined);
      for (const row of later) this.sum(to, undefined, row);
    }
    this.sum(collection, before, after);
  }

  private sum(
    collection: CollectionDefinition<Document>,
    before: Document | undefined,
    after: Document | undefined,
  ): void {
    for (const { from, to, addends } of this.projection.tally ?? []) {
      if (from.name !== collection.name) continue;
      for (const { of, amounts } of before === undefined ? [] : addends(before))
        this.add(to, of, amounts, -1);
      for (const { of, amounts } of after === undefined ? [] : addends(after)) this.add(to, of, amounts, 1);
    }
  }

  private add(
    to: CollectionDefinition<Sums>,
    of: Addend['of'],
    added: Readonly<Record<string, number>>,
    times: 1 | -1,
  ): void {
    const sums = this.of(to).get(of.id) as Sums | undefined;
    const amounts = { ...sums?.amounts };
    for (const [name, amount] of Object.entries(added)) {
      amounts[name] = (amounts[name] ?? 0) + times * amount;
      if (amounts[name] === 0) delete amounts[name];
    }
    if (Object.keys(amounts).length === 0) this.of(to).delete(of.id);
    else this.of(to).set(of.id, { ...of, amounts } as Sums);
  }

  private of(collection: CollectionDefinition<never>): Map<string, Document> {
    const known = this.documents.get(collection.name) ?? new Map<string, Document>();
    this.documents.set(collection.name, known);
    return known;
  }
}

/** Null, false, true, numbers, then text, as the view store orders keys. */
function compareKeys(one: readonly unknown[], other: readonly unknown[]): number {
  const rank = (part: unknown) =>
    part === null ? 0 : part === false ? 1 : part === true ? 2 : typeof part === 'number' ? 3 : 4;
  for (let place = 0; place < Math.min(one.length, other.length); place++) {
    const [a, b] = [one[place], other[place]];
    const byKind = rank(a) - rank(b);
    if (byKind !== 0) return byKind;
    if (a !== b) return (a as string | number) < (b as string | number) ? -1 : 1;
  }
  return one.length - other.length;
}
