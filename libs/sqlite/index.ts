export { Checkpointer } from './checkpointer.ts';
