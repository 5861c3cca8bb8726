import type { Position } from '#event-store';
import type { Settled, SettledViews } from '#subscriptions';
import type { CollectionDefinition, CountQuery, Document, FindQuery, Page, PrefixQuery } from '#view-store';
import type { PersonalKeys } from './keys.ts';
import { Revealer } from './revealing.ts';

/** Views whose documents hold sealed values: they are opened when they are read. */
export class RevealedViews implements SettledViews {
  readonly #views: SettledViews;
  readonly #revealer: Revealer;

  /** @param views are closed with this */
  constructor(views: SettledViews, keys: PersonalKeys) {
    this.#views = views;
    this.#revealer = new Revealer(keys);
  }

  async get<D extends Document>(collection: CollectionDefinition<D>, id: string): Promise<D | undefined> {
    const [document] = await this.#revealer.values([await this.#views.get(collection, id)]);
    return document;
  }

  async getMany<D extends Document>(
    collection: CollectionDefinition<D>,
    ids: readonly string[],
  ): Promise<readonly (D | undefined)[]> {
    return this.#revealer.values(await this.#views.getMany(collection, ids));
  }

  async find<D extends Document>(collection: CollectionDefinition<D>, query: FindQuery): Promise<Page<D>> {
    const page = await this.#views.find(collection, query);
    return { ...page, items: await this.#revealer.values(page.items) };
  }

  async findEach<D extends Document>(
    collection: CollectionDefinition<D>,
    queries: readonly PrefixQuery[],
  ): Promise<readonly Page<D>[]> {
    const pages = await this.#views.findEach(collection, queries);
    const items = await this.#revealer.values(pages.map((page) => page.items));
    return pages.map((page, index) => ({ ...page, items: items[index] as readonly D[] }));
  }

  findIds<D extends Document>(
    collection: CollectionDefinition<D>,
    queries: readonly PrefixQuery[],
  ): Promise<readonly Page<string>[]> {
    return this.#views.findIds(collection, queries);
  }

  count<D extends Document>(
    collection: CollectionDefinition<D>,
    query: Omit<CountQuery, 'text'>,
  ): Promise<number> {
    return this.#views.count(collection, query);
  }

  countUpTo<D extends Document>(
    collection: CollectionDefinition<D>,
    query: CountQuery,
    max: number,
  ): Promise<number | undefined> {
    return this.#views.countUpTo(collection, query, max);
  }

  checkpoint(follower: string): Promise<Position> {
    return this.#views.checkpoint(follower);
  }

  waitFor(follower: string, position: Position, timeoutMs: number): Promise<boolean> {
    return this.#views.waitFor(follower, position, timeoutMs);
  }

  settled<Result>(
    projection: string,
    read: (position: Position) => Promise<Result>,
  ): Promise<Settled<Result>> {
    return this.#views.settled(projection, read);
  }

  close(): Promise<void> {
    return this.#views.close();
  }
}
