import type { AccountKind, CompanyDetails } from '#domain/account';
import type { CollectionDefinition } from '#view-store';
import type { Reflecting } from '../reflecting.ts';

export interface AccountDocument extends Reflecting {
  /** The account's id. */
  readonly id: string;
  readonly kind: AccountKind;
  readonly name: string;
  readonly company: CompanyDetails;
}

export const accounts: CollectionDefinition<AccountDocument> = {
  name: 'accounts',
  indexes: { 'by-name': ({ name, id }) => [name.toLowerCase(), id] },
};

/** The word by which what has to do with an account is found, whatever that is called now: no text has such a word. */
export function accountWord(account: string): string {
  return `@${account}`;
}
