export type { Change, ChangeType, FollowedChange, FollowOptions } from './changes.ts';
export * from './client.ts';
export { Consistency } from './consistency.ts';
export { type Problem, type ProblemCode, ProblemError, problemOf } from './problem.ts';
export type { RetryOptions } from './retry.ts';
export type { components, paths } from './schema.ts';
export { createTransport, type Transport, type TransportOptions } from './transport.ts';
