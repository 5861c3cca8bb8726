import type { AccountKind, CompanyDetails } from '#domain/account';
import type { CollectionDefinition } from '#view-store';
import type { Reflecting } from '../reflecting.ts';
import { codeWords, wordsOf } from '../search.ts';

export interface AccountDocument extends Reflecting {
  /** The account's id. */
  readonly id: string;
  readonly kind: AccountKind;
  readonly name: string;
  readonly company: CompanyDetails;
}

/** Whoever may find accounts at all may find all of them. */
export const PLATFORM = '';

export const accounts: CollectionDefinition<AccountDocument> = {
  name: 'accounts',
  indexes: { 'by-name': ({ name, id }) => [name.toLowerCase(), id] },
  text: ({ name, company }) => ({
    scope: PLATFORM,
    words: [...wordsOf(name, company.name, company.city), ...codeWords(company.vatNumber)],
  }),
};

/** The search word for documents that concern an account, independent of its current name: no text contains such a word. */
export function accountWord(account: string): string {
  return `@${account}`;
}
