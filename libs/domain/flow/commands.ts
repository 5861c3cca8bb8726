import type { Command } from '#domain/kernel';
import type { FlowBeginning } from './events.ts';

/** An operator resumes stuck work of a process. */
export type ResumeFlow = Command<
  'ResumeFlow',
  {
    resumptionId: string;
    /** The process, and what it knows its work by. */
    process: string;
    key: string;
    /** What it began with, where that is known: work that was lost is opened by it anew. */
    begun?: FlowBeginning;
  }
>;

export type FlowCommand = ResumeFlow;
