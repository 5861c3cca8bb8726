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

/** The search word for documents that concern an account, independent of its current name: no text contains such a word. */
export function accountWord(account: string): string {
  return `@${account}`;
}
