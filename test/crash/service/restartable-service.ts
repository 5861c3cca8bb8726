import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunningService } from '../../acceptance/service.ts';
import type { Reachable } from './retrying-client.ts';

/** A service on one data directory that is killed and started again. */
export class RestartableService implements Reachable {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'tessera-crash-'));
  private current: Promise<RunningService> = RunningService.start({}, this.dataDir);

  /** Its URL, once it is ready (again). */
  async url(): Promise<string> {
    return (await this.current).url;
  }

  /** Kills it with SIGKILL, and starts it again. */
  async crash(): Promise<void> {
    const dying = await this.current;
    this.current = dying.kill().then(() => RunningService.start({}, this.dataDir));
    await this.current;
  }

  /** Stops it with SIGTERM, lets `meanwhile` change its files, and starts it again. */
  async pause(meanwhile: () => Promise<void>): Promise<void> {
    const stopping = await this.current;
    this.current = stopping
      .stop()
      .then(meanwhile)
      .then(() => RunningService.start({}, this.dataDir));
    await this.current;
  }

  async dispose(): Promise<void> {
    await (await this.current).stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
