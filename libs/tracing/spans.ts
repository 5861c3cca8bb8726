/** The attributes of a span: kinds, names and counts; never ids, personal data or what somebody wrote. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanOptions {
  /** One of a small set: what varies is an attribute. */
  readonly name: string;
  /** `server` answers a request, `client` makes one; `internal` by default. */
  readonly kind?: 'internal' | 'server' | 'client' | 'consumer';
  readonly attributes?: Attributes;
  /**
   * The trace contexts that it follows from, instead of the current span: it continues a single trace, and links to
   * several. Where there is none, nothing is recorded.
   */
  readonly follows?: () => readonly (string | undefined)[];
}

/** A part of the work in progress. */
export interface Span {
  describe(attributes: Attributes): void;
}

/** A span that begins in one place and ends in another. */
export interface OpenSpan extends Span {
  /** Runs the work with this span as the current one. */
  run<Result>(work: () => Result): Result;
  /** @param error what the work failed with, if it did */
  end(error?: unknown): void;
}

/** Records spans. */
export interface Tracer {
  open(options: SpanOptions): OpenSpan;
  /** The trace context of the current span. */
  current(): string | undefined;
  /** Runs the work without a current span. */
  outside<Result>(work: () => Result): Result;
}

let tracer: Tracer | undefined;

/** Sets the recorder of this thread; without one nothing is recorded. */
export function traceWith(recorder: Tracer | undefined): void {
  tracer = recorder;
}

export function isTracing(): boolean {
  return tracer !== undefined;
}

const NO_SPAN: OpenSpan = { describe() {}, run: (work) => work(), end() {} };

export function openSpan(options: SpanOptions): OpenSpan {
  return tracer === undefined ? NO_SPAN : tracer.open(options);
}

/** Runs the work within a span, which ends with it. */
export function within<Result>(options: SpanOptions, work: (span: Span) => Result): Result {
  if (tracer === undefined) return work(NO_SPAN);
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

/** The trace context of the current span, to be passed on to what follows from it. */
export function traceparent(): string | undefined {
  return tracer?.current();
}

/** Runs work that outlives the current span, and is not part of it. */
export function outsideSpans<Result>(work: () => Result): Result {
  return tracer === undefined ? work() : tracer.outside(work);
}
