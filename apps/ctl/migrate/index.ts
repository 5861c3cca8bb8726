import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import { EventStoreUnavailable, EventStoreUnusable } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { SqliteEventStore } from '#event-store/sqlite';
import { keysDatabase, MongoKeyStore } from '#personal-data/mongodb';
import { keysPath, SqliteKeyStore } from '#personal-data/sqlite';
import { ViewStoreUnavailable } from '#view-store';
import { collectionsIn, MongoConnection } from '#view-store/mongodb';
import { Environment } from '../../environment.ts';
import { isEventStoreUrl, isViewStoreUrl } from '../../store-urls.ts';
import { type Answer, CannotBeDone, type CommandLine, type Output, WrongUsage } from '../command-line.ts';
import { Progress } from '../progress.ts';
import { TargetDiffers } from './compare.ts';
import { copyLog, type Migrated } from './copy.ts';

/** From the stores of one process to those that many share. */
export function migrate(line: CommandLine) {
  return line
    .command('migrate', {
      summary: 'copy the log in DATA_DIR to an EventStoreDB, and the keys of data subjects to a MongoDB',
      description:
        'Copies the log of the embedded stores in DATA_DIR to an EventStoreDB. If interrupted, it continues when run again.',
      examples: {
        "migrate --from embedded --to 'esdb://user:password@host:2113' --to mongodb://host/tessera":
          'Copy the log and the keys, and see that the database for the views is empty:',
      },
    })
    .addOption(
      new Option('--from <stores>', 'the stores to copy from')
        .choices(['embedded'] as const)
        .makeOptionMandatory(),
    )
    .requiredOption(
      '--to <url...>',
      'esdb://… of the new log, and mongodb://<hosts>/<database> of the views, beside which the keys of data subjects are kept',
    )
    .action(line.answering(({ to }) => run(to, line)));
}

/** So many keys are copied at once. */
const KEYS_AT_ONCE = 500;

interface Destination {
  readonly events: string;
  /** Only checked to be empty: workers fill it. The keys of data subjects go beside it. */
  readonly views: string | undefined;
}

async function run(to: readonly string[], { env: variables, err }: CommandLine): Promise<Answer> {
  const { events, views } = destinationOf(to);
  const env = new Environment(variables);
  const directory = env.checked(env.text('DATA_DIR', './data'));
  try {
    if (views !== undefined) await refuseOldViews(views);
    const keys = await copyKeys(directory, views);
    const migrated = await migrateLog(directory, events, err);
    return { data: { directory, keys, ...migrated }, text: lastWords({ keys, ...migrated }, directory) };
  } catch (error) {
    throw explained(error);
  }
}

function destinationOf(to: readonly string[]): Destination {
  const [events, ...otherEvents] = to.filter(isEventStoreUrl);
  const [views, ...otherViews] = to.filter(isViewStoreUrl);
  // The message does not repeat it, as it may contain a password.
  const strange = to.some((url) => !isEventStoreUrl(url) && !isViewStoreUrl(url));
  if (strange) throw new WrongUsage('a --to must be esdb://… or mongodb://<hosts>/<database>');
  if (events === undefined || otherEvents.length > 0 || otherViews.length > 0) {
    throw new WrongUsage('one --to esdb://… is required, and one --to mongodb://… is optional');
  }
  return { events, views };
}

/**
 * Followers begin at the start of a log only in a store that knows none of them, and a checkpoint of another log
 * would make them skip events.
 */
async function refuseOldViews(url: string): Promise<void> {
  const collections = await collectionsIn({ url });
  if (collections.length === 0) return;
  throw new CannotBeDone(
    `The view store is not empty (${collections.join(', ')}): its views may be of another log. ` +
      'Name a database that does not exist yet, or drop this one: the workers rebuild all views.',
  );
}

/**
 * The keys of data subjects come first: without them nobody could read what is personal in the copy of the log.
 * @throws CannotBeDone there are some, and nothing says where to
 */
async function copyKeys(directory: string, views: string | undefined): Promise<number> {
  if (!existsSync(keysPath(directory))) return 0;
  const source = new SqliteKeyStore(keysPath(directory));
  try {
    let copied = 0;
    for (let after = ''; ; ) {
      const records = await source.page(after, KEYS_AT_ONCE);
      const last = records.at(-1);
      if (last === undefined) return copied;
      if (views === undefined) {
        throw new CannotBeDone(
          'The keys of data subjects are copied too: --to mongodb://<hosts>/<database> says where to.',
        );
      }
      const target = new MongoKeyStore(new MongoConnection({ url: keysDatabase(views) }));
      await target.restore(records).finally(() => target.close());
      copied += records.length;
      after = last.id;
    }
  } finally {
    await source.close();
  }
}

async function migrateLog(directory: string, url: string, out: Output): Promise<Migrated> {
  if (!existsSync(join(directory, 'events.db'))) {
    throw new CannotBeDone(`There is no log in ${directory}; DATA_DIR says where it is.`);
  }
  const target = new EventStoreDbEventStore({ url });
  const progress = new Progress(out);
  try {
    // Opened as by a service: it is verified, and locked meanwhile.
    const source = await SqliteEventStore.open({ directory });
    try {
      out.write(`The log in ${directory}:\n`);
      const report = progress.report.bind(progress);
      return await copyLog({ source, target, report });
    } finally {
      await source.close();
    }
  } finally {
    progress.end();
    await target.close();
  }
}

function explained(error: unknown): unknown {
  if (error instanceof EventStoreUnavailable) {
    const cause = { cause: error };
    return new CannotBeDone(`${error.message}\nRun the command again to continue.`, cause);
  }
  const foreseen = [TargetDiffers, EventStoreUnusable, ViewStoreUnavailable];
  if (!foreseen.some((kind) => error instanceof kind)) return error;
  return new CannotBeDone((error as Error).message, { cause: error });
}

function lastWords(
  { keys, events, before, streams, hash }: Migrated & { readonly keys: number },
  directory: string,
): string {
  return `The copy is whole: ${events} events in ${streams} streams, ${before} of them from before.
  SHA-256 of all, read from either side: ${hash}
  The keys of data subjects: ${keys} of them.
What is left to do:
  Give every service and worker the secret of this folder, SECRET="$(base64 < ${join(directory, 'secret.key')})",
  and its key-encryption key, KEY_ENCRYPTION_KEY="$(cat ${join(directory, 'key-encryption.key')})".
  Start services and workers on the new stores. The workers build the views from the start of the log.
  Start nothing on ${directory} any more; keep it until you are content.`;
}
