export {
  type Attributes,
  isTracing,
  type OpenSpan,
  openSpan,
  outsideSpans,
  type Span,
  type SpanOptions,
  type Tracer,
  traceparent,
  traceWith,
  within,
} from './spans.ts';
export { readTraceparent, traceOf } from './traceparent.ts';
