import { type Position, START } from '#event-store';
import type { CollectionDefinition, Commit, Document, Versioned, ViewStore, Write } from '../port.ts';
import { CheckpointMoves } from './checkpoint-moves.ts';
import { Collections } from './collections.ts';
import { Commits } from './commits.ts';
import { parse, type StoredWrite, storedWrite } from './layout.ts';
import { MongoLeases } from './leases.ts';
import { MongoViewReader, type MongoViewReaderOptions } from './reader.ts';

/** The time for a commit, or for an operation on a whole collection, as a multiple of that for one command. */
const MANY = 10;

export interface MongoViewStoreOptions extends MongoViewReaderOptions {
  /** Collections that `prepare` creates indexes for; any other gets them when it is first written. */
  readonly collections?: readonly CollectionDefinition<Document>[];
}

/**
 * The views in a MongoDB, for their writers: many may be open at once, and of those that run the same follower
 * only one makes each of its commits. Every change is of one document, so that any server will do that MongoDB's
 * clients can talk to.
 */
export class MongoViewStore extends MongoViewReader implements ViewStore {
  readonly leases: MongoLeases;
  readonly #declared: readonly CollectionDefinition<Document>[];
  readonly #moves = new CheckpointMoves((work) => this.connection.run(work, MANY));
  readonly #preparations = new Map<CollectionDefinition<Document>, Promise<void>>();

  constructor({ collections = [], ...options }: MongoViewStoreOptions) {
    super(options);
    this.leases = new MongoLeases(this.connection);
    this.#declared = collections;
  }

  /** Creates the indexes of its collections. */
  async prepare(): Promise<void> {
    for (const collection of this.#declared) await this.#prepared(collection);
  }

  /** The progress of a follower this process runs; completes a commit that another process left unfinished first. */
  override async checkpoint(follower: string): Promise<Position> {
    const { position } = await this.#run((commits) => commits.recover(follower));
    return position;
  }

  async load<D extends Document>(
    collection: CollectionDefinition<D>,
    ids: readonly string[],
  ): Promise<readonly Versioned<D>[]> {
    const found = await this.stored(collection, ids);
    return ids.map((id) => {
      const stored = found.get(id);
      const document = parse<D>(stored);
      return { document, position: document && stored ? stored.position : START };
    });
  }

  advance(): false {
    // Others can only see what is stored.
    return false;
  }

  awaited(): undefined {
    // Readers of other processes are not known here.
    return undefined;
  }

  async commit({ writes, ...commit }: Commit): Promise<void> {
    const { follower, from, to } = commit;
    if (to < from) throw new RangeError(`${follower} cannot go back from ${from} to ${to}.`);
    const moved = writes.length === 0 && (await this.#moves.move(commit));
    if (!moved) await this.#commit(commit, writes);
    this.signals?.get(follower)?.advance(to);
  }

  async #commit(commit: Omit<Commit, 'writes'>, writes: Commit['writes']): Promise<void> {
    const stored = storedWrites(writes, commit.to);
    await Promise.all(
      [...new Set(writes.map(({ collection }) => collection))].map((each) => this.#prepared(each)),
    );
    await this.#run((commits) => commits.commit({ ...commit, writes: stored }));
  }

  /** The checkpoint is removed last: as long as it exists, there is something left to remove. */
  async reset(
    follower: string,
    collections: readonly CollectionDefinition<Document>[],
    term?: number,
  ): Promise<void> {
    const number = await this.#run((commits) => commits.reserve(follower, term));
    for (const collection of collections) {
      await this.#run((commits) => commits.removeEarlier(collection.name, number));
      // Another process may have dropped it.
      this.#preparations.delete(collection);
      await this.#prepared(collection);
    }
    await this.#run((commits) => commits.restart(follower, term));
  }

  async fence(follower: string, term: number): Promise<void> {
    await this.#run((commits) => commits.fence(follower, term));
  }

  /** The follower is removed first: its interrupted commit is then complete, and a process that runs it must start again. */
  async drop(follower: string, collections: readonly string[]): Promise<void> {
    await this.#run((commits) => commits.remove(follower));
    for (const name of collections) {
      await this.connection.run((database) => new Collections(database).drop(name));
    }
    for (const collection of this.#preparations.keys()) {
      if (collections.includes(collection.name)) this.#preparations.delete(collection);
    }
  }

  protected override ready(collection: CollectionDefinition<Document>): Promise<void> {
    return this.#prepared(collection);
  }

  #run<Result>(work: (commits: Commits) => Promise<Result>): Promise<Result> {
    return this.connection.run((database) => work(new Commits(database)), MANY);
  }

  /** @throws TypeError its names cannot be used, or another definition has its name */
  #prepared(collection: CollectionDefinition<Document>): Promise<void> {
    const known = this.#preparations.get(collection);
    if (known) return known;
    const { name } = collection;
    if ([...this.#preparations.keys()].some((other) => other.name === name)) {
      throw new TypeError(`There are two definitions of the collection ${name}.`);
    }
    const prepared = this.connection.run((database) => new Collections(database).prepare(collection), MANY);
    this.#preparations.set(collection, prepared);
    prepared.catch(() => this.#preparations.delete(collection));
    return prepared;
  }
}

/** The last write of each document. */
function storedWrites(writes: readonly Write[], to: Position): StoredWrite[] {
  const last = new Map<string, StoredWrite>();
  for (const write of writes) {
    last.set(`${write.collection.name} ${write.id}`, storedWrite({ position: to, ...write }));
  }
  return [...last.values()];
}
