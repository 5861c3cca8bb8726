import { writeSync } from 'node:fs';

/** Ends a run with one plain line, `N passed, N failed`. Jest writes its own summary after every reporter. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    // A suite that could not even be loaded counts as one failure.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`;
    process.once('exit', () => writeSync(1, line));
  }
}
