import type { MessagePort } from 'node:worker_threads';
import { Refusal, type RefusalKind, type RefusalOptions } from '#domain/kernel';

/** Methods that can be called across a port: each with one argument and one result, both plain data. */
export interface Methods {
  readonly [method: string]: (argument: never) => unknown;
}

type Argument<M extends Methods, Name extends keyof M> = Parameters<M[Name]>[0];
type Result<M extends Methods, Name extends keyof M> = Awaited<ReturnType<M[Name]>>;

interface Call {
  readonly kind: 'call';
  readonly number: number;
  readonly method: string;
  readonly argument: unknown;
}

type Answer =
  | { readonly kind: 'result'; readonly number: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly number: number; readonly error: Failure };

/** An error, as sent between threads and processes. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly refusal?: RefusalOptions & { readonly kind: RefusalKind; readonly code: string };
}

/** Sends everything of one turn of the event loop in one message: many small ones cost more than their contents. */
class Outbox<Item> {
  private items: Item[] = [];

  constructor(private readonly port: MessagePort) {}

  put(item: Item): void {
    if (this.items.push(item) === 1) setImmediate(() => this.send());
  }

  private send(): void {
    const { items } = this;
    this.items = [];
    this.port.postMessage(items);
  }
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The calling end of a port. */
export class Caller<M extends Methods> {
  private readonly outbox: Outbox<Call>;
  private readonly pending = new Map<number, Pending>();
  private last = 0;
  private closed = false;

  /** @param closedError creates the error of calls that will not be answered */
  constructor(
    port: MessagePort,
    private readonly closedError: () => Error,
  ) {
    this.outbox = new Outbox(port);
    port.on('message', (answers: readonly Answer[]) => {
      for (const answer of answers) this.settle(answer);
    });
    port.on('close', () => {
      this.closed = true;
      for (const { reject } of this.pending.values()) reject(closedError());
      this.pending.clear();
    });
  }

  /** @throws the error of the other end, or `closedError`: whether the call took effect is then unknown */
  call<Name extends keyof M & string>(method: Name, argument: Argument<M, Name>): Promise<Result<M, Name>> {
    if (this.closed) return Promise.reject(this.closedError());
    const number = ++this.last;
    this.outbox.put({ kind: 'call', number, method, argument });
    return new Promise((resolve, reject) => {
      this.pending.set(number, { resolve: resolve as (result: unknown) => void, reject });
    });
  }

  private settle(answer: Answer): void {
    const pending = this.pending.get(answer.number);
    this.pending.delete(answer.number);
    if (answer.kind === 'result') pending?.resolve(answer.result);
    else pending?.reject(received(answer.error));
  }
}

/** The answering end of a port: calls run as they come, and are answered as they end. */
export function answerCalls(port: MessagePort, methods: Methods): void {
  const outbox = new Outbox<Answer>(port);
  port.on('message', (calls: readonly Call[]) => {
    for (const call of calls) void answer(call, methods).then((given) => outbox.put(given));
  });
}

async function answer({ number, method, argument }: Call, methods: Methods): Promise<Answer> {
  try {
    const run = methods[method];
    if (run === undefined) throw new TypeError(`There is no method ${method}.`);
    return { kind: 'result', number, result: await run(argument as never) };
  } catch (error) {
    return { kind: 'error', number, error: sent(error) };
  }
}

export function sent(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  if (!(error instanceof Refusal)) return { name, message };
  const { kind, code, currentStatus, allowedActions, errors } = error;
  return { name, message, refusal: { kind, code, currentStatus, allowedActions, errors } };
}

/** Restores refusals as such; other errors keep their name and message. */
export function received({ name, message, refusal }: Failure): Error {
  if (refusal === undefined) return Object.assign(new Error(message), { name });
  const { kind, code, ...options } = refusal;
  return new Refusal(kind, code, message, options);
}
