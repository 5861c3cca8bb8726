import { type Decider, outOfPlace, type Role } from '#domain/kernel';
import type { FlowCommand } from './commands.ts';
import type { FlowEvent } from './events.ts';

/** Whether an operator has resumed a flow. */
export type ResumptionState = { readonly status: 'none' } | { readonly status: 'resumed' };

/** The roles that may send each command. */
export const resumptionRoles: Readonly<Record<FlowCommand['type'], readonly Role[]>> = {
  ResumeFlow: ['operator'],
};

/** Resumptions of flows by operators; streams `flow-<resumption id>`. The flow's process does the work. */
export const resumption: Decider<ResumptionState, FlowCommand, FlowEvent> = {
  category: 'flow',
  initial: { status: 'none' },
  evolve(state, event) {
    return state.status === 'none' ? { status: 'resumed' } : outOfPlace(event, state.status);
  },
  decide({ data, now }, state) {
    return state.status === 'none' ? [{ type: 'FlowResumed', data: { ...data, resumedAt: now } }] : [];
  },
};
