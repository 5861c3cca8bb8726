import type { INestApplication } from '@nestjs/common';
import {
  DocumentBuilder,
  type HeaderObject,
  type OpenAPIObject,
  type OperationObject,
  type ParameterObject,
  type SchemaObject,
  SwaggerModule,
} from '@nestjs/swagger';
import { KIND, type Kind, refTo } from './describe.ts';
import { schemas } from './schemas.ts';

const DESCRIPTION = `Two companies share installations: one asks, the other approves, and both see where it stands.
Times are ISO 8601 in UTC, ids are UUIDs, and errors are problem documents with a stable \`code\`.`;

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
    'The id of the command: asked again with it, the answer is that of the first time.',
    UUID,
  ),
  IfMatch: header('If-Match', 'The ETag the thing must still have.', { type: 'string' }),
  ConsistencyToken: header('Consistency-Token', 'Of a write this must reflect.', { type: 'string' }),
  Prefer: header('Prefer', 'How long to wait for that: `wait=<seconds>`, 2 by default, at most 10.', {
    type: 'string',
  }),
} as const;

const RETRY_AFTER: HeaderObject = {
  description:
    'With 429 and 503: after how many seconds to ask again. Whether a write took effect that was answered 503 is not ' +
    'known; asked again with its `Idempotency-Key`, it does so once.',
  schema: { type: 'integer' },
};

const TAKEN: Readonly<Record<Kind, readonly (keyof typeof PARAMETERS)[]>> = {
  write: ['IdempotencyKey', 'IfMatch'],
  read: ['ConsistencyToken', 'Prefer'],
  plain: [],
  open: [],
};

const METHODS = ['get', 'post', 'patch', 'delete'] as const;

/** The OpenAPI 3.1 description of the service, from its controllers. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tessera')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) if (path[method]) complete(path[method]);
  }
  const problem = { 'application/problem+json': { schema: refTo('Problem') } };
  document.components = {
    ...document.components,
    schemas: schemas as unknown as Record<string, SchemaObject>,
    parameters: PARAMETERS,
    responses: {
      Problem: {
        description: 'What went wrong; `code` names the rule.',
        headers: { 'Retry-After': RETRY_AFTER },
        content: problem,
      },
    },
  };
  return document;
}

/** What every operation of its kind has in common. */
function complete(operation: OperationObject & { [KIND]?: Kind }): void {
  const kind = operation[KIND] ?? 'read';
  delete operation[KIND];
  const taken = TAKEN[kind].map((name) => ({ $ref: `#/components/parameters/${name}` }));
  const own = (operation.parameters ?? []).map((parameter) =>
    'in' in parameter && parameter.in === 'path' ? { ...parameter, schema: UUID } : parameter,
  );
  operation.parameters = [...own, ...taken];
  operation.responses.default = { $ref: '#/components/responses/Problem' };
  if (kind === 'open') operation.security = [];
}

/** Serves the description at `/openapi.json`, and readable at `/docs`. */
export function serveDescription(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Tessera',
  });
}
