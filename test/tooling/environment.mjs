// The environment of each spec file: Node's, and at its end everything ends that the file has started.
import { TestEnvironment } from 'jest-environment-node';

/** Where test/programs/child.ts keeps the process groups it has started. */
const STARTED = Symbol.for('tessera.started-programs');

const BETWEEN_LOOKS_MS = 500;

// A worker whose jest was killed goes too, and with it all it has started. To listen would keep it from ending.
if (process.connected) {
  setInterval(() => process.connected || process.exit(1), BETWEEN_LOOKS_MS).unref();
}

export default class SpecEnvironment extends TestEnvironment {
  /** Comes after the file's own hooks, also when a test has failed or taken too long. */
  async teardown() {
    for (const leader of this.global?.[STARTED] ?? []) {
      try {
        process.kill(-leader, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
    await super.teardown();
  }
}
