import { flag, line, Optional, prose, Required, uuid } from './declare.ts';
import type { CommandData } from './shapes.ts';

export class CreateConnectionData implements CommandData<'CreateConnection'> {
  @Optional(uuid) readonly connectionId?: string;
  @Required(line(200)) readonly label!: string;
  @Optional(prose(2_000)) readonly description?: string;
}

export class ReissueConnectionTokenData implements CommandData<'ReissueConnectionToken'> {
  @Required(uuid) readonly connectionId!: string;
}

export class AuthenticateConnectionData implements CommandData<'AuthenticateConnection'> {
  /** As it was copied, with any whitespace around it. */
  @Required(prose(200, 1)) readonly token!: string;
  @Required(line(200)) readonly label!: string;
}

export class RenameConnectionData implements CommandData<'RenameConnection'> {
  @Required(uuid) readonly connectionId!: string;
  @Required(line(200)) readonly label!: string;
}

export class CancelConnectionData implements CommandData<'CancelConnection'> {
  @Required(uuid) readonly connectionId!: string;
}

export class EndConnectionData implements CommandData<'EndConnection'> {
  @Required(uuid) readonly connectionId!: string;
  @Optional(flag) readonly revokeShares?: boolean;
}
