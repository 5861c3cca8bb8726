// The environment of each spec file: Node's; its teardown kills the programs that the file has started.
import { TestEnvironment } from 'jest-environment-node';

/** The process groups that test/programs/child.ts has started. */
const STARTED = Symbol.for('tessera.started-programs');

const POLL_INTERVAL_MS = 500;

// A worker exits when Jest was killed, and with it the programs it started. Polls, since a listener for `disconnect`
// would keep the worker running.
if (process.connected) {
  setInterval(() => process.connected || process.exit(1), POLL_INTERVAL_MS).unref();
}

export default class SpecEnvironment extends TestEnvironment {
  /** Runs after the file's own hooks, also when a test has failed or timed out. */
  async teardown() {
    for (const leader of this.global?.[STARTED] ?? []) {
      try {
        process.kill(-leader, 'SIGKILL');
      } catch {
        // It has exited already.
      }
    }
    await super.teardown();
  }
}
