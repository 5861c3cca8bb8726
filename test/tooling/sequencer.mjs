import { relative } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/**
 * Spec files that start many programs or a browser, or hold a store to all it promises, take a minute or more: none of
 * them is to be what a run waits for at its end. The one that takes longest is first: a machine that has never run them
 * knows no durations, and sizes tell nothing of what files bring in.
 */
const DEAREST = [
  /^test\/browser\/console\b/,
  /^test\/(?:failures|crash|contract|bench|browser|client|acceptance\/(?:stopping|recovery|configuration))\b/,
];

/** Jest's order, by duration where it is known and else by size, with the dearest files before all others. */
export default class DearestFirst extends Sequencer {
  sort(tests) {
    const rankOf = ({ path, context }) => {
      const file = relative(context.config.rootDir, path);
      const rank = DEAREST.findIndex((dear) => dear.test(file));
      return rank < 0 ? DEAREST.length : rank;
    };
    return super.sort(tests).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
