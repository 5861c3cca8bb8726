import type { AccountKind, CompanyDetails } from '#domain/account';
import { line, nested, Optional, oneOf, Required, uuid } from './declare.ts';
import type { CommandData } from './shapes.ts';

export class CompanyData implements CompanyDetails {
  @Required(line(200)) readonly name!: string;
  @Required(line(50)) readonly vatNumber!: string;
  @Required(line(200)) readonly street!: string;
  @Required(line(50)) readonly postalCode!: string;
  @Required(line(200)) readonly city!: string;
  @Required(line(100)) readonly country!: string;
  @Optional(line(100)) readonly certificateNumber?: string;
}

export class RegisterAccountData implements CommandData<'RegisterAccount'> {
  @Optional(uuid) readonly accountId?: string;
  @Required(oneOf(['service', 'connect'])) readonly kind!: AccountKind;
  @Required(line(200)) readonly name!: string;
  @Required(nested(() => CompanyData)) readonly company!: CompanyData;
}

export class ChangeAccountDetailsData implements CommandData<'ChangeAccountDetails'> {
  @Required(uuid) readonly accountId!: string;
  @Optional(line(200)) readonly name?: string;
  @Optional(nested(() => CompanyData)) readonly company?: CompanyData;
}
