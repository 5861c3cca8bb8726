import { relative } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/** Spec files that start many programs, or a browser, take a minute or more: none of them is to be what a run waits for at its end. */
const DEAREST =
  /^test\/(?:failures|crash|bench|browser|client|acceptance\/(?:stopping|recovery|configuration))\b/;

/** Jest's order, by duration where it is known and else by size, with the dearest files before all others. */
export default class DearestFirst extends Sequencer {
  sort(tests) {
    const isDear = ({ path, context }) => DEAREST.test(relative(context.config.rootDir, path));
    const [dear, others] = [[], []];
    for (const test of super.sort(tests)) (isDear(test) ? dear : others).push(test);
    return [...dear, ...others];
  }
}
