import { type BodyShape, compile } from './compile.ts';
import type { Schema } from './schema.ts';
import { textPatterns } from './text.ts';

/** A command as internal services send it; `data` is checked by the command's own schema. */
export interface CommandEnvelope {
  readonly id: string;
  readonly type: string;
  readonly data: object;
  /** The account it is for: the caller's own by default. */
  readonly account?: string;
  /** The person it is for, by the name that the person's own tokens have as their subject: the caller by default. */
  readonly user?: string;
  readonly expectedRevision?: number;
  /** Only returns what the command would do: nothing is recorded. */
  readonly dryRun?: boolean;
}

const schema: Schema = {
  title: 'CommandEnvelope',
  type: 'object',
  properties: {
    id: { type: 'string', format: 'uuid' },
    type: { type: 'string', minLength: 1, maxLength: 100 },
    data: { type: 'object' },
    account: { type: 'string', format: 'uuid' },
    user: { type: 'string', minLength: 1, maxLength: 200, pattern: textPatterns.line.pattern.source },
    expectedRevision: { type: 'integer', minimum: 0 },
    dryRun: { type: 'boolean' },
  },
  required: ['id', 'type', 'data'],
  additionalProperties: false,
};

/** The body of a request that sends any command. */
export const commandEnvelope: BodyShape<CommandEnvelope> = { schema, validate: compile(schema) };
