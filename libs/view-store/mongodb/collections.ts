import { type Collection, type Db, MongoServerError } from 'mongodb';
import { type CollectionDefinition, type Document, ViewStoreUnavailable } from '../port.ts';
import { indexesOf, parse, type StoredDocument, storedWrite } from './layout.ts';

/** Which indexes a collection's documents have been stored for. */
interface Shape {
  /** The collection's name. */
  readonly _id: string;
  readonly shape: string;
}

/** How many documents are re-indexed at once. */
const BATCH = 1_000;

/** Keeps the stored collections in line with their definitions. */
export class Collections {
  readonly #database: Db;
  readonly #shapes: Collection<Shape>;

  constructor(database: Db) {
    this.#database = database;
    this.#shapes = database.collection('_collections');
  }

  /**
   * False when it has not been prepared yet.
   * @throws ViewStoreUnavailable its documents are stored for other indexes than it is defined with now
   */
  async verify(collection: CollectionDefinition<Document>): Promise<boolean> {
    const stored = await this.#shapes.findOne({ _id: collection.name });
    if (stored === null) return false;
    if (stored.shape !== shapeOf(collection)) {
      throw new ViewStoreUnavailable(
        `The collection ${collection.name} is stored in another version; its writer has not started yet.`,
      );
    }
    return true;
  }

  /**
   * Creates its indexes, and stores its documents again when they were stored for other indexes.
   * @throws TypeError its names cannot be used
   */
  async prepare(collection: CollectionDefinition<Document>): Promise<void> {
    const { name } = collection;
    await this.#database.collection(name).createIndexes(indexesOf(collection));
    const stored = await this.#shapes.findOne({ _id: name });
    const shape = shapeOf(collection);
    if (stored?.shape === shape) return;
    if (stored) await this.#store(collection);
    await this.#shapes.updateOne({ _id: name }, { $set: { shape } }, { upsert: true });
  }

  /** Removes a collection with everything in it; does nothing when it does not exist. */
  async drop(name: string): Promise<void> {
    try {
      await this.#database.collection(name).drop();
    } catch (error) {
      // Servers differ in the error for dropping a collection that does not exist, so its existence is checked.
      if (!(error instanceof MongoServerError) || (await this.#exists(name))) throw error;
    }
    await this.#shapes.deleteOne({ _id: name });
  }

  async #exists(name: string): Promise<boolean> {
    return (await this.#database.listCollections({ name }, { nameOnly: true }).toArray()).length > 0;
  }

  async #store(definition: CollectionDefinition<Document>): Promise<void> {
    const collection = this.#database.collection<StoredDocument>(definition.name);
    for (let last: string | undefined; ; ) {
      const options = { sort: { _id: 1 }, limit: BATCH, batchSize: BATCH } as const;
      const batch = await collection
        .find({ _id: last === undefined ? { $gte: '' } : { $gt: last } }, options)
        .toArray();
      const replacements = batch.flatMap(({ _id: id, commit, position, ...stored }) => {
        const document = parse(stored);
        if (document === undefined) return [];
        const { _id, ...replacement } = storedWrite({
          collection: definition,
          id,
          document,
          position,
        }).stored;
        // Only if it has not been written in the meantime.
        return [{ replaceOne: { filter: { _id, commit }, replacement: { commit, ...replacement } } }];
      });
      if (replacements.length > 0) await collection.bulkWrite(replacements, { ordered: false });
      if (batch.length < BATCH) return;
      last = batch.at(-1)?._id;
    }
  }
}

function shapeOf({ indexes, text }: CollectionDefinition<Document>): string {
  return JSON.stringify({ indexes: Object.keys(indexes).toSorted(), text: text !== undefined });
}
