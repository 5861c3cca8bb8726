import {
  type Context,
  context,
  type Link,
  type Tracer as OtelApi,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { Refusal } from '#domain/kernel';
import { type OpenSpan, type SpanOptions, type Tracer, traceOf } from '#tracing';

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
};

/** The most links of one span. */
const MOST_LINKS = 64;

const SAMPLED = 1;

/** Spans by OpenTelemetry. */
export class OtelTracer implements Tracer {
  constructor(private readonly api: OtelApi) {}

  open({ name, kind = 'internal', attributes, follows }: SpanOptions): OpenSpan {
    const from = follows === undefined ? { parent: context.active() } : placeBehind(follows());
    if (from === undefined) return UNRECORDED;
    const { parent, links } = from;
    const span = this.api.startSpan(name, { kind: KINDS[kind], attributes, links }, parent);
    return new Recorded(span, trace.setSpan(parent, span));
  }

  current(): string | undefined {
    const place = trace.getSpanContext(context.active());
    if (place === undefined) return undefined;
    const { traceId, spanId, traceFlags } = place;
    return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
  }

  outside<Result>(work: () => Result): Result {
    return context.with(ROOT_CONTEXT, work);
  }
}

const UNRECORDED: OpenSpan = {
  describe() {},
  run: (work) => context.with(ROOT_CONTEXT, work),
  end() {},
};

class Recorded implements OpenSpan {
  constructor(
    private readonly span: OtelSpan,
    private readonly within: Context,
  ) {}

  describe(attributes: Parameters<OpenSpan['describe']>[0]): void {
    this.span.setAttributes(attributes);
  }

  run<Result>(work: () => Result): Result {
    return context.with(this.within, work);
  }

  /** Only the type of an error is recorded: its message may repeat what somebody wrote. */
  end(error?: unknown): void {
    if (error instanceof Refusal) {
      this.span.setAttribute('tessera.refusal', error.code);
    } else if (error !== undefined) {
      this.span.setAttribute('error.type', error instanceof Error ? error.name : 'Error');
      this.span.setStatus({ code: SpanStatusCode.ERROR });
    }
    this.span.end();
  }
}

/** The trace of a span that follows from others: theirs, or one of its own that links to theirs. */
function placeBehind(
  followed: readonly (string | undefined)[],
): { readonly parent: Context; readonly links?: Link[] } | undefined {
  const places = followed.filter((place) => place !== undefined);
  const last = places.at(-1);
  if (last === undefined) return undefined;
  const byTrace = new Map(
    places.filter((place) => flagsOf(place) & SAMPLED).map((place) => [traceOf(place), place]),
  );
  if (byTrace.size <= 1) {
    const [single = last] = byTrace.values();
    return { parent: trace.setSpanContext(ROOT_CONTEXT, contextOf(single)) };
  }
  const links = [...byTrace.values()].slice(-MOST_LINKS).map((place) => ({ context: contextOf(place) }));
  return { parent: ROOT_CONTEXT, links };
}

function contextOf(place: string): SpanContext {
  return { traceId: traceOf(place), spanId: place.slice(36, 52), traceFlags: flagsOf(place), isRemote: true };
}

function flagsOf(place: string): number {
  return Number.parseInt(place.slice(53, 55), 16);
}
