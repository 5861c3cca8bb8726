import type { Readable } from 'node:stream';
import { applyDecorators, HttpCode, type StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiResponse,
  type SchemaObject,
} from '@nestjs/swagger';
import type { PageOf } from '#application';
import { type PublicCommandType, publicCommand, resourceBody, type Schema } from '#contracts/commands';
import { catalogueColumns, requiredColumns } from '#contracts/requests';
import { SendsCommand } from '../http/dry-run.ts';
import { type ListOptions, listParameters, type Parameters } from '../http/list-request.ts';
import { TakesParameters } from '../http/query.ts';
import type { AnswerName, Answers } from './answers.ts';
import { refTo as componentCalled } from './components.ts';

/** The kind of an operation, which determines its headers. Removed once the document is complete. */
export const KIND = 'x-kind';
export type Kind = 'write' | 'command' | 'upload' | 'read' | 'plain' | 'open';

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
  const required = body.required !== undefined;
  const code = status ?? (command.creates !== undefined && !fromPath.includes(command.creates) ? 201 : 200);
  return applyDecorators(
    HttpCode(code),
    SendsCommand(),
    ApiOperation({ summary: command.description }),
    ApiExtension(KIND, 'write' satisfies Kind),
    ...(Object.keys(body.properties).length > 0 ? [ApiBody({ schema: asSchema(body), required })] : []),
    answer(code, refTo(answers ?? 'Written')),
    ...(mayTakeLonger ? [answer(202, refTo(answers ?? 'Written'), LONGER)] : []),
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
    ApiOperation({ summary }),
    ApiExtension(KIND, kind),
    ...queries(parameters, required),
    ...(body ? [ApiBody({ schema: asSchema(body), required: body.required !== undefined })] : []),
    answer(status, refTo(name)),
  );
}

/** The route that takes any command, in its envelope. */
export function TakesCommands(body: SchemaObject): RouteOf<Answers['CommandSent'] | Answers['DryRunAnswer']> {
  return applyDecorators(
    HttpCode(200),
    TakesParameters(),
    ApiOperation({ summary: 'Sends any command, by the same rules as its resource.' }),
    ApiExtension(KIND, 'command' satisfies Kind),
    ApiBody({ schema: body, required: true }),
    answer(200, refTo('CommandSent')),
    answer(202, refTo('CommandSent'), LONGER),
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
  return applyDecorators(
    ApiOperation({ summary }),
    ApiExtension(KIND, 'read' satisfies Kind),
    ...queries(listParameters(filters, options), required),
    answer(200, {
      title: `${name}Page`,
      type: 'object',
      properties: {
        items: { type: 'array', items: refTo(name) },
        nextPageToken: { type: 'string' },
        total: { type: 'integer' },
      },
      required: ['items'],
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
    ApiOperation({
      summary: 'Takes a catalogue file in; the same file twice adds nothing.',
      description:
        `One installation a row, or a line; * is required: ${columns.join(', ')}. ` +
        'CSV is UTF-8 with commas, semicolons or tabs. An installation that is there with other values is an error, ' +
        'or with `existing=update` takes over those given. With `dryRun=true` nothing is stored.',
    }),
    ApiExtension(KIND, 'upload' satisfies Kind),
    ApiConsumes('text/csv', 'application/x-ndjson'),
    ApiBody({ schema: { type: 'string' } }),
    ...queries(parameters, []),
    answer(202, refTo('ImportStarted')),
    answer(200, refTo('ImportPreview')),
  );
}

/** A route that shows text. */
export function ShowsText(summary: string, kind: Kind = 'open'): RouteOf<string> {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiExtension(KIND, kind),
    ApiProduces('text/plain'),
    answer(200, { type: 'string' }),
  );
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
    ApiOperation({ summary, description }),
    ApiExtension(KIND, 'read' satisfies Kind),
    ...queries(parameters, []),
    ApiResponse({
      status: 200,
      description: 'As asked.',
      content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }])),
    }),
  );
}

/** The route of changes: a page, or server-sent events for as long as the client is connected. */
export function StreamsChanges(parameters: Parameters): RouteOf<Answers['ChangeList'] | Readable> {
  return applyDecorators(
    ApiOperation({
      summary: 'What happened that concerns the caller, oldest first, after a cursor.',
      description:
        'Without `cursor` from the beginning, with `now` from here on; `nextCursor` goes on after the page, in any ' +
        'process and for ever. With `wait` the answer is held until there is something. Where `text/event-stream` is ' +
        'accepted, changes are sent as they happen: each as the data of an event whose id is the cursor after it; ' +
        '`Last-Event-ID` goes on there, and a comment is sent every 15 seconds. A service or an auditor that acts for ' +
        'no account receives everything, each change with the `accounts` it concerns; an operator, which companies ' +
        'there are.',
    }),
    ApiExtension(KIND, 'read' satisfies Kind),
    ApiHeader({
      name: 'Last-Event-ID',
      required: false,
      description: 'Of a stream: the cursor to go on after.',
    }),
    ...queries(parameters, []),
    ApiResponse({
      status: 200,
      description: 'As asked.',
      content: {
        'application/json': { schema: refTo('ChangeList') },
        'text/event-stream': { schema: { type: 'string' } },
      },
    }),
  );
}

function queries(parameters: Parameters, required: readonly string[]) {
  const described = Object.entries(parameters).map(([name, { schema, wanted }]) =>
    ApiQuery({ name, required: required.includes(name), schema, description: wanted }),
  );
  return described.length > 0 ? [...described, TakesParameters()] : [];
}

const LONGER = 'Decided, and not in effect everywhere yet; the same request, repeated, returns the progress.';

function answer(status: number, schema: SchemaObject | ReturnType<typeof refTo>, description = 'As asked.') {
  return ApiResponse({ status, description, schema });
}

function refTo(name: AnswerName) {
  return componentCalled(name);
}

/** JSON Schema is what OpenAPI 3.1 describes bodies with; its types here are those of 3.0. */
function asSchema(schema: Schema | SchemaObject): SchemaObject {
  return schema as SchemaObject;
}
