import { ChangeAccountDetailsData, RegisterAccountData } from './account.ts';
import {
  AddBuildingData,
  AddCustomerData,
  AddLocationData,
  ChangeBuildingData,
  ChangeCustomerData,
  ChangeLocationData,
} from './catalogue.ts';
import { compile, type Validate } from './compile.ts';
import {
  AuthenticateConnectionData,
  CancelConnectionData,
  CreateConnectionData,
  EndConnectionData,
  ReissueConnectionTokenData,
  RenameConnectionData,
} from './connection.ts';
import type { Class } from './declare.ts';
import { EraseDataSubjectData } from './erasure.ts';
import { ReadAllNotificationsData, ReadNotificationData } from './inbox.ts';
import {
  AddActivityData,
  ArchiveInstallationData,
  ChangeActivityData,
  ChangeInstallationData,
  RegisterInstallationData,
  RemoveActivityData,
  RestoreInstallationData,
  ReturnAccessData,
  RevokeGrantData,
} from './installation.ts';
import { type ObjectSchema, schemaOf } from './schema.ts';
import type { PublicCommandData, PublicCommandType } from './shapes.ts';
import {
  ApproveShareData,
  CancelShareData,
  ExtendShareData,
  FinishShareData,
  ProcessShareData,
  RejectShareData,
  RequestShareData,
  RevokeShareData,
} from './share.ts';
import {
  ChangeWebhookData,
  RegisterWebhookData,
  RemoveWebhookData,
  ReplayWebhookData,
  RetryWebhookDeliveryData,
  RotateWebhookSecretData,
  TestWebhookData,
} from './webhook.ts';

/** A command that may be sent from outside, and how its data is checked. */
export interface PublicCommand<Type extends PublicCommandType = PublicCommandType> {
  readonly type: Type;
  /** What it does, in one sentence. */
  readonly description: string;
  readonly dto: Class;
  readonly schema: ObjectSchema;
  readonly validate: Validate;
  /** The field with the id of what it creates; when it is left out, the server generates the id. */
  readonly creates?: string;
}

/** A class that declares exactly the fields of the command's data, each with exactly its type. */
type DtoOf<Data, Dto> = [Dto] extends [Data]
  ? [Data] extends [Dto]
    ? [keyof Dto, keyof Data] extends [keyof Data, keyof Dto]
      ? unknown
      : never
    : never
  : never;

function declare<const Type extends PublicCommandType, Dto extends object>(
  type: Type,
  dto: Class<Dto> & DtoOf<PublicCommandData[Type], Dto>,
  description: string,
  creates?: keyof Dto & string,
): PublicCommand<Type> {
  const schema = schemaOf(dto);
  return { type, description, dto, schema, validate: compile(schema), ...(creates && { creates }) };
}

const declared = [
  declare('RegisterAccount', RegisterAccountData, 'Registers a company on the platform.', 'accountId'),
  declare('ChangeAccountDetails', ChangeAccountDetailsData, "Changes an account's name or company details."),

  declare(
    'CreateConnection',
    CreateConnectionData,
    'Creates a connection and answers with its one-time token.',
    'connectionId',
  ),
  declare(
    'ReissueConnectionToken',
    ReissueConnectionTokenData,
    'Replaces the one-time token of a connection that waits for its other side.',
  ),
  declare(
    'AuthenticateConnection',
    AuthenticateConnectionData,
    'Completes a connection with the one-time token of its other side.',
  ),
  declare('RenameConnection', RenameConnectionData, "Changes the account's own label of a connection."),
  declare('CancelConnection', CancelConnectionData, 'Withdraws a connection that waits for its other side.'),
  declare(
    'EndConnection',
    EndConnectionData,
    'Ends a connection, and revokes what may still be revoked if asked to.',
  ),

  declare('AddCustomer', AddCustomerData, "Adds a customer to the account's catalogue.", 'customerId'),
  declare('ChangeCustomer', ChangeCustomerData, 'Changes a customer; null clears a field.'),
  declare('AddLocation', AddLocationData, 'Adds a location to a customer.', 'locationId'),
  declare('ChangeLocation', ChangeLocationData, 'Changes a location; null clears a field.'),
  declare('AddBuilding', AddBuildingData, 'Adds a building to a location.', 'buildingId'),
  declare('ChangeBuilding', ChangeBuildingData, 'Changes a building; null clears a field.'),

  declare(
    'RegisterInstallation',
    RegisterInstallationData,
    'Registers an installation in a building, or else on a location.',
    'installationId',
  ),
  declare(
    'ChangeInstallation',
    ChangeInstallationData,
    'Changes an installation for every account with access, and where the account itself keeps it.',
  ),
  declare(
    'ArchiveInstallation',
    ArchiveInstallationData,
    "Archives an installation in the account's own catalogue.",
  ),
  declare(
    'RestoreInstallation',
    RestoreInstallationData,
    "Takes an installation out of the account's own archive.",
  ),
  declare('AddActivity', AddActivityData, 'Adds an activity to a logbook.', 'activityId'),
  declare('ChangeActivity', ChangeActivityData, "Changes one of the account's own activities."),
  declare('RemoveActivity', RemoveActivityData, "Removes one of the account's own activities."),
  declare('ReturnAccess', ReturnAccessData, 'Gives access to an installation back.'),
  declare('RevokeGrant', RevokeGrantData, 'Revokes one grant on one installation.'),

  declare('RequestShare', RequestShareData, 'Requests a share over a connection.', 'shareId'),
  declare('CancelShare', CancelShareData, 'Withdraws a request that was not evaluated yet.'),
  declare('RejectShare', RejectShareData, 'Rejects a request.'),
  declare('ApproveShare', ApproveShareData, 'Approves a request with what is shared and on which terms.'),
  declare(
    'ProcessShare',
    ProcessShareData,
    'Confirms a step: what becomes of a part of the package. A record of one’s own that an installation `replaces` is ' +
      'archived once the installation is placed.',
  ),
  declare('FinishShare', FinishShareData, 'Declines what is left of the package.'),
  declare('RevokeShare', RevokeShareData, 'Revokes a share, or the installations named of it.'),
  declare('ExtendShare', ExtendShareData, 'Lets a share that was approved until a date end later.'),

  declare('ReadNotification', ReadNotificationData, 'Marks a notification as read.'),
  declare('ReadAllNotifications', ReadAllNotificationsData, 'Marks all notifications as read.'),

  declare(
    'EraseDataSubject',
    EraseDataSubjectData,
    'Erases a person, by the e-mail address or else the whole text that names it, from everything the account recorded. ' +
      'It cannot be undone.',
    'erasureId',
  ),

  declare(
    'RegisterWebhook',
    RegisterWebhookData,
    'Registers a URL that changes are sent to, and answers with the secret they are signed with.',
    'webhookId',
  ),
  declare(
    'ChangeWebhook',
    ChangeWebhookData,
    'Changes, disables or enables a webhook; null clears a field. Enabled again it goes on from where it stopped.',
  ),
  declare(
    'RotateWebhookSecret',
    RotateWebhookSecretData,
    'Gives a webhook another secret; both are valid for a day.',
  ),
  declare('ReplayWebhook', ReplayWebhookData, 'Sends what happened after a cursor to a webhook again.'),
  declare('TestWebhook', TestWebhookData, 'Sends a webhook a test.'),
  declare('RetryWebhookDelivery', RetryWebhookDeliveryData, 'Attempts a delivery once more, at once.'),
  declare('RemoveWebhook', RemoveWebhookData, 'Removes a webhook with its deliveries.'),
] as const;

/**
 * The commands by type.
 * @throws DuplicateCommand
 */
export function byType<Command extends { readonly type: string }>(
  commands: readonly Command[],
): ReadonlyMap<string, Command> {
  const types = new Map<string, Command>();
  for (const command of commands) {
    if (types.has(command.type)) throw new DuplicateCommand(command.type);
    types.set(command.type, command);
  }
  return types;
}

const commands = byType<PublicCommand>(declared);

/** Does not compile, naming the type, when a command type is not declared above. */
type Declared = (typeof declared)[number]['type'];
export const publicCommands: readonly PublicCommand<Declared>[] = [...commands.values()];

/** The declaration of a command; `undefined` when there is no such command for outsiders. */
export function publicCommand<Type extends PublicCommandType>(type: Type): PublicCommand<Type>;
export function publicCommand(type: string): PublicCommand | undefined;
export function publicCommand(type: string): PublicCommand | undefined {
  return commands.get(type);
}

/** Two declarations have the same command type. */
export class DuplicateCommand extends Error {
  override readonly name = 'DuplicateCommand';
  constructor(readonly type: string) {
    super(`Command ${type} is declared twice.`);
  }
}
