import type { Command } from '#domain/kernel';
import type { FlowBeginning } from './events.ts';

/** An operator resumes stuck work of a process. */
export type ResumeFlow = Command<
  'ResumeFlow',
  {
    resumptionId: string;
    /** The process, and the key of its work. */
    process: string;
    key: string;
    /** The event that caused the work, where it is known: lost work is opened again from it. */
    begun?: FlowBeginning;
  }
>;

export type FlowCommand = ResumeFlow;
