import type { Instant } from '#domain/kernel';

/** What each kind of flow does, and who is affected while it is stalled. */
export const FLOWS = {
  preparing: 'The package of an approved share is collected; until then the requester cannot read it.',
  importing: 'Confirmed installations are placed; until then the requester has access to some of them only.',
  granting:
    'Access to an installation agrees with its share; otherwise an account has more or less access than the share shows.',
  withdrawing:
    'Access that was revoked or returned ends on each installation, with everything that was given on.',
  ending: 'Access until a date ends then, and its parties are notified before.',
  connecting: 'A connection is completed, or ended with its open requests.',
  'catalogue-import': 'A file is imported into a catalogue.',
  erasing: 'A person is erased by destroying a key.',
  unknown: 'Work of a process that this release does not have: it is never executed.',
  sealing: 'Events are sealed; for events that are not sealed no proof can be given.',
} as const;

export type FlowKind = keyof typeof FLOWS;

export const FLOW_KINDS = Object.keys(FLOWS) as readonly FlowKind[];

/** Why it is stalled, as far as is known, and how to fix it. */
export const STATES = {
  stuck: {
    why: 'A step of it keeps failing, for the given reason.',
    fix: 'Fix the reason, then: tessera-ctl flows resume <process> <key>',
  },
  open: {
    why: 'Its work is open and has not failed: no worker runs the processes, or they wait for a store or a view.',
    fix: 'Check with tessera-ctl doctor that the processes run, then: tessera-ctl flows resume <process> <key>',
  },
  overdue: {
    why: 'Its timer is overdue: no worker runs the processes, or they cannot read their timers.',
    fix: 'Check with tessera-ctl doctor that the processes run, then: tessera-ctl flows resume <process> <key>',
  },
  behind: {
    why: 'The processes have not read its starting event yet.',
    fix: 'Start a worker, or wait until the processes have caught up: tessera-ctl projections list',
  },
  parked: {
    why: 'The processes could not handle an event of its stream, and later events of the stream wait.',
    fix: 'After a release that can handle it: tessera-ctl parked retry processes <stream>',
  },
  lost: {
    why: 'It is not done, and no work for it is open: its event was skipped, or its work was lost with a store.',
    fix: 'tessera-ctl flows resume <process> <key>',
  },
  'grant-unrecorded': {
    why: 'Access was granted, and the share does not show the installation as placed.',
    fix: 'tessera-ctl flows resume <process> <key>',
  },
  'not-ended': {
    why: 'By the share access has ended or expired, and it is still granted.',
    fix: 'tessera-ctl flows resume <process> <key>',
  },
  'end-unrecorded': {
    why: 'Access ended for a reason outside its share, and the share still shows it as placed.',
    fix: 'tessera-ctl flows resume <process> <key> --stream <stream on which it ended>',
  },
  orphaned: {
    why: 'Access was granted for a share that has no such installation, or shows it as not confirmed.',
    fix: 'Rebuild the compared views (tessera-ctl projections rebuild shares, and access); if it is found again, revoke the share.',
  },
  unsigned: {
    why: 'Recorded events are not covered by a checkpoint.',
    fix: 'The log of the worker that seals says why; tessera-ctl audit verify shows whether the log was altered.',
  },
  gap: {
    why: 'Events were sealed long after they were recorded: it cannot be proved that they were not altered in between.',
    fix: 'It cannot be fixed afterwards. The log of the worker of that time says why it did not seal.',
  },
} as const;

export type FlowState = keyof typeof STATES;

/** Work of a process that has started and made no progress for too long. */
export interface Flow {
  readonly kind: FlowKind;
  readonly state: FlowState;
  /** Its work, as `flows resume` takes it; absent where there is none. */
  readonly process?: string;
  readonly key?: string;
  /** The stream that it belongs to, where that is known. */
  readonly stream?: string;
  /** Of its last progress, as far as is known. */
  readonly since: Instant;
  /** Of how many things so many are done. */
  readonly progress?: { readonly done: number; readonly of: number };
  /** Why a step of it failed, or further details. */
  readonly reason?: string;
}

/** The kind of flow that each process executes. */
export const KIND_OF_PROCESS: ReadonlyMap<string, FlowKind> = new Map([
  ['prepare-package', 'preparing'],
  ['import-step', 'importing'],
  ['withdraw-access', 'withdrawing'],
  ['follow-withdrawal', 'withdrawing'],
  ['expire-shares', 'ending'],
  ['extend-access', 'ending'],
  ['complete-connection', 'connecting'],
  ['end-connection', 'connecting'],
  ['cancel-late-request', 'connecting'],
  ['import-catalogue', 'catalogue-import'],
  ['complete-erasure', 'erasing'],
]);
