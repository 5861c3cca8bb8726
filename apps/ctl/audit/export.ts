import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { validate as isUuid } from 'uuid';
import type { AuditEntry, AuditedKind } from '#application';
import { projections } from '#projections';
import { ProjectionViews } from '#subscriptions';
import { exportFormats } from '../../api/audit/export.ts';
import { moment } from '../arguments.ts';
import { AUDITOR } from '../auditor.ts';
import { CannotBeDone, type CommandLine, WrongUsage } from '../command-line.ts';
import { withDeployment } from '../deployment/index.ts';
import { Progress } from '../progress.ts';

const KINDS = ['share', 'connection', 'installation', 'account'] as const satisfies readonly AuditedKind[];
const FORMATS = ['ndjson', 'csv'] as const;
/** The file may contain personal data: only its owner may read it. */
const MODE = 0o600;
const COUNTS = new Intl.NumberFormat('en');

/** A whole history as a file, or that of everything. */
export function exportHistory(line: CommandLine) {
  return line
    .command('export', {
      summary: 'write a whole history to a file, or that of everything',
      description:
        'Writes what GET /v1/audit/export gives an auditor: a history from its first event to its last, a line for each ' +
        'event, or where none is named every event of the log. As NDJSON each line is an item of the history; as CSV it ' +
        'has the same in columns, with formulas made text. It may run while the log is in use. Until it is whole the file ' +
        'has .unfinished behind its name.',
      examples: {
        'audit export --file audit.ndjson': 'Every event of the log:',
        'audit export --share 0190… --format csv --file share.csv':
          'The history of a share, for a spreadsheet:',
        'audit export --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z --file march.ndjson':
          'What happened after the one moment, up to and including the other:',
      },
    })
    .option('--share <id>', 'only its history', id)
    .option('--connection <id>', 'only its history', id)
    .option('--installation <id>', 'only its history', id)
    .option('--account <id>', 'only its history', id)
    .addOption(new Option('--format <format>').choices(FORMATS).default('ndjson' as const))
    .option('--from <time>', 'only what happened after it, by ISO 8601', moment)
    .option('--to <time>', 'only what happened up to and including it', moment)
    .requiredOption('--file <file>', 'where to write it; there must be nothing of that name')
    .action(
      line.answering(({ format, from, to, file, ...named }) => {
        const of = subjectOf(named);
        return withDeployment(line, async ({ events, stored }) => {
          if (existsSync(file)) throw new CannotBeDone(`There is something called ${file} already.`);
          const { ExportHistory, ExportHistoryHandler } = await import('#application');
          const views = new ProjectionViews(stored, projections);
          const query = new ExportHistory(AUDITOR, of, { from, to });
          const { pages } = await new ExportHistoryHandler(events, views).execute(query);
          const counted = new Counted(pages, new Progress(line.err));
          await written(file, exportFormats[format].written(counted.pages()));
          const exported = counted.events;
          return {
            data: { file, format, events: exported },
            text: `${COUNTS.format(exported)} events are in ${file}.`,
          };
        });
      }),
    );
}

/** @throws WrongUsage several are named */
function subjectOf(
  named: Readonly<Partial<Record<AuditedKind, string>>>,
): { readonly kind: AuditedKind; readonly id: string } | undefined {
  const [subject, ...others] = KINDS.flatMap((kind) => {
    const id = named[kind];
    return id === undefined ? [] : [{ kind, id }];
  });
  if (others.length > 0) throw new WrongUsage('one export has one subject; export each by itself.');
  return subject;
}

/** Reports the number of entries while they are read. */
class Counted {
  events = 0;

  constructor(
    private readonly source: AsyncIterable<readonly AuditEntry[]>,
    private readonly progress: Progress,
  ) {}

  async *pages(): AsyncGenerator<readonly AuditEntry[]> {
    try {
      for await (const page of this.source) {
        yield page;
        this.events += page.length;
        this.progress.report('exporting', this.events);
      }
    } finally {
      this.progress.end();
    }
  }
}

/** The file gets its name once it is complete. */
async function written(file: string, contents: NodeJS.ReadableStream): Promise<void> {
  const unfinished = `${file}.unfinished`;
  const target = createWriteStream(unfinished, { mode: MODE, flush: true });
  try {
    await pipeline(contents, target);
    await rename(unfinished, file);
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    throw new CannotBeDone(`It cannot be written: ${message}.`, { cause: error });
  } finally {
    await rm(unfinished, { force: true });
  }
}

function id(text: string): string {
  if (!isUuid(text)) throw new InvalidArgumentError('It is a UUID.');
  return text.toLowerCase();
}
