import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EventStoreUnavailable, EventStoreUnusable } from '#event-store';
import { readCheckpoint, type VerifierKey } from '#evidence';
import { ViewStoreUnavailable } from '#view-store';
import { release } from '../../release.ts';
import { checkpointIn } from '../../sealing.ts';
import { readPlace, type WorkerPlace } from '../../worker/config.ts';
import { viewsPath } from '../../worker/paths.ts';
import { openStores } from '../../worker/stores.ts';
import { verifierKey } from '../audit/verifier-key.ts';
import { type Answer, CannotBeDone, type CommandLine } from '../command-line.ts';
import { type Deployment, withDeployment } from '../deployment/index.ts';
import { quietLog } from '../deployment/stopped.ts';
import { Progress } from '../progress.ts';
import { Backup } from './backup.ts';
import { BackupUnusable } from './manifest.ts';
import { type Restored, restoreBackup, TargetDiffers, TargetNotEmpty } from './restore.ts';
import { type Saved, saveBackup } from './save.ts';

/** Saves what cannot be rebuilt, while the deployment runs. */
export function backup(line: CommandLine) {
  return line
    .command('backup', {
      summary: 'save the log, and everything that cannot be rebuilt from it',
      description:
        'Saves the log, and everything that cannot be rebuilt from it, of the stores that the environment names, while they are in ' +
        'use. A backup that was not finished has a name of its own, and is never restored. It holds no secret: the ' +
        'keys are to be kept apart.',
      examples: {
        'backup /backup/2026-11-29': 'Save everything up to now:',
        'backup "/backup/$(date --utc +%FT%H%M)" --json': 'As a scheduled job, each under its own name:',
      },
    })
    .argument('<directory>', 'what to call the backup; there must be nothing of that name')
    .action(
      line.answering((directory) =>
        withDeployment(line, (deployment) =>
          withProgress(line, async (progress) => {
            const saved = await save(directory, deployment, progress);
            return { data: { directory, ...dataOf(saved) }, text: savedText(directory, saved, deployment) };
          }),
        ),
      ),
    );
}

/** Restores a backup into empty stores. */
export function restore(line: CommandLine) {
  return line
    .command('restore', {
      summary: 'restore a backup into empty stores of either kind',
      description:
        'Checks a backup, and restores it into the empty stores that the environment names: those in DATA_DIR, or an ' +
        'EventStoreDB and a MongoDB, whatever it was made of. Nothing else may run on them. Cut short, it goes on when ' +
        'it is run again.',
      examples: {
        'restore /backup/2026-11-29': 'Restore it into the empty stores of this environment:',
        'restore /backup/2026-11-29 --check --key "$KEY"':
          'Only check that it is complete, and of the log that was signed with this key:',
      },
    })
    .argument('<directory>', 'the backup')
    .option('--check', 'read and check all of it, and restore nothing')
    .option('--key <key...>', 'a public key of the sealed log to trust, as name+hash+base64')
    .action(
      line.answering((directory, { check, key }) => {
        const keys = key?.map(verifierKey);
        return withProgress(line, async (progress) => {
          const opened = await openChecked(directory, keys, progress);
          const { sha256, manifest } = opened;
          if (check) return { data: { directory, ...dataOf(opened) }, text: checkedText(directory, opened) };
          const place = readPlace(line.env);
          const restored = await restoreInto(place, opened, progress);
          const data = { directory, sha256, ...restored, checkpoint: manifest.checkpoint };
          return { data, text: restoredText(restored, opened, place) };
        });
      }),
    );
}

async function save(
  directory: string,
  { kind, settings: { dataDir }, recorded: log, keyStore: keys, stored }: Deployment,
  progress: Progress,
): Promise<Saved> {
  const isShared = kind === 'shared';
  const views = isShared || existsSync(viewsPath(dataDir)) ? stored : undefined;
  return saveBackup({
    log,
    views,
    keys,
    checkpointCopy: isShared ? undefined : await checkpointIn(dataDir).read(),
    directory,
    stores: isShared ? 'shared' : 'embedded',
    release: release(),
    madeAt: new Date().toISOString(),
    report: (done, total) => progress.report('saving', done, total),
  });
}

async function openChecked(
  directory: string,
  keys: readonly VerifierKey[] | undefined,
  progress: Progress,
): Promise<Backup> {
  const opened = await Backup.open(directory);
  await opened.check(keys, (done, total) => progress.report('checking', done, total));
  return opened;
}

async function restoreInto(place: WorkerPlace, opened: Backup, progress: Progress): Promise<Restored> {
  const { events: log, views, keyStore: keys } = await openStores(place, quietLog(), () => undefined);
  try {
    const report = progress.report.bind(progress);
    const restored = await restoreBackup({ backup: opened, log, views, keys, report });
    const { checkpoint } = opened.manifest;
    if (!place.stores && checkpoint !== undefined) await checkpointIn(place.dataDir).write(checkpoint);
    return restored;
  } finally {
    await Promise.all([views.close(), log.close(), keys.close()]);
  }
}

/** @throws CannotBeDone for expected failures */
async function withProgress(
  { err }: CommandLine,
  work: (progress: Progress) => Promise<Answer>,
): Promise<Answer> {
  const progress = new Progress(err);
  try {
    return await work(progress);
  } catch (error) {
    throw explained(error);
  } finally {
    progress.end();
  }
}

const FORESEEN = [BackupUnusable, TargetNotEmpty, TargetDiffers, EventStoreUnusable];
const PASSING = [EventStoreUnavailable, ViewStoreUnavailable];

function explained(error: unknown): unknown {
  const cause = { cause: error };
  const { message, code } = error as NodeJS.ErrnoException;
  if (PASSING.some((kind) => error instanceof kind)) {
    return new CannotBeDone(`${message}\nRun the command again once that is fixed.`, cause);
  }
  // System errors: disk full, no permission.
  const isForeseen = FORESEEN.some((kind) => error instanceof kind) || /^E[A-Z]+$/.test(code ?? '');
  return isForeseen ? new CannotBeDone(message, cause) : error;
}

function dataOf({ manifest: { files: _, ...manifest }, sha256 }: Saved) {
  return { sha256, ...manifest };
}

const COUNTS = new Intl.NumberFormat('en');
const MIB = 1024 * 1024;

function savedText(directory: string, saved: Saved, { kind, settings: { dataDir } }: Deployment): string {
  const bytes = saved.manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const secrets =
    kind === 'shared'
      ? 'SECRET, SEAL_KEYS and KEY_ENCRYPTION_KEY'
      : ['secret.key', 'seal.key', 'key-encryption.key'].map((file) => join(dataDir, file)).join(', ');
  return `The backup in ${directory} is whole: ${described(saved)}, ${COUNTS.format(Math.ceil(bytes / MIB))} MiB.
Keep apart from it what it does not hold: ${secrets}.`;
}

function checkedText(directory: string, opened: Backup): string {
  return `The backup in ${directory} is whole: ${described(opened)}.`;
}

function restoredText({ before }: Restored, opened: Backup, { stores, dataDir }: WorkerPlace): string {
  const where = stores ? 'the event store and the view store' : dataDir;
  const secrets = stores
    ? 'Give all services and workers the SECRET, the SEAL_KEYS and the KEY_ENCRYPTION_KEY of the log'
    : `Put secret.key, seal.key and key-encryption.key of the log into ${dataDir}`;
  return `The log is restored into ${where}: ${described(opened)}; ${COUNTS.format(before)} events were there from an earlier attempt.
${secrets}, and start. The views are built from the log.`;
}

function described({ manifest: { log, checkpoint }, sha256 }: Saved | Backup): string {
  const events = `${COUNTS.format(log.events)} events`;
  const sealed =
    checkpoint === undefined
      ? 'none of them sealed'
      : `${COUNTS.format(readCheckpoint(checkpoint).size)} of them sealed`;
  return `${events}, ${sealed}, SHA-256 of its manifest ${sha256}`;
}
