import type { Actor } from '#domain/kernel';

/** As whom operators' commands read: it sees every history whole, and no personal data that an auditor must not see. */
export const AUDITOR: Actor = { account: '', user: 'tessera-ctl', roles: ['auditor'] };
