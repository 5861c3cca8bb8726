import type { SchemaObject } from '@nestjs/swagger';
import { refTo } from '../../apps/api/openapi/components.ts';

/** The schemas of a document, each by one name. */
export class Components {
  readonly schemas: Record<string, SchemaObject>;

  constructor(schemas: Readonly<Record<string, SchemaObject>>) {
    this.schemas = { ...schemas };
  }

  /**
   * The same with every schema that has a title moved to a component of that name.
   * @throws Error two different schemas have one title
   */
  moved(part: object): object {
    const copy = Object.fromEntries(
      Object.entries(part).map(([key, value]) => [key, this.movedValue(value)]),
    );
    const { title, ...schema } = copy;
    if (typeof title !== 'string') return copy;
    const nullable = Array.isArray(schema.type);
    this.add(title, nullable ? { ...schema, type: 'object' } : schema);
    return nullable ? { anyOf: [refTo(title), { type: 'null' }] } : refTo(title);
  }

  private add(name: string, schema: object): void {
    const known = this.schemas[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`Two different schemas of the API are called ${name}.`);
    }
    this.schemas[name] = schema as SchemaObject;
  }

  private movedValue(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.movedValue(item));
    return typeof value === 'object' && value !== null ? this.moved(value) : value;
  }
}
