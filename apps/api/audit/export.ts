// A history as a file: a line for each event.
import { Readable } from 'node:stream';
import type { AuditEntry } from '#application';
import { csvOf, type Row } from '../http/csv.ts';

type Pages = AsyncIterable<readonly AuditEntry[]>;

/** The columns, in an order that stays: further ones are added behind them. */
const COLUMNS: { readonly [column: string]: (entry: AuditEntry) => string | undefined } = {
  time: ({ time }) => time,
  subject_kind: ({ subject }) => subject.kind,
  subject_id: ({ subject }) => subject.id,
  revision: ({ revision }) => String(revision),
  type: ({ type }) => type,
  sentence: ({ sentence }) => sentence,
  account_id: ({ actor }) => actor.account.id,
  account_name: ({ actor }) => actor.account.name,
  role: ({ actor }) => actor.role,
  user: ({ actor }) => actor.user,
  service: ({ actor }) => actor.service,
  command: ({ command }) => command,
  cause: ({ cause }) => cause,
  correlation: ({ correlation }) => correlation,
  event_id: ({ id }) => id,
  data: ({ data }) => JSON.stringify(data),
};

/** How a history is written down, by the format asked for. */
export const exportFormats = {
  ndjson: {
    mediaType: 'application/x-ndjson',
    written: (pages: Pages) => Readable.from(lines(pages), { objectMode: false }),
  },
  csv: {
    mediaType: 'text/csv; charset=utf-8',
    written: (pages: Pages) => csvOf(rows(pages)),
  },
} as const;

async function* lines(pages: Pages): AsyncGenerator<string> {
  for await (const entries of pages) yield entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

async function* rows(pages: Pages): AsyncGenerator<readonly Row[]> {
  yield [Object.keys(COLUMNS)];
  const cells = Object.values(COLUMNS);
  for await (const entries of pages) yield entries.map((entry) => cells.map((cellOf) => cellOf(entry) ?? ''));
}
