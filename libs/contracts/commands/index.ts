export type { BodyShape, Validate, ValidationIssue } from './compile.ts';
export { compile, MAX_ISSUES } from './compile.ts';
export { type CommandEnvelope, commandEnvelope } from './envelope.ts';
export type { PublicCommand } from './registry.ts';
export { publicCommand, publicCommands } from './registry.ts';
export { resourceBody } from './resource-body.ts';
export type { ObjectSchema, Schema } from './schema.ts';
export { schemaOf, UnmappedConstraint } from './schema.ts';
export type * from './shapes.ts';
