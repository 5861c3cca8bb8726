import type { DomainEvent, Instant } from '#domain/kernel';

/** The position of the event that started a flow. */
export type FlowBeginning = { stream: string; revision: number };

/** An operator resumed stuck work. */
export type FlowResumed = DomainEvent<
  'FlowResumed',
  { resumptionId: string; process: string; key: string; begun?: FlowBeginning; resumedAt: Instant }
>;

export type FlowEvent = FlowResumed;
