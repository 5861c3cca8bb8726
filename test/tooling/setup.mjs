import { build } from './build.mjs';

/** Before the first spec file of a run. */
export default function setup({ rootDir }) {
  build(rootDir);
}
