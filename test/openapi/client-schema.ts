import { readFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const HEAD = '// Made from docs/openapi.json by `npm run openapi`.\n';

/** The types of the API's description, for the client. */
export async function clientSchema(): Promise<string> {
  const document = readFileSync('docs/openapi.json', 'utf8');
  const nodes = await openapiTS(document, {
    immutable: true,
    // A type that refers to itself through an index is one the compiler refuses.
    transform: (_schema, { path }) =>
      path === '#/components/schemas/Json'
        ? ts.factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword)
        : undefined,
  });
  return HEAD + astToString(nodes);
}
