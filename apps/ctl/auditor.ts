import type { Actor } from '#domain/kernel';

/** The actor of operators' reads: it sees every history, and no personal data that an auditor must not see. */
export const AUDITOR: Actor = { account: '', user: 'tessera-ctl', roles: ['auditor'] };
