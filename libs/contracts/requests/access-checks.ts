import { type AccessAction, accessActions } from '#domain/installation';
import { type BodyShape, compile } from '../commands/compile.ts';
import { list, nested, oneOf, Required, uuid } from '../commands/declare.ts';
import { schemaOf } from '../commands/schema.ts';

/** The most checks one request may ask for. */
const MAX_CHECKS = 1_000;

/** May this account do this with this installation now (R-G3)? */
export class AccessCheckData {
  @Required(uuid) readonly account!: string;
  @Required(uuid) readonly installation!: string;
  @Required(oneOf(accessActions)) readonly action!: AccessAction;
}

export class AccessChecksData {
  @Required(
    list(
      nested(() => AccessCheckData),
      { max: MAX_CHECKS },
    ),
  )
  readonly checks!: readonly AccessCheckData[];
}

const schema = schemaOf(AccessChecksData);

/** The body of a request for checks. */
export const accessChecks: BodyShape<AccessChecksData> = { schema, validate: compile(schema) };
