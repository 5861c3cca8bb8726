import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { context, SpanKind, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { Refusal } from '#domain/kernel';
import { outsideSpans, traceparent, traceWith, within } from '#tracing';
import { OtelTracer } from './otel-tracer.ts';
import { samplerOf } from './sampling.ts';

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({
  sampler: samplerOf({ sampler: 'parentbased_always_on', ratio: 1 }),
  spanProcessors: [new SimpleSpanProcessor({ exporter })],
});
const api = provider.getTracer('spec');

const place = (trace: string, flags = '01') => `00-${trace.repeat(32)}-${trace.repeat(16)}-${flags}`;
const spans = () => exporter.getFinishedSpans();

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  traceWith(new OtelTracer(api));
});

afterAll(() => {
  traceWith(undefined);
  context.disable();
});

beforeEach(() => exporter.reset());

describe('a span', () => {
  it('is a child of the current span, also after an await', async () => {
    await within({ name: 'outer' }, async () => {
      await Promise.resolve();
      expect(within({ name: 'inner' }, () => 7)).toBe(7);
    });
    const [inner, outer] = spans();
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(outer?.parentSpanContext).toBeUndefined();
  });

  it('continues the trace that it follows from, and passes its own context on', () => {
    const own = within({ name: 'step', follows: () => [undefined, place('a'), place('a')] }, traceparent);
    expect(spans()[0]?.parentSpanContext?.spanId).toBe('a'.repeat(16));
    expect(own).toBe(`00-${'a'.repeat(32)}-${spans()[0]?.spanContext().spanId}-01`);
  });

  it('that follows from several traces starts one of its own, and links to those that are recorded', () => {
    within({ name: 'follow', follows: () => [place('a'), place('b', '00'), place('c')] }, () => 0);
    const [span] = spans();
    expect(span?.parentSpanContext).toBeUndefined();
    expect(span?.links.map(({ context }) => context.traceId)).toEqual(['a'.repeat(32), 'c'.repeat(32)]);
  });

  it('is not recorded where what it follows from is not, nor where there is nothing', () => {
    expect(within({ name: 'follow', follows: () => [place('a', '00')] }, traceparent)).toMatch(
      new RegExp(`^00-${'a'.repeat(32)}-[0-9a-f]{16}-00$`),
    );
    within({ name: 'other' }, () => {
      expect(within({ name: 'follow', follows: () => [] }, traceparent)).toBeUndefined();
    });
    expect(spans().map(({ name }) => name)).toEqual(['other']);
  });

  it('records the type of an error, never its message, and the code of a refusal', async () => {
    const failing = within({ name: 'fails' }, async () => {
      throw new RangeError('Ann Ames is no number');
    });
    await expect(failing).rejects.toThrow('Ann Ames');
    const refused = () =>
      within({ name: 'refuses' }, () => {
        throw new Refusal('conflict', 'not-now', 'Ann Ames was first.');
      });
    expect(refused).toThrow('Ann Ames');
    expect(spans().map(({ attributes, status }) => [attributes, status.code])).toEqual([
      [{ 'error.type': 'RangeError' }, 2],
      [{ 'tessera.refusal': 'not-now' }, 0],
    ]);
    expect(spans().flatMap(({ events, status }) => [...events, status.message ?? []].flat())).toEqual([]);
  });

  it('of a store call is recorded only within work in progress', async () => {
    const call = () => api.startSpan('call', { kind: SpanKind.CLIENT }).end();
    call();
    const later = within({ name: 'work' }, () => {
      call();
      outsideSpans(call);
      return { call: context.bind(trace.setSpan(context.active(), trace.getActiveSpan()!), call) };
    });
    later.call();
    expect(spans().map(({ name }) => name)).toEqual(['call', 'work']);
  });
});
