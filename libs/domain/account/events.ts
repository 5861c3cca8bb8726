import type { DomainEvent } from '#domain/kernel';

/** A service account maintains installations; a connect account owns or operates them. */
export type AccountKind = 'service' | 'connect';

/** The company details that documents show. */
export interface CompanyDetails {
  readonly name: string;
  readonly vatNumber: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
  readonly certificateNumber?: string;
}

export type AccountRegistered = DomainEvent<
  'AccountRegistered',
  { accountId: string; kind: AccountKind; name: string; company: CompanyDetails }
>;

export type AccountDetailsChanged = DomainEvent<
  'AccountDetailsChanged',
  { accountId: string; name: string; company: CompanyDetails }
>;

export type AccountEvent = AccountRegistered | AccountDetailsChanged;
