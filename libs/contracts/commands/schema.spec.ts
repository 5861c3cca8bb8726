import { describe, expect, it } from '@jest/globals';
import { IsInt, IsString, MinLength, ValidateIf, ValidateNested } from 'class-validator';
import { Clearable, ExactlyOneOf, line, nested, Optional, oneOf, Required, uuid } from './declare.ts';
import { schemaOf, UnmappedConstraint } from './schema.ts';

class Part {
  @Required(uuid) readonly id!: string;
}

@ExactlyOneOf('size', 'part')
class Thing {
  @Required(line(20)) readonly name!: string;
  @Optional(oneOf(['s', 'm'])) readonly size?: 's' | 'm';
  @Clearable(oneOf(['red', 'blue'])) readonly colour?: 'red' | 'blue' | null;
  @Optional(nested(() => Part)) readonly part?: Part;
}

describe('the JSON Schema of a declaration', () => {
  it('has every declared constraint, and allows no other field', () => {
    expect(schemaOf(Thing)).toEqual({
      title: 'Thing',
      type: 'object',
      properties: {
        name: { type: 'string', pattern: '^(?!\\s+$)[^\\p{Cc}\\p{Cs}]*$', minLength: 1, maxLength: 20 },
        size: { type: 'string', enum: ['s', 'm'] },
        colour: { type: ['string', 'null'], enum: ['red', 'blue', null] },
        part: {
          title: 'Part',
          type: 'object',
          properties: { id: { type: 'string', format: 'uuid' } },
          required: ['id'],
          additionalProperties: false,
        },
      },
      required: ['name'],
      additionalProperties: false,
      oneOf: [{ required: ['size'] }, { required: ['part'] }],
    });
  });

  class Unmapped {
    @IsInt() readonly field!: number;
  }
  class Conditional {
    @ValidateIf(() => true) @Required(uuid) readonly field!: string;
  }
  class RuleWithCondition {
    @IsString({ validateIf: () => false }) readonly field!: string;
  }
  class UntypedNested {
    @ValidateNested() readonly field!: object;
  }
  class Contradiction {
    @Required(line(20)) @Required(line(30)) readonly field!: string;
  }
  class Typeless {
    @MinLength(2) readonly field!: string;
  }
  @ExactlyOneOf('field', 'undeclared')
  class Incomplete {
    @Optional(uuid) readonly field?: string;
    readonly undeclared?: string;
  }

  it.each([Unmapped, Conditional, RuleWithCondition, UntypedNested, Contradiction, Typeless, Incomplete])(
    'refuses a declaration it cannot express: %p',
    (dto) => {
      expect(() => schemaOf(dto)).toThrow(UnmappedConstraint);
    },
  );
});
