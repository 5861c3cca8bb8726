// Writes what is committed of the API's descriptions: `npm run openapi`.
import { writeFileSync } from 'node:fs';
import { describedApplication } from './application.ts';
import { asyncApiDocument } from './asyncapi-document.ts';
import { clientSchema } from './client-schema.ts';
import { openApiDocument } from './openapi-document.ts';
import { answerSchemas } from './schemas.ts';

const SCHEMAS = 'apps/api/openapi/schemas.ts';
const DOCUMENT = 'docs/openapi.json';
const MESSAGES = 'docs/asyncapi.json';
const CLIENT_SCHEMA = 'libs/client/schema.ts';

const HEAD = '// Made from the types in answers.ts by `npm run openapi`.\n';

switch (process.argv[2]) {
  case 'schemas':
    writeFileSync(SCHEMAS, `${HEAD}export const schemas = ${JSON.stringify(answerSchemas(), null, 2)};\n`);
    break;
  case 'document': {
    const document = openApiDocument(await describedApplication());
    writeFileSync(DOCUMENT, `${JSON.stringify(document, null, 2)}\n`);
    writeFileSync(MESSAGES, `${JSON.stringify(asyncApiDocument(), null, 2)}\n`);
    break;
  }
  case 'client':
    writeFileSync(CLIENT_SCHEMA, await clientSchema());
    break;
  default:
    throw new Error('Say what to write: schemas, document or client.');
}
