import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Recorded } from '#contracts';
import { type Projection, storedAs } from '#subscriptions';
import type { CollectionDefinition, Document } from '#view-store';
import { CollectionWriter } from '../../../libs/view-store/sqlite/collection.ts';
import { tablesOf } from '../../../libs/view-store/sqlite/tables.ts';

const PAGE = 500;

type Row = [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
];

interface Collection {
  readonly get: (id: string) => Document | undefined;
  readonly writer: CollectionWriter;
}

/**
 * The simplest loop that keeps the same documents in the same tables with the same functions: reads the log in pages
 * of 500, and gets and upserts each document of each event, with the rows that follow from it.
 */
export class BareProjector {
  private readonly events: DatabaseSync;
  private readonly views: DatabaseSync;
  private readonly collections: ReadonlyMap<CollectionDefinition<Document>, Collection>;

  /** @param viewsPath of a view file that has the projection's tables */
  constructor(
    private readonly projection: Projection,
    eventsDirectory: string,
    viewsPath: string,
  ) {
    this.events = new DatabaseSync(join(eventsDirectory, 'events.db'), {
      readOnly: true,
      returnArrays: true,
    });
    this.views = new DatabaseSync(viewsPath);
    this.views.exec(
      'PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -65536',
    );
    this.collections = new Map(
      projection.collections.map((definition) => {
        const stored = storedAs(projection, definition);
        const statement = this.views.prepare(
          `SELECT document FROM ${tablesOf(stored).documents} WHERE id = ?`,
        );
        const get = (id: string) => {
          const row = statement.get(id);
          return row && (JSON.parse(row.document as string) as Document);
        };
        return [definition, { get, writer: new CollectionWriter(this.views, stored) }];
      }),
    );
  }

  /** Projects everything after a position. */
  run(after: number): void {
    const read = this.events.prepare(
      `SELECT position, name, revision, hex(id), type, data, metadata FROM event CROSS JOIN stream ON key = stream
       WHERE position > ? ORDER BY position LIMIT ${PAGE}`,
    );
    const handles: readonly string[] = this.projection.handles;
    for (let position = after; ; ) {
      const rows = read.all(position) as unknown as Row[];
      if (rows.length === 0) return;
      this.views.exec('BEGIN IMMEDIATE');
      for (const row of rows) if (handles.includes(row[4])) this.project(recorded(row));
      this.views.exec('COMMIT');
      position = (rows.at(-1) as Row)[0];
    }
  }

  close(): void {
    this.events.close();
    this.views.close();
  }

  private project(event: Recorded): void {
    for (const { collection, id, update } of this.projection.project(event)) {
      const { get } = this.of(collection);
      const before = get(id);
      const after = update(before);
      if (after !== before) this.save(collection, id, before, after, event.position);
    }
  }

  private save(
    collection: CollectionDefinition<Document>,
    id: string,
    before: Document | undefined,
    after: Document | undefined,
    position: number,
  ): void {
    const { writer } = this.of(collection);
    if (after === undefined) writer.remove(id);
    else writer.save(id, after, position);
    for (const { from, to, rows } of this.projection.derive ?? []) {
      if (from !== collection) continue;
      const left = new Set((before ? rows(before) : []).map((row) => row.id));
      for (const row of after ? rows(after) : []) {
        left.delete(row.id);
        this.save(to, row.id, this.of(to).get(row.id), row, position);
      }
      for (const gone of left) this.of(to).writer.remove(gone);
    }
  }

  private of(collection: CollectionDefinition<Document>): Collection {
    return this.collections.get(collection) as Collection;
  }
}

function recorded([position, stream, revision, id, type, data, metadata]: Row): Recorded {
  return {
    id,
    stream,
    revision,
    position,
    type,
    data: JSON.parse(data),
    metadata: JSON.parse(metadata),
  } as unknown as Recorded;
}
