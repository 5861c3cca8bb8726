import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { bodyFor, validFor } from '../../../test/compatibility/arbitrary-body.ts';
import { type PublicCommand, publicCommands } from './index.ts';

/** class-validator requires at least one decorated field, and refuses `{}` for a class without. */
const withFields = publicCommands.filter(({ schema }) => Object.keys(schema.properties).length > 0);

function accepted(command: PublicCommand, body: unknown) {
  const instance = plainToInstance(command.dto, body);
  return {
    declared: validateSync(instance, { whitelist: true, forbidNonWhitelisted: true }).length === 0,
    compiled: command.validate(body) === undefined,
  };
}

describe.each(withFields)('$type', (command) => {
  it('the compiled validator accepts what class-validator accepts', () => {
    fc.assert(
      fc.property(validFor(command.schema), (body) => {
        expect(accepted(command, body)).toEqual({ declared: true, compiled: true });
      }),
      { numRuns: 60 },
    );
  });

  it('the compiled validator refuses what class-validator refuses', () => {
    fc.assert(
      fc.property(bodyFor(command.schema), (body) => {
        const { declared, compiled } = accepted(command, body);
        expect(compiled).toBe(declared);
      }),
      { numRuns: 150 },
    );
  });
});
