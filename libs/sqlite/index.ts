export { Checkpointer, type CheckpointLimits } from './checkpointer.ts';
