import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const document = JSON.parse(readFileSync('docs/asyncapi.json', 'utf8'));
const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
ajv.addSchema(document, 'messages');

/**
 * Holds a message that was really sent against the description of messages.
 * @param name of the message there
 * @throws Error it is not as described
 */
export function checkMessage(name: string, payload: unknown, headers?: unknown): void {
  for (const [part, value] of Object.entries({ payload, headers })) {
    if (value === undefined) continue;
    const validate = ajv.getSchema(`messages#/components/messages/${name}/${part}`);
    if (validate === undefined) throw new Error(`No message ${name} is described.`);
    if (validate(value)) continue;
    const differences = ajv.errorsText(validate.errors, { dataVar: part });
    throw new Error(`A message ${name} is not as described: ${differences}`);
  }
}
