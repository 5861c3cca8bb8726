import { type Context, SpanKind, trace } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  type SamplingResult,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { TracingConfig } from './config.ts';

const NOT_RECORDED: SamplingResult = { decision: SamplingDecision.NOT_RECORD };

/** The configured sampler, for spans within work in progress. */
export function samplerOf({ sampler, ratio }: Pick<TracingConfig, 'sampler' | 'ratio'>): Sampler {
  const ofRoots = rootSampler(sampler, ratio);
  return new OfLiveWork(
    sampler.startsWith('parentbased_') ? new ParentBasedSampler({ root: ofRoots }) : ofRoots,
  );
}

function rootSampler(name: TracingConfig['sampler'], ratio: number): Sampler {
  if (name.endsWith('traceidratio')) return new TraceIdRatioBasedSampler(ratio);
  return name.endsWith('always_off') ? new AlwaysOffSampler() : new AlwaysOnSampler();
}

/**
 * Drops store calls without a parent span, such as polls, and those whose parent has ended: connections and loops
 * outlive the work that started them.
 */
class OfLiveWork implements Sampler {
  constructor(private readonly inner: Sampler) {}

  shouldSample(...args: Parameters<Sampler['shouldSample']>): SamplingResult {
    const [context, , , kind] = args;
    return belongsToLiveWork(context, kind) ? this.inner.shouldSample(...args) : NOT_RECORDED;
  }

  toString(): string {
    return `OfLiveWork{${this.inner}}`;
  }
}

function belongsToLiveWork(context: Context, kind: SpanKind): boolean {
  const parent = trace.getSpan(context);
  if (parent === undefined) return kind !== SpanKind.CLIENT;
  return parent.isRecording() || parent.spanContext().isRemote === true;
}
