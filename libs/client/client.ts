import createFetchClient, { type Client, type MaybeOptionalInit } from 'openapi-fetch';
import type { PathsWithMethod, SuccessResponse } from 'openapi-typescript-helpers';
import { v7 as newId } from 'uuid';
import { type FollowedChange, type FollowOptions, followChanges } from './changes.ts';
import { problemOf } from './problem.ts';
import type { components, paths } from './schema.ts';
import { createTransport, type Transport, type TransportOptions } from './transport.ts';

type Schemas = components['schemas'];
type WriteMethod = 'post' | 'patch' | 'delete';
type Method = 'get' | WriteMethod;
type PathOf<M extends Method> = PathsWithMethod<paths, M>;
type OperationOf<M extends Method, Path> = Path extends keyof paths
  ? M extends keyof paths[Path]
    ? paths[Path][M]
    : never
  : never;

type ResponsesOf<Operation> = Operation extends { readonly responses: infer Responses }
  ? Responses extends Record<string | number, unknown>
    ? Responses
    : never
  : never;

/** What a write would do: the events it would record, and its answer. */
export type DryRunAnswer = Schemas['DryRunAnswer'];

/** The answer of an operation that succeeds. */
export type AnswerOf<M extends Method, Path extends PathOf<M>> = Exclude<
  SuccessResponse<ResponsesOf<OperationOf<M, Path>>>,
  DryRunAnswer
>;

/** The options of a request: path and query parameters, a body, a signal. */
type InitOf<M extends Method, Path extends PathOf<M>> = MaybeOptionalInit<paths[Path], M>;
type Given<Init> = undefined extends Init ? [init?: Init] : [init: Init];

/** A path whose answer is a page of a list. */
export type ListPath = {
  [Path in PathOf<'get'>]: AnswerOf<'get', Path> extends { readonly items: readonly unknown[] }
    ? Path
    : never;
}[PathOf<'get'>];
export type ItemOf<Path extends ListPath> =
  AnswerOf<'get', Path> extends {
    readonly items: readonly (infer Item)[];
  }
    ? Item
    : never;

/** The types of all commands. */
export type CommandType = Schemas['Command']['type'];
export type CommandData<Type extends CommandType> = Extract<
  Schemas['Command'],
  { readonly type: Type }
>['data'];

export interface SendOptions {
  /** Sent again with the same id the command takes effect once; a new id by default. */
  readonly id?: string;
  /** The account it is for; the caller's own by default. */
  readonly account?: string;
  /** The person it is for, where an internal service sends it. */
  readonly user?: string;
  /** Refused with `stale-revision` when what it changes has another revision by now. */
  readonly expectedRevision?: number;
  readonly signal?: AbortSignal;
}

export interface TesseraOptions extends TransportOptions {
  /** The URL of the service, such as `https://tessera.example`. */
  readonly url: string;
}

/** The HTTP API of Tessera. Every method throws `ProblemError` when the service refuses. */
export class Tessera {
  readonly #url: string;
  readonly #transport: Transport;
  readonly #http: Client<paths>;

  constructor({ url, ...options }: TesseraOptions) {
    this.#url = url;
    this.#transport = createTransport(options);
    this.#http = createFetchClient<paths>({
      baseUrl: url,
      fetch: this.#transport,
      bodySerializer: serialised,
    });
  }

  get<Path extends PathOf<'get'>>(
    path: Path,
    ...[init]: Given<InitOf<'get', Path>>
  ): Promise<AnswerOf<'get', Path>> {
    return this.#request('get', path, init);
  }

  post<Path extends PathOf<'post'>>(
    path: Path,
    ...[init]: Given<InitOf<'post', Path>>
  ): Promise<AnswerOf<'post', Path>> {
    return this.#request('post', path, init);
  }

  patch<Path extends PathOf<'patch'>>(
    path: Path,
    ...[init]: Given<InitOf<'patch', Path>>
  ): Promise<AnswerOf<'patch', Path>> {
    return this.#request('patch', path, init);
  }

  delete<Path extends PathOf<'delete'>>(
    path: Path,
    ...[init]: Given<InitOf<'delete', Path>>
  ): Promise<AnswerOf<'delete', Path>> {
    return this.#request('delete', path, init);
  }

  /** Sends a command; it takes effect exactly once, however often it is retried. */
  send<Type extends CommandType>(
    type: Type,
    data: CommandData<Type>,
    { id = newId(), signal, ...options }: SendOptions = {},
  ): Promise<Schemas['CommandSent']> {
    const body = { id, type, data, ...options } as Schemas['Command'];
    return this.post('/v1/commands', { body, signal });
  }

  /** What a write would do. Nothing is recorded; refused where the write would be. */
  dryRun<M extends WriteMethod, Path extends PathOf<M>>(
    method: M,
    path: Path,
    ...[init]: Given<InitOf<M, Path>>
  ): Promise<DryRunAnswer> {
    return this.#request(method, path, withQuery(init, { dryRun: true }));
  }

  /** Every item of a list; pages are read as they are needed. */
  async *items<Path extends ListPath>(
    path: Path,
    ...[init]: Given<InitOf<'get', Path>>
  ): AsyncGenerator<ItemOf<Path>, void, undefined> {
    let pageToken: string | undefined;
    do {
      const page: Page<ItemOf<Path>> = await this.#request('get', path, withQuery(init, { pageToken }));
      yield* page.items;
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
  }

  /** Follows what happens that concerns the caller, without an end: none is left out, and none comes twice. */
  changes(options: FollowOptions = {}): AsyncGenerator<FollowedChange, void, undefined> {
    return followChanges(this.#url, this.#transport, options);
  }

  /** The body of an answer as it is: for files, which may exceed the size of a string. */
  async file<Path extends PathOf<'get'>>(path: Path, ...[init]: Given<InitOf<'get', Path>>): Promise<Blob> {
    return (await this.#response('get', path, init)).blob();
  }

  async #request<Answer>(method: Method, path: string, init: object | undefined): Promise<Answer> {
    const response = await this.#response(method, path, init);
    // `application/x-ndjson` is not JSON as a whole.
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    return (isJson ? response.json() : response.text()) as Promise<Answer>;
  }

  async #response(method: Method, path: string, init: object | undefined): Promise<Response> {
    const request = this.#http.request as unknown as AnyRequest;
    const { response, error } = await request(method, path, { ...init, parseAs: 'stream' });
    if (!response.ok) throw problemOf(response, error);
    return response;
  }
}

/** A request without the types of its operation, which the public methods have checked. */
type AnyRequest = (
  method: Method,
  path: string,
  init: object,
) => Promise<{ response: Response; error?: unknown }>;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextPageToken?: string;
}

/** The same request with more parameters of its query. */
function withQuery(init: object | undefined, more: object): object {
  const { params, ...rest } = (init ?? {}) as { readonly params?: { readonly query?: object } };
  return { ...rest, params: { ...params, query: { ...params?.query, ...more } } };
}

/** Text and files are sent as they are. */
function serialised(body: unknown): RequestInit['body'] {
  return typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body);
}
