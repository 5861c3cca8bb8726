// Writes what is committed of the API's descriptions: `npm run openapi`.
import { writeFileSync } from 'node:fs';
import { describedApplication } from './application.ts';
import { asyncApiDocument } from './asyncapi-document.ts';
import { clientSchema } from './client-schema.ts';
import { openApiDocument } from './openapi-document.ts';
import { answerSchemas } from './schemas.ts';

const write = (file: string, document: object) =>
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);

const schemas = answerSchemas();
write('docs/openapi.json', openApiDocument(await describedApplication(), schemas));
write('docs/asyncapi.json', asyncApiDocument(schemas));
writeFileSync('libs/client/schema.ts', await clientSchema());
