import type { SchemaObject } from '@nestjs/swagger';
import { everyChangeType } from '#contracts';
import { commandEnvelope, publicCommands } from '#contracts/commands';
import { eventType, TEST_TYPE } from '#webhooks';
import { COMMAND_QUEUE, commandSubject } from '../../apps/api/nats/subjects.ts';
import { anyCommand, refTo } from '../../apps/api/openapi/components.ts';
import { Components } from './components.ts';

const DESCRIPTION = `What services exchange with Tessera other than by requests over HTTP: commands over NATS, with their
answers, and changes as they happen, followed or delivered to webhooks. Commands come over NATS where the service was
started with \`NATS_URL\`.`;

/** The names of the messages that a command is answered with. */
const ANSWERS = ['CommandAnswer', 'Problem'] as const;

const text = (description: string) => ({ type: 'string', description });

const ANSWER_HEADERS = {
  type: 'object',
  properties: {
    Status: { type: 'string', pattern: '^[1-5]\\d\\d$', description: 'The status that HTTP answers with.' },
    'Content-Type': text('`application/problem+json` where the command was refused.'),
    ETag: text('The revision of the thing, in quotes.'),
    'Consistency-Token': text('For a later read, which then reflects the command.'),
    'Idempotent-Replayed': text('`true`: it had been executed before; this is the answer of the first time.'),
    'Retry-After': text('With 429 and 503: after how many seconds to send it again.'),
    'RateLimit-Limit': text('How many commands the account may send within a while, at one service.'),
    'RateLimit-Remaining': text('How many of them are left.'),
    'RateLimit-Reset': text('After how many seconds all of them are again.'),
    'WWW-Authenticate': text('With 401: how to sign in, and why the token was refused.'),
  },
  required: ['Status', 'Content-Type'],
};

const WEBHOOK_HEADERS = {
  type: 'object',
  properties: {
    'webhook-id': text('That of the event: the same may come again.'),
    'webhook-timestamp': text('When it was sent, in seconds since the epoch.'),
    'webhook-signature': text(
      'The signatures of Standard Webhooks over id, time and body, one by each secret.',
    ),
  },
  required: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
};

const COMMAND_HEADERS = {
  type: 'object',
  properties: { Authorization: text('`Bearer` and the token of who sends it.') },
  required: ['Authorization'],
};

/**
 * The AsyncAPI 3 description of the service, from the registries of commands and of changes.
 * @param schemas of what the API answers with, by name
 */
export function asyncApiDocument(schemas: Readonly<Record<string, unknown>>) {
  const commands = publicCommands.map(({ type, description }) => ({
    type,
    description,
    name: `${type}Command`,
  }));
  return {
    asyncapi: '3.0.0',
    info: { title: 'Tessera', version: '1', description: DESCRIPTION },
    defaultContentType: 'application/json',
    servers: {
      nats: server('nats', 'localhost:4222', 'One of the NATS servers that the service is connected to.'),
      http: server('http', 'localhost:3000', 'The service.'),
      receiver: server('https', 'hooks.example.com', 'Where an account has its changes delivered.'),
    },
    channels: {
      ...Object.fromEntries(
        commands.map(({ type, description, name }) => [
          type,
          channel(commandSubject(type), 'nats', [name], description),
        ]),
      ),
      // The reply subject of each request.
      answers: channel(
        null,
        'nats',
        ANSWERS,
        'Where a command is answered: the reply subject of its message.',
      ),
      changes: channel(
        '/v1/changes',
        'http',
        everyChangeType,
        'What happened that concerns the caller, as server-sent events or in pages.',
      ),
      webhooks: channel(
        null,
        'receiver',
        [...everyChangeType, TEST_TYPE].map(eventType),
        'The URL of a webhook, as in `GET /v1/webhooks`.',
      ),
    },
    operations: {
      ...Object.fromEntries(
        commands.map(({ type, description }) => [
          type,
          {
            action: 'receive',
            channel: { $ref: `#/channels/${type}` },
            summary: description,
            bindings: { nats: { queue: COMMAND_QUEUE } },
            reply: { channel: { $ref: '#/channels/answers' } },
          },
        ]),
      ),
      changes: {
        action: 'send',
        channel: { $ref: '#/channels/changes' },
        summary: 'Sends each change that concerns the caller once, oldest first.',
      },
      webhooks: {
        action: 'send',
        channel: { $ref: '#/channels/webhooks' },
        summary: 'Delivers each change that concerns the account at least once, in order for each subject.',
      },
    },
    components: {
      messages: {
        ...Object.fromEntries(
          commands.map(({ description, name }) => [
            name,
            { name, summary: description, headers: COMMAND_HEADERS, payload: refTo(name) },
          ]),
        ),
        CommandAnswer: {
          name: 'CommandAnswer',
          summary: 'The command was executed; or, of a dry run, the result that it would have.',
          headers: ANSWER_HEADERS,
          payload: { oneOf: [refTo('CommandSent'), refTo('DryRunAnswer')] },
        },
        Problem: {
          name: 'Problem',
          summary: 'The command was refused; `code` names the rule.',
          contentType: 'application/problem+json',
          headers: ANSWER_HEADERS,
          payload: refTo('Problem'),
        },
        ...Object.fromEntries(everyChangeType.map((type) => [type, changeMessage(type)])),
        ...Object.fromEntries(
          everyChangeType.map((type) => [eventType(type), eventMessage(type, changeOf(type))]),
        ),
        [eventType(TEST_TYPE)]: eventMessage(TEST_TYPE, { type: 'object' }),
      },
      schemas: {
        ...commandSchemas(),
        ...schemasOf(schemas, ['CommandSent', 'DryRunAnswer', 'Problem', 'ChangeView']),
      },
    },
  };
}

function server(protocol: string, host: string, description: string) {
  return { host: '{host}', protocol, description, variables: { host: { default: host } } };
}

function channel(
  address: string | null,
  server: 'nats' | 'http' | 'receiver',
  messages: readonly string[],
  description: string,
) {
  const named = messages.map((name) => [name, { $ref: `#/components/messages/${name}` }]);
  return {
    address,
    description,
    servers: [{ $ref: `#/servers/${server}` }],
    messages: Object.fromEntries(named),
  };
}

function changeOf(type: string) {
  return { allOf: [refTo('ChangeView'), { type: 'object', properties: { type: { const: type } } }] };
}

function changeMessage(type: string) {
  return { name: type, payload: changeOf(type) };
}

/** A CloudEvent. @param data the schema of its data */
function eventMessage(type: string, data: object) {
  const name = eventType(type);
  const properties = {
    specversion: { const: '1.0' },
    id: text('The same for all recipients.'),
    source: { const: '/v1/changes' },
    type: { const: name },
    subject: text('The resource that it is about, such as `share/` and its id.'),
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    data,
  };
  const payload = { type: 'object', properties, required: Object.keys(properties) };
  return { name, contentType: 'application/cloudevents+json', headers: WEBHOOK_HEADERS, payload };
}

function commandSchemas(): Record<string, SchemaObject> {
  const components = new Components({});
  components.moved(anyCommand(commandEnvelope.schema));
  const { Command: _, ...each } = components.schemas;
  return each;
}

/** The schemas of these names, with those that they refer to. */
function schemasOf(
  all: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const take = (name: string): void => {
    if (name in found) return;
    found[name] = all[name];
    for (const [, other] of JSON.stringify(all[name]).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      take(other as string);
    }
  };
  for (const name of names) take(name);
  return found;
}
