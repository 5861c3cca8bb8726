import type { Command } from '#domain/kernel';
import type { AccountKind, CompanyDetails } from './events.ts';

/** By an operator of the platform. */
export type RegisterAccount = Command<
  'RegisterAccount',
  { accountId: string; kind: AccountKind; name: string; company: CompanyDetails }
>;

/** By an administrator of the account itself. Documents already issued keep the details they were issued with (R-A4). */
export type ChangeAccountDetails = Command<
  'ChangeAccountDetails',
  { accountId: string; name?: string; company?: CompanyDetails }
>;

export type AccountCommand = RegisterAccount | ChangeAccountDetails;
