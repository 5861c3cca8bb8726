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

/** The sampler the configuration names, for what belongs to work that is under way. */
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
 * Leaves out calls to stores that belong to nothing, as polls, or to something that is over: connections and loops
 * outlast what they were begun for.
 */
class OfLiveWork implements Sampler {
  constructor(private readonly inner: Sampler) {}

  shouldSample(...asked: Parameters<Sampler['shouldSample']>): SamplingResult {
    const [context, , , kind] = asked;
    return belongsToLiveWork(context, kind) ? this.inner.shouldSample(...asked) : NOT_RECORDED;
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
