import type { INestApplication } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import {
  ApiExcludeController,
  DocumentBuilder,
  type HeaderObject,
  type OpenAPIObject,
  type OperationObject,
  type ParameterObject,
  type ReferenceObject,
  type SchemaObject,
  type SecuritySchemeObject,
  SwaggerModule,
} from '@nestjs/swagger';
import { refTo } from '../../apps/api/openapi/components.ts';
import {
  descriptionOf,
  isNotDescribed,
  type Kind,
  type RouteDescription,
} from '../../apps/api/openapi/describe.ts';
import { Components } from './components.ts';

const DESCRIPTION = `Two companies share installations: one asks, the other approves, and both see where it stands.
Times are ISO 8601 in UTC, ids are UUIDs, and errors are problem documents with a stable \`code\`.`;

const SESSION: SecuritySchemeObject = {
  type: 'apiKey',
  in: 'cookie',
  name: '__Host-tessera-session',
  description:
    'The session of the console, started at `/auth/sign-in` where people sign in by OpenID Connect; without `__Host-` ' +
    'where the service is reached without TLS. It is only taken from pages of the service itself, and for a write only ' +
    'with `Tessera-Session`: the `person` that `GET /auth/session` returns.',
};

const UUID: SchemaObject = { type: 'string', format: 'uuid' };

const header = (name: string, description: string, schema: SchemaObject): ParameterObject => ({
  name,
  in: 'header',
  description,
  schema,
});

const PARAMETERS = {
  IdempotencyKey: header(
    'Idempotency-Key',
    'The id of the command: a repeated request with it gets the answer of the first time.',
    UUID,
  ),
  DryRun: {
    name: 'dryRun',
    in: 'query',
    description: 'Whether to return only what this would do: nothing is recorded, and nothing follows.',
    schema: { type: 'boolean' },
  },
  IfMatch: header('If-Match', 'The ETag the thing must still have.', { type: 'string' }),
  ConsistencyToken: header('Consistency-Token', 'Of a write this must reflect, or the cursor of a change.', {
    type: 'string',
  }),
  Prefer: header('Prefer', 'How long to wait for that: `wait=<seconds>`, 2 by default, at most 10.', {
    type: 'string',
  }),
} as const satisfies Readonly<Record<string, ParameterObject>>;

const returned = (type: 'string' | 'integer', description: string): HeaderObject => ({
  description,
  schema: { type },
});

const HEADERS = {
  'Consistency-Token': returned(
    'string',
    'How much of the log the answer reflects; a later read that is given it reflects as much.',
  ),
  ETag: returned('string', 'The revision of the thing, in quotes, for `If-Match`.'),
  'Idempotent-Replayed': {
    description: 'The command had been executed before; this is the answer of the first time.',
    schema: { type: 'string', enum: ['true'] },
  },
  'Retry-After': returned(
    'integer',
    'With 429 and 503: after how many seconds to try again. Whether a write took effect that was answered 503 is ' +
      'not known; repeated with its `Idempotency-Key`, it does so once.',
  ),
  'RateLimit-Limit': returned(
    'integer',
    'How many requests the account may make at this service in a while.',
  ),
  'RateLimit-Remaining': returned('integer', 'How many of them are left.'),
  'RateLimit-Reset': returned('integer', 'After how many seconds it may make as many again.'),
  'WWW-Authenticate': returned('string', 'With 401: how to sign in, and why the token was refused.'),
} as const satisfies Readonly<Record<string, HeaderObject>>;

type HeaderName = keyof typeof HEADERS;

/** Operations that support dry runs. */
const REHEARSED: readonly Kind[] = ['write', 'command'];

/** Headers of every answer to an authenticated caller. */
const RATE: readonly HeaderName[] = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'];

/** Which headers and common parameters operations of a kind take, and which a successful answer may have. */
const EXCHANGED: Readonly<
  Record<
    Kind,
    { readonly takes: readonly (keyof typeof PARAMETERS)[]; readonly gives: readonly HeaderName[] }
  >
> = {
  write: {
    takes: ['DryRun', 'IdempotencyKey', 'IfMatch'],
    gives: ['Consistency-Token', 'ETag', 'Idempotent-Replayed'],
  },
  upload: {
    takes: ['IdempotencyKey', 'IfMatch'],
    gives: ['Consistency-Token', 'ETag', 'Idempotent-Replayed'],
  },
  command: { takes: ['DryRun'], gives: ['Consistency-Token', 'ETag', 'Idempotent-Replayed'] },
  read: { takes: ['ConsistencyToken', 'Prefer'], gives: ['Consistency-Token', 'ETag'] },
  plain: { takes: [], gives: [] },
  open: { takes: [], gives: [] },
};

const METHODS = ['get', 'post', 'patch', 'delete'] as const;

/**
 * The OpenAPI 3.1 description of the service, from its controllers.
 * @param schemas of what it answers with, by name
 * @throws Error a route of the API is not described, or two of its schemas have one title
 */
export function openApiDocument(
  app: INestApplication,
  schemas: Readonly<Record<string, SchemaObject>>,
): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tessera')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .addCookieAuth('__Host-tessera-session', SESSION, 'session')
    .addSecurityRequirements('session')
    .build();
  const described = descriptionsIn(app);
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: operationId });
  const components = new Components(schemas);
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation === undefined) continue;
      const description = described.get(operation.operationId as string);
      if (description === undefined) throw new Error(`${operation.operationId} is not described.`);
      path[method] = components.moved(completed(operation, description)) as OperationObject;
    }
  }
  const problem = { 'application/problem+json': { schema: refTo('Problem') } };
  document.components = {
    ...document.components,
    schemas: components.schemas,
    parameters: PARAMETERS,
    headers: HEADERS,
    responses: {
      Problem: {
        description: 'What went wrong; `code` names the rule.',
        headers: headers([...RATE, 'Retry-After', 'WWW-Authenticate']),
        content: problem,
      },
    },
  };
  return document;
}

/** What the routes of the API declare, by the ids of their operations. */
function descriptionsIn(app: INestApplication): ReadonlyMap<string, RouteDescription> {
  const described = new Map<string, RouteDescription>();
  const modules = [...app.get(ModulesContainer).values()];
  for (const { name, metatype } of modules.flatMap(({ controllers }) => [...controllers.values()])) {
    if (typeof metatype !== 'function') continue;
    if (isNotDescribed(metatype)) ApiExcludeController()(metatype);
    for (const method of new MetadataScanner().getAllMethodNames(metatype.prototype)) {
      const description = descriptionOf(metatype.prototype[method]);
      if (description) described.set(operationId(name, method), description);
    }
  }
  return described;
}

function operationId(controller: string, method: string): string {
  return `${controller.replace(/Controller$/, '')}.${method}`;
}

/** The operation of a route, with what it declares and what every one of its kind has in common. */
function completed(
  { operationId, parameters: ofPath = [], tags }: OperationObject,
  { kind, summary, description, parameters = [], requestBody, responses }: RouteDescription,
): OperationObject {
  const { takes, gives } = EXCHANGED[kind];
  const taken = takes.map((name) => ({ $ref: `#/components/parameters/${name}` }));
  const ids = ofPath.map((parameter) => ({ ...parameter, schema: UUID }));
  const described = REHEARSED.includes(kind) ? withDryRun(responses) : responses;
  const given: readonly HeaderName[] = kind === 'open' ? gives : [...gives, ...RATE];
  const successes = Object.entries(described).map(([status, response]) => [
    status,
    given.length > 0 ? { ...response, headers: headers(given) } : response,
  ]);
  return {
    ...(description !== undefined && { description }),
    operationId,
    parameters: [...ids, ...parameters, ...taken],
    ...(requestBody && { requestBody }),
    responses: { ...Object.fromEntries(successes), default: { $ref: '#/components/responses/Problem' } },
    summary,
    tags,
    ...(kind === 'open' && { security: [] }),
  };
}

/** The same with what a dry run is answered: always with 200. */
function withDryRun(responses: RouteDescription['responses']): RouteDescription['responses'] {
  const dryRun = refTo('DryRunAnswer');
  const usual = responses[200];
  const schema = usual?.content?.['application/json']?.schema;
  const description = `${usual ? 'As asked; of a dry run, what' : 'Of a dry run: what'} it would come to.`;
  const either = schema === undefined ? dryRun : { oneOf: [schema, dryRun] };
  return {
    ...responses,
    200: { ...usual, description, content: { 'application/json': { schema: either } } },
  };
}

function headers(names: readonly HeaderName[]): Record<string, ReferenceObject> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
