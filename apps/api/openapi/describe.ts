import type { Readable } from 'node:stream';
import { applyDecorators, HttpCode, SetMetadata, type StreamableFile } from '@nestjs/common';
import type {
  ParameterObject,
  ReferenceObject,
  RequestBodyObject,
  ResponseObject,
  SchemaObject,
} from '@nestjs/swagger';
import type { PageOf } from '#application';
import { type PublicCommandType, publicCommand, resourceBody, type Schema } from '#contracts/commands';
import { catalogueColumns, requiredColumns } from '#contracts/requests';
import { SendsCommand } from '../http/dry-run.ts';
import { type ListOptions, listParameters, type Parameters } from '../http/list-request.ts';
import { TakesParameters } from '../http/query.ts';
import type { AnswerName, Answers } from './answers.ts';
import { refTo as componentCalled } from './components.ts';

/** The kind of an operation, which determines its headers. */
export type Kind = 'write' | 'command' | 'upload' | 'read' | 'plain' | 'open';

/** What a route declares of itself, apart from what it has in common with others of its kind. */
export interface RouteDescription {
  readonly kind: Kind;
  readonly summary: string;
  readonly description?: string;
  /** Other than those of its path. */
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: RequestBodyObject;
  /** By status. */
  readonly responses: Readonly<Record<number, ResponseObject>>;
}

const DESCRIBED = 'tessera:described';

/** Plain data, of which `npm run openapi` makes a document: what it needs for that, a service does not load. */
const Described = (description: RouteDescription) => SetMetadata(DESCRIBED, description);

/** What the method of a controller declares. */
export function descriptionOf(method: object): RouteDescription | undefined {
  return Reflect.getMetadata(DESCRIBED, method);
}

const NOT_DESCRIBED = 'tessera:not-described';

/** A controller whose routes are not part of the API. */
export const NotDescribed = () => SetMetadata(NOT_DESCRIBED, true);

/** Whether the controller declares so. */
export function isNotDescribed(controller: object): boolean {
  return Reflect.hasMetadata(NOT_DESCRIBED, controller);
}

const AS_ASKED = 'As asked.';
const LONGER = 'Decided, and not in effect everywhere yet; the same request, repeated, returns the progress.';

const TEXT: SchemaObject = { type: 'string' };

const LAST_EVENT_ID: ParameterObject = {
  name: 'Last-Event-ID',
  in: 'header',
  description: 'Of a stream: the cursor to go on after.',
  required: false,
  schema: TEXT,
};

/** A decorator of a route that answers exactly with `Answer`; on any other it does not compile. */
type RouteOf<Answer> = <Method extends (...args: never[]) => Answer | Promise<Answer>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

interface DoesOptions<Name extends AnswerName> {
  /** 201 by default for what creates something, else 200. */
  readonly status?: number;
  readonly answers?: Name;
  /** It may be answered 202, with its progress, before all of it is in effect (R-V8). */
  readonly mayTakeLonger?: boolean;
}

/** A route that sends a command. `fromPath` are the fields of its data that the path gives. */
export function Does<Name extends AnswerName = 'Written'>(
  type: PublicCommandType,
  fromPath: readonly string[] = [],
  { status, answers, mayTakeLonger }: DoesOptions<Name> = {},
): RouteOf<Answers[Name]> {
  const command = publicCommand(type);
  const body = resourceBody(command, fromPath);
  const answered = refTo(answers ?? 'Written');
  const longer: RouteDescription['responses'] = mayTakeLonger ? { 202: answer(answered, LONGER) } : {};
  const code = status ?? (command.creates !== undefined && !fromPath.includes(command.creates) ? 201 : 200);
  return applyDecorators(
    HttpCode(code),
    SendsCommand(),
    Described({
      kind: 'write',
      summary: command.description,
      requestBody: Object.keys(body.properties).length > 0 ? jsonBody(body) : undefined,
      responses: { [code]: answer(answered), ...longer },
    }),
  );
}

interface ShowsOptions {
  readonly summary: string;
  readonly parameters?: Parameters;
  /** The parameters that must be there. */
  readonly required?: readonly string[];
  /** Of a question that is asked with one. */
  readonly body?: Schema | SchemaObject;
  readonly kind?: Kind;
  readonly status?: number;
}

/** A route that shows one thing. */
export function Shows<Name extends AnswerName>(
  name: Name,
  { summary, parameters = {}, required = [], body, kind = 'read', status = 200 }: ShowsOptions,
): RouteOf<Answers[Name]> {
  return applyDecorators(
    HttpCode(status),
    ...takes(parameters),
    Described({
      kind,
      summary,
      parameters: queries(parameters, required),
      requestBody: body && jsonBody(body),
      responses: { [status]: answer(refTo(name)) },
    }),
  );
}

/** The route that takes any command, in its envelope. */
export function TakesCommands(body: SchemaObject): RouteOf<Answers['CommandSent'] | Answers['DryRunAnswer']> {
  return applyDecorators(
    HttpCode(200),
    TakesParameters(),
    Described({
      kind: 'command',
      summary: 'Sends any command, by the same rules as its resource.',
      requestBody: { ...jsonBody(body), required: true },
      responses: { 200: answer(refTo('CommandSent')), 202: answer(refTo('CommandSent'), LONGER) },
    }),
  );
}

interface ListsOptions extends ListOptions {
  readonly summary: string;
  readonly filters?: Parameters;
  readonly required?: readonly string[];
}

/** A route that shows a page of a list. */
export function Lists<Name extends AnswerName>(
  name: Name,
  { summary, filters = {}, required = [], ...options }: ListsOptions,
): RouteOf<PageOf<Answers[Name]>> {
  const parameters = listParameters(filters, options);
  const page: SchemaObject = {
    title: `${name}Page`,
    type: 'object',
    properties: {
      items: { type: 'array', items: refTo(name) },
      nextPageToken: { type: 'string' },
      total: { type: 'integer' },
    },
    required: ['items'],
  };
  return applyDecorators(
    ...takes(parameters),
    Described({
      kind: 'read',
      summary,
      parameters: queries(parameters, required),
      responses: { 200: answer(page) },
    }),
  );
}

/** The route that imports a catalogue file. */
export function TakesFile(
  parameters: Parameters,
): RouteOf<Answers['ImportStarted'] | Answers['ImportPreview']> {
  const columns = [...catalogueColumns.keys()].map((column) =>
    requiredColumns.includes(column) ? `${column}*` : column,
  );
  return applyDecorators(
    HttpCode(202),
    ...takes(parameters),
    Described({
      kind: 'upload',
      summary: 'Takes a catalogue file in; the same file twice adds nothing.',
      description:
        `One installation a row, or a line; * is required: ${columns.join(', ')}. ` +
        'CSV is UTF-8 with commas, semicolons or tabs. An installation that is there with other values is an error, ' +
        'or with `existing=update` takes over those given. With `dryRun=true` nothing is stored.',
      parameters: queries(parameters),
      requestBody: { required: true, content: contentOf(['text/csv', 'application/x-ndjson'], TEXT) },
      responses: { 200: answer(refTo('ImportPreview')), 202: answer(refTo('ImportStarted')) },
    }),
  );
}

/** A route that shows text. */
export function ShowsText(summary: string, kind: Kind = 'open'): RouteOf<string> {
  return Described({ kind, summary, responses: { 200: file(['text/plain']) } });
}

interface GivesOptions {
  readonly summary: string;
  readonly description?: string;
  /** What it may be written as. */
  readonly types: readonly string[];
  readonly parameters?: Parameters;
}

/** A route that gives a file. */
export function GivesFile({
  summary,
  description,
  types,
  parameters = {},
}: GivesOptions): RouteOf<StreamableFile> {
  return applyDecorators(
    ...takes(parameters),
    Described({
      kind: 'read',
      summary,
      description,
      parameters: queries(parameters),
      responses: { 200: file(types) },
    }),
  );
}

/** The route of changes: a page, or server-sent events for as long as the client is connected. */
export function StreamsChanges(parameters: Parameters): RouteOf<Answers['ChangeList'] | Readable> {
  return applyDecorators(
    ...takes(parameters),
    Described({
      kind: 'read',
      summary: 'What happened that concerns the caller, oldest first, after a cursor.',
      description:
        'Without `cursor` from the beginning, with `now` from here on; `nextCursor` goes on after the page, in any ' +
        'process and for ever. With `wait` the answer is held until there is something. Where `text/event-stream` is ' +
        'accepted, changes are sent as they happen: each as the data of an event whose id is the cursor after it; ' +
        '`Last-Event-ID` goes on there, and a comment is sent every 15 seconds. A service or an auditor that acts for ' +
        'no account receives everything, each change with the `accounts` it concerns; an operator, which companies ' +
        'there are.',
      parameters: [LAST_EVENT_ID, ...queries(parameters)],
      responses: {
        200: {
          description: AS_ASKED,
          content: {
            ...contentOf(['application/json'], refTo('ChangeList')),
            ...contentOf(['text/event-stream'], TEXT),
          },
        },
      },
    }),
  );
}

/** A route without parameters refuses every query. */
function takes(parameters: Parameters) {
  return Object.keys(parameters).length > 0 ? [TakesParameters()] : [];
}

function queries(parameters: Parameters, required: readonly string[] = []): readonly ParameterObject[] {
  return Object.entries(parameters).map(([name, { schema, wanted }]) => ({
    name,
    required: required.includes(name),
    in: 'query',
    schema: asSchema(schema),
    description: wanted,
  }));
}

function jsonBody(schema: Schema | SchemaObject): RequestBodyObject {
  return {
    required: schema.required !== undefined,
    content: contentOf(['application/json'], asSchema(schema)),
  };
}

function answer(schema: SchemaObject | ReferenceObject, description = AS_ASKED): ResponseObject {
  return { description, content: contentOf(['application/json'], schema) };
}

function file(types: readonly string[]): ResponseObject {
  return { description: AS_ASKED, content: contentOf(types, TEXT) };
}

function contentOf(types: readonly string[], schema: SchemaObject | ReferenceObject) {
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

function refTo(name: AnswerName) {
  return componentCalled(name);
}

/** JSON Schema is what OpenAPI 3.1 describes bodies with; its types here are those of 3.0. */
function asSchema(schema: Schema | SchemaObject): SchemaObject {
  return schema as SchemaObject;
}
