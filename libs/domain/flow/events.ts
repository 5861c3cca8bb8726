import type { DomainEvent, Instant } from '#domain/kernel';

/** The position of the event that a flow began with. */
export type FlowBeginning = { stream: string; revision: number };

/** What follows from an event was stuck, and an operator resumed it. */
export type FlowResumed = DomainEvent<
  'FlowResumed',
  { resumptionId: string; process: string; key: string; begun?: FlowBeginning; resumedAt: Instant }
>;

export type FlowEvent = FlowResumed;
