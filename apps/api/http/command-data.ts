import { Readable } from 'node:stream';
import { validate as isUuid } from 'uuid';
import { InvalidCommand } from '#application';
import { type BodyShape, type CommandData, type PublicCommandType, publicCommand } from '#contracts/commands';
import type { Exchange } from './exchange.ts';
import { HttpProblem } from './problem.ts';

/** Fields of a command's data given by the path; the body may not repeat them. */
export type Path = Readonly<Record<string, string>>;
type Body = Readonly<Record<string, unknown>>;

/**
 * The data of the command of a request, from its body and path; not validated any further.
 * @throws HttpProblem the body is not an object, or an id of the path is not valid
 */
export function commandData(http: Exchange, type: PublicCommandType, path: Path = {}): Body {
  return withPath(withCreatedId(jsonBody(http), publicCommand(type).creates), path);
}

/**
 * The same, validated, for previews of a command, which do not send it.
 * @throws InvalidCommand it is not as the command declares it
 */
export function validCommandData<Type extends PublicCommandType>(
  http: Exchange,
  type: Type,
  path: Path = {},
): CommandData<Type> {
  const data = commandData(http, type, path);
  const issues = publicCommand(type).validate(data);
  if (issues !== undefined) throw new InvalidCommand(type, issues);
  return data as unknown as CommandData<Type>;
}

/**
 * The body of a request that is no command's.
 * @throws HttpProblem 400 naming everything that is not as documented
 */
export function validBody<Body>(http: Exchange, shape: BodyShape<Body>): Body {
  return valid(jsonBody(http), shape);
}

/** @throws HttpProblem 400 naming everything that is not as documented */
export function valid<Body>(body: object, { validate }: BodyShape<Body>): Body {
  const errors = validate(body);
  if (errors) throw new HttpProblem(400, 'invalid-request', 'The body is not valid; see errors.', { errors });
  return body as Body;
}

/**
 * The body of a request, not checked any further; `{}` when there is none.
 * @throws HttpProblem it is something else than a JSON object
 */
export function jsonBody({ request }: Pick<Exchange, 'request'>): Body {
  if (request.body instanceof Readable) {
    throw new HttpProblem(415, 'unsupported-media-type', 'Send application/json.');
  }
  return jsonObject(request.body);
}

/**
 * The same of what was read already.
 * @throws HttpProblem it is something else than a JSON object
 */
export function jsonObject(read: unknown): Body {
  const body = read ?? {};
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new HttpProblem(400, 'malformed-request', 'The body must be a JSON object.');
  }
  return body as Body;
}

/** A request that creates something may give its `id`; in the command it has a specific name. */
function withCreatedId(body: Body, field: string | undefined): Body {
  if (field === undefined) return body;
  refuse(body, field, `Send ${field} as id.`);
  if (!('id' in body)) return body;
  const { id, ...rest } = body;
  return { ...rest, [field]: id };
}

function withPath(body: Body, path: Path): Body {
  for (const [name, id] of Object.entries(path)) {
    if (!isUuid(id)) throw new HttpProblem(404, 'not-found', 'There is nothing here.');
    refuse(body, name, `${name} is given by the path and must not be in the body.`);
  }
  return { ...body, ...path };
}

function refuse(body: Body, name: string, detail: string): void {
  if (!(name in body)) return;
  const errors = [{ pointer: `/${name}`, code: 'unknown-field', detail }];
  throw new HttpProblem(400, 'invalid-command', 'The body has a field that is not allowed here.', { errors });
}
