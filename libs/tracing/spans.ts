/** What is said of a span: kinds, names and counts. Never ids or data of persons, nor what they wrote. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanOptions {
  /** One of few: what differs from case to case is an attribute. */
  readonly name: string;
  /** `server` answers a request, `client` makes one; `internal` by default. */
  readonly kind?: 'internal' | 'server' | 'client' | 'consumer';
  readonly attributes?: Attributes;
  /**
   * The places in traces that it follows from, in the place of the span that is under way: it continues a single trace,
   * and links to several. Where there is none, nothing is recorded.
   */
  readonly follows?: () => readonly (string | undefined)[];
}

/** A part of the work that is under way. */
export interface Span {
  describe(attributes: Attributes): void;
}

/** A span that begins in one place and ends in another. */
export interface OpenSpan extends Span {
  /** Runs the work in it: what the work does belongs to it. */
  run<Result>(work: () => Result): Result;
  /** @param error what the work failed with, if it did */
  end(error?: unknown): void;
}

/** Records spans. */
export interface Tracer {
  open(options: SpanOptions): OpenSpan;
  /** The place of the span that is under way. */
  current(): string | undefined;
  /** Runs the work as if no span were under way. */
  outside<Result>(work: () => Result): Result;
}

let tracer: Tracer | undefined;

/** Has this thread record spans from now on; nothing is recorded before, or without. */
export function traceWith(recorder: Tracer | undefined): void {
  tracer = recorder;
}

export function isTracing(): boolean {
  return tracer !== undefined;
}

const NOWHERE: OpenSpan = { describe() {}, run: (work) => work(), end() {} };

export function openSpan(options: SpanOptions): OpenSpan {
  return tracer === undefined ? NOWHERE : tracer.open(options);
}

/** Runs the work within a span, which ends with it. */
export function within<Result>(options: SpanOptions, work: (span: Span) => Result): Result {
  if (tracer === undefined) return work(NOWHERE);
  const span = tracer.open(options);
  const failed = (error: unknown): never => {
    span.end(error);
    throw error;
  };
  let result: Result;
  try {
    result = span.run(() => work(span));
  } catch (error) {
    return failed(error);
  }
  if (!(result instanceof Promise)) {
    span.end();
    return result;
  }
  return result.then((value) => {
    span.end();
    return value;
  }, failed) as Result;
}

/** The place of the span that is under way, to be handed on to whatever follows from it. */
export function traceparent(): string | undefined {
  return tracer?.current();
}

/** Runs what outlasts the span under way, which it does not belong to. */
export function outsideSpans<Result>(work: () => Result): Result {
  return tracer === undefined ? work() : tracer.outside(work);
}
