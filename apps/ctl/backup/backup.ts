import { join } from 'node:path';
import type { RecordedEvent } from '#event-store';
import { type Checkpoint, NotAuthentic, openCheckpoint, readCheckpoint, type VerifierKey } from '#evidence';
import { LogTree } from './log-tree.ts';
import { BackupUnusable, LOG, type Manifest, readManifest } from './manifest.ts';
import { fileAt, recordsIn } from './record-file.ts';

/** A backup that was finished. */
export class Backup {
  private constructor(
    readonly directory: string,
    readonly manifest: Manifest,
    /** Of the manifest. */
    readonly sha256: string,
  ) {}

  /** @throws BackupUnusable there is none, it is not finished, was altered, or is of a later release */
  static async open(directory: string): Promise<Backup> {
    const { manifest, sha256 } = await readManifest(directory);
    return new Backup(directory, manifest, sha256);
  }

  /** The last checkpoint of its log, as it says by itself. */
  get checkpoint(): Checkpoint | undefined {
    const { checkpoint } = this.manifest;
    return checkpoint === undefined ? undefined : readCheckpoint(checkpoint);
  }

  /** The events in the log's order; positions are those of the store that they were saved from. */
  events(): AsyncGenerator<RecordedEvent> {
    return this.records(LOG) as AsyncGenerator<RecordedEvent>;
  }

  async *records(part: string): AsyncGenerator<unknown> {
    for (const file of this.manifest.files) {
      if (file.part === part) yield* recordsIn(join(this.directory, file.name));
    }
  }

  /**
   * Reads all of it, and compares it with the hashes in its manifest, and its log with the checkpoint that was signed.
   * @param trusted the keys of which one must have signed that; any by default
   * @param report called often, with the number of events
   * @throws BackupUnusable a byte is not what was written, or the log not the one that was sealed
   */
  async check(
    trusted: readonly VerifierKey[] | undefined,
    report: (events: number, total: number) => void,
  ): Promise<void> {
    for (const { name, bytes, sha256 } of this.manifest.files) {
      const found = await fileAt(join(this.directory, name));
      if (found === undefined) throw this.#unusable(`there is no ${name}`);
      if (found.bytes !== bytes || found.sha256 !== sha256) {
        throw this.#unusable(`${name} is not what was written`);
      }
    }
    this.#checkSignature(trusted);
    const { log } = this.manifest;
    const tree = new LogTree(this.checkpoint);
    for await (const event of this.events()) {
      tree.append(event);
      report(tree.size, log.events);
    }
    if (tree.size !== log.events || tree.root !== log.root) {
      throw this.#unusable(`its ${tree.size} events are not the ${log.events} that were saved`);
    }
    if (!tree.isAsSealed) throw this.#unusable('its log does not begin with the events of its checkpoint');
  }

  #checkSignature(trusted: readonly VerifierKey[] | undefined): void {
    if (trusted === undefined) return;
    const { checkpoint } = this.manifest;
    if (checkpoint === undefined)
      throw this.#unusable('nothing of its log was sealed, so no key vouches for it');
    try {
      openCheckpoint(checkpoint, trusted);
    } catch (error) {
      if (error instanceof NotAuthentic) throw this.#unusable(`its checkpoint: ${error.message}`);
      throw error;
    }
  }

  #unusable(why: string): BackupUnusable {
    return new BackupUnusable(this.directory, why);
  }
}
