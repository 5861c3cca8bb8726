import type { AccountKind, CompanyDetails } from '#domain/account';
import { cityWords } from '#domain/catalogue';
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

/** The search scope: callers that may find accounts may find all of them. */
export const PLATFORM = '';

export const accounts: CollectionDefinition<AccountDocument> = {
  name: 'accounts',
  indexes: { 'by-name': ({ name, id }) => [name.toLowerCase(), id] },
  text: ({ name, company }) => ({
    scope: PLATFORM,
    words: [...wordsOf(name, company.name), ...cityWords(company.city), ...codeWords(company.vatNumber)],
  }),
};
