import type { AccountRegistered } from './events.ts';

/** A company on the platform, or none yet. */
export type AccountState = { readonly status: 'none' } | RegisteredAccount;

export type RegisteredAccount = { readonly status: 'registered' } & Readonly<AccountRegistered['data']>;
