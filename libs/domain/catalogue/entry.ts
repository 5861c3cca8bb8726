import { conflict, impossible, notFound, type Refusal, type Role, sameData } from '#domain/kernel';

/** One entry of one account's catalogue, or none yet. */
export type Entry<Added> = { readonly status: 'none' } | Kept<Added>;

/** The entry as it was added, with its details as they are now. */
export type Kept<Added> = { readonly status: 'kept' } & Readonly<Added>;

/** The roles that may change a catalogue: people, and the processes that copy and import into it for them. */
export const catalogueEditors: readonly Role[] = ['manager', 'administrator', 'service', 'system'];

/** Whether the entry exists and is `account`'s own. */
export function isKeptBy<Added extends { account: string }>(
  entry: Entry<Added> | undefined,
  account: string,
): entry is Kept<Added> {
  return entry?.status === 'kept' && entry.account === account;
}

/**
 * `true` when the entry is new; `false` when the same was added before.
 * @throws Refusal `id-in-use`, whichever account uses it
 */
export function isNew<Added extends object>(entry: Entry<Added>, added: Added): boolean {
  if (entry.status === 'none') return true;
  if (sameData(entry, { status: 'kept', ...added })) return false;
  throw conflict('id-in-use', 'This id is in use.');
}

/**
 * The account's own entry.
 * @throws Refusal `not-found` when there is none, or it is another account's (R-G2)
 */
export function ownEntry<Added extends { account: string }>(
  entry: Entry<Added>,
  account: string,
  what: string,
): Kept<Added> {
  if (!isKeptBy(entry, account)) throw notFound(what);
  return entry;
}

/** The refusal of an entry whose parent is not in the account's own catalogue. */
export function parentNotFound(kind: 'customer' | 'location'): Refusal {
  const code = `${kind}-not-found` as const;
  const detail = `There is no such ${kind} in your catalogue.`;
  return impossible(code, detail, { errors: [{ pointer: `/${kind}Id`, code, detail }] });
}
