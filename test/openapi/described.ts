import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

interface Operation {
  readonly responses: Readonly<Record<string, Content | { readonly $ref: string }>>;
}

/** Holds what a service answers against its own description. */
class Description {
  private readonly ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
  private readonly routes: readonly { readonly path: RegExp; readonly operations: object }[];
  private readonly validators = new Map<object, ValidateFunction>();

  constructor(private readonly document: { readonly paths: object; readonly components: object }) {
    this.ajv.addSchema(closed(document), 'api');
    this.routes = Object.entries(document.paths).map(([path, operations]) => ({
      path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      operations,
    }));
  }

  /**
   * @param path with or without a query
   * @throws Error the answer differs from what is described of it; of a route that is not described nothing is said
   */
  check(method: string, path: string, status: number, body: unknown): void {
    const operation = this.operation(method, new URL(path, 'http://service').pathname);
    if (operation === undefined) return;
    const described = operation.responses[status] ?? operation.responses.default;
    const schema = described && this.schemaOf(described);
    if (schema === undefined) return;
    const validate = this.validator(schema);
    if (validate(body)) return;
    const differences = this.ajv.errorsText(validate.errors, { dataVar: 'body' });
    throw new Error(`${method} ${path} answered ${status}, and not as described: ${differences}`);
  }

  private operation(method: string, pathname: string): Operation | undefined {
    const found = this.routes.filter(({ path }) => path.test(pathname));
    const exact = found.find(({ path }) => !path.source.includes('[^')) ?? found[0];
    return (exact?.operations as Record<string, Operation> | undefined)?.[method.toLowerCase()];
  }

  private schemaOf(response: Content | { readonly $ref: string }): object | undefined {
    if ('$ref' in response) return this.schemaOf(this.at(response.$ref) as Content);
    return Object.entries(response.content ?? {}).find(([type]) => type.includes('json'))?.[1].schema;
  }

  private validator(schema: object): ValidateFunction {
    const known = this.validators.get(schema);
    if (known !== undefined) return known;
    const validate = this.ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')));
    this.validators.set(schema, validate);
    return validate;
  }

  private at(ref: string): unknown {
    return ref
      .slice('#/'.length)
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], this.document);
  }
}

/** The same, where an object may have no property that is not described: nothing leaves that nobody knows of. */
function closed<Part>(part: Part): Part {
  if (Array.isArray(part)) return part.map(closed) as Part;
  if (typeof part !== 'object' || part === null) return part;
  const copy = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, closed(value)]));
  const isObject = copy.type === 'object' && copy.properties !== undefined;
  return (isObject ? { additionalProperties: false, ...copy } : copy) as Part;
}

export const description = new Description(JSON.parse(readFileSync('docs/openapi.json', 'utf8')));
