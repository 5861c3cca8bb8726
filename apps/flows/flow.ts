import type { Instant } from '#domain/kernel';

/** What each kind of flow brings about, and who waits for it. */
export const FLOWS = {
  preparing: 'The package of an approved share is collected; until it is, the requester reads nothing of it.',
  importing: 'What the requester took over is placed; until it is, it has access to a part of it only.',
  granting:
    'Access to an installation is as its share says; where it is not, an account has more or less than is told.',
  withdrawing:
    'Access that was revoked or returned ends on each installation, and with all that was given on.',
  ending: 'Access until a date ends then, and its parties are told before.',
  connecting: 'A connection is completed or ended, with what belongs to it.',
  'catalogue-import': 'A file is imported into a catalogue.',
  erasing: 'A person is erased by destroying a key.',
  unknown: 'An earlier release has opened work that this one does not have: nobody does it.',
  sealing: 'Events are sealed; of what is not sealed no proof can be given.',
} as const;

export type FlowKind = keyof typeof FLOWS;

export const FLOW_KINDS = Object.keys(FLOWS) as readonly FlowKind[];

/** Why it does not go on, as far as can be told, and what mends it. */
export const STATES = {
  stuck: {
    why: 'A step of it keeps failing, for the reason that is told.',
    mend: 'Mend the reason, then: tessera-ctl flows resume <process> <key>',
  },
  open: {
    why: 'Its work is open and nothing says that it fails: nobody runs the processes, or they wait for a store or a view.',
    mend: 'See with tessera-ctl doctor that the processes run; then: tessera-ctl flows resume <process> <key>',
  },
  overdue: {
    why: 'The moment that its work waits for is long past: nobody runs the processes, or they cannot read what is due.',
    mend: 'See with tessera-ctl doctor that the processes run; then: tessera-ctl flows resume <process> <key>',
  },
  behind: {
    why: 'The processes have not come to the event that it begins with.',
    mend: 'Start a worker, or wait until the processes have caught up: tessera-ctl projections list',
  },
  parked: {
    why: 'The processes could not handle an event of its stream, and what is behind it waits.',
    mend: 'After a release that can handle it: tessera-ctl parked retry processes <stream>',
  },
  lost: {
    why: 'No work for it is open, though it is not done: its event was skipped, or its work was lost with a store.',
    mend: 'tessera-ctl flows resume <process> <key>',
  },
  untold: {
    why: 'Access was given, and the share does not say that the installation is placed.',
    mend: 'tessera-ctl flows resume <process> <key>',
  },
  outlived: {
    why: 'The share says that access ended, or was to end by itself, and it has not.',
    mend: 'tessera-ctl flows resume <process> <key>',
  },
  unfollowed: {
    why: 'Access ended for a reason outside its share, and the share says that it has not.',
    mend: 'tessera-ctl flows resume <process> <key> --stream <the stream that it ended on>',
  },
  unfounded: {
    why: 'Access was given for a share that has no such installation, or does not say that it was taken over.',
    mend: 'No command mends it. Rebuild what is compared (tessera-ctl projections rebuild shares, and access); if it is told again, revoke the share.',
  },
  unsigned: {
    why: 'Events have been recorded, and no checkpoint seals them.',
    mend: 'The log of the worker that seals says why; tessera-ctl audit verify tells whether the log is the one that was sealed.',
  },
  gap: {
    why: 'Events stood in the log for long before a checkpoint sealed them: that they were not altered meanwhile, nothing shows.',
    mend: 'Nothing does: they are sealed since, and cannot be sealed for a time that is past. The log of the worker of that time says why they were not.',
  },
} as const;

export type FlowState = keyof typeof STATES;

/** Something that has begun, and has not moved for longer than it should. */
export interface Flow {
  readonly kind: FlowKind;
  readonly state: FlowState;
  /** Its work, as the commands that mend it name it; none where there is no such work. */
  readonly process?: string;
  readonly key?: string;
  /** The stream that it is about, where it is known. */
  readonly stream?: string;
  /** Since when it has not moved, as far as can be told. */
  readonly since: Instant;
  /** Of how many things so many are done. */
  readonly progress?: { readonly done: number; readonly of: number };
  /** Why a step of it failed, or what else there is to know. */
  readonly reason?: string;
}

/** The kind of what each process brings about. */
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
