import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError } from '@commander-js/extra-typings';
import { type EventReader, EventStoreUnavailable, EventStoreUnusable } from '#event-store';
import { SqliteEventReader } from '#event-store/sqlite';
import { parseVerifierKey } from '#evidence';
import { knownKeys, NothingToVerify, type Verified, verifyLog } from '#seal';
import { type ViewReader, ViewStoreUnavailable } from '#view-store';
import { SqliteViewReader } from '#view-store/sqlite';
import { Environment } from '../../environment.ts';
import { checkpointIn } from '../../sealing.ts';
import { readStoreUrls } from '../../store-urls.ts';
import { viewsPath } from '../../worker/paths.ts';
import { type Answer, CannotBeDone, type CommandLine, WrongUsage } from '../command-line.ts';
import { Progress } from '../progress.ts';
import { verifierKey } from './verifier-key.ts';

interface Options {
  readonly since?: string;
  readonly from?: number;
  readonly to?: number;
  readonly key?: readonly string[];
}

/** Whether the log is the one that was sealed; it may be verified while it is in use. */
export function verify(line: CommandLine) {
  return line
    .command('verify', {
      summary: 'compare the log with what was sealed, and name the first event that differs',
      description:
        'Compares every event of the log, in DATA_DIR or in the stores that the environment names, with what was sealed. ' +
        'Without --key the keys that the store publishes are trusted: auditors give those they have from elsewhere.',
      examples: {
        'audit verify': 'Compare the whole log with its last checkpoint:',
        'audit verify --since 2026-11-29.checkpoint --key "$KEY"':
          'Check that it also starts with the log of a stored checkpoint:',
        'audit verify --from 1000 --to 2000': 'Compare a range of events:',
      },
    })
    .option('--since <file>', 'an earlier checkpoint, as GET /v1/audit/checkpoint gave it')
    .option('--from <place>', 'the first event, counted from 0', wholeNumber)
    .option('--to <place>', 'the event before which to end', wholeNumber)
    .option('--key <key...>', 'a public key to trust, as name+hash+base64')
    .action(line.answering((options) => run(options, line)));
}

async function run(options: Options, { env: variables, err }: CommandLine): Promise<Answer> {
  const { since, from, to } = options;
  if (since !== undefined && (from !== undefined || to !== undefined)) {
    throw new WrongUsage('--since compares the whole log, and cannot be combined with --from or --to.');
  }
  const given = options.key?.map(verifierKey);
  const older = since === undefined ? undefined : textIn(since);
  const progress = new Progress(err);
  try {
    const { reader, views, copy } = await openStores(variables);
    try {
      const keys = given ?? (await knownKeys(views)).map(({ id }) => parseVerifierKey(id));
      const report = (done: number, total: number) => progress.report('verifying', done, total);
      const verified = await verifyLog({ reader, views, copy, keys, since: older, from, to, report });
      progress.end();
      return { data: verified, text: describe(verified), foundWrong: verified.difference !== undefined };
    } finally {
      progress.end();
      await Promise.all([views.close(), reader.close()]);
    }
  } catch (error) {
    const foreseen = [NothingToVerify, EventStoreUnavailable, EventStoreUnusable, ViewStoreUnavailable];
    if (!foreseen.some((kind) => error instanceof kind)) throw error;
    throw new CannotBeDone((error as Error).message, { cause: error });
  }
}

async function openStores(
  variables: CommandLine['env'],
): Promise<{ readonly reader: EventReader; readonly views: ViewReader; readonly copy?: string }> {
  const env = new Environment(variables);
  const stores = readStoreUrls(env);
  const directory = env.checked(env.text('DATA_DIR', './data'));
  if (stores) {
    const [{ EventStoreDbEventStore }, { MongoViewReader }] = await Promise.all([
      import('#event-store/eventstoredb'),
      import('#view-store/mongodb'),
    ]);
    return {
      reader: new EventStoreDbEventStore({ url: stores.events }),
      views: new MongoViewReader({ url: stores.views }),
    };
  }
  if (!existsSync(join(directory, 'events.db'))) {
    throw new CannotBeDone(`There is no log in ${directory}; DATA_DIR says where it is.`);
  }
  const reader = await SqliteEventReader.open({ directory });
  const copy = await checkpointIn(directory).read();
  return { reader, views: new SqliteViewReader({ path: viewsPath(directory) }), copy };
}

function describe({ size, compared, notYetSealed, difference }: Verified): string {
  if (difference === undefined) {
    const newer = notYetSealed === 0 ? '' : ` ${notYetSealed} newer events are not yet sealed.`;
    return `The log is as it was sealed: ${compared} of ${size} sealed events were compared.${newer}`;
  }
  const { kind, index, event, detail } = difference;
  const which = event
    ? `event ${event.id}, revision ${event.revision} of ${event.stream}`
    : 'no event is named';
  return `The log is not as it was sealed (${kind}): at place ${index}, ${which}.\n${detail}`;
}

function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CannotBeDone(`The checkpoint cannot be read: ${(error as Error).message}.`, { cause: error });
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It is a whole number.');
  return Number(text);
}
