import type { ChangeAccountDetails, RegisterAccount } from '#domain/account';
import type {
  AddBuilding,
  AddCustomer,
  AddLocation,
  ChangeBuilding,
  ChangeCustomer,
  ChangeLocation,
} from '#domain/catalogue';
import type {
  AuthenticateConnection,
  CancelConnection,
  CreateConnection,
  EndConnection,
  ReissueConnectionToken,
  RenameConnection,
} from '#domain/connection';
import type { EraseDataSubject } from '#domain/erasure';
import type { ReadNotification } from '#domain/inbox';
import type {
  AccessType,
  AddActivity,
  ArchiveInstallation,
  ChangeActivity,
  ChangeInstallation,
  RegisterInstallation,
  RemoveActivity,
  RestoreInstallation,
  ReturnAccess,
} from '#domain/installation';
import type { Command } from '#domain/kernel';
import type { ProcessShare } from '#domain/share';
import type {
  ChangeWebhook,
  RegisterWebhook,
  RemoveWebhook,
  ReplayWebhook,
  RetryWebhookDelivery,
  RotateWebhookSecret,
  TestWebhook,
} from '#domain/webhook';
import type { ChangeType } from '../changes.ts';
import type { ShareCommandData } from './share.ts';

/** A command's data, without what the application adds; the id of what it creates may be left to the server. */
export type Asked<
  C extends Command,
  Created extends keyof C['data'] = never,
  Added extends keyof C['data'] = never,
> = Omit<C['data'], Created | Added> & Partial<Pick<C['data'], Created>>;

/** The documents of the field also say *borrowed* for what is on loan: an alias the application resolves. */
export type AskedAccessType = AccessType | 'borrowed';

/** Where a customer of the package goes (R-P2): exactly one of these. What is created gets its id later. */
export interface AskedCustomerTarget {
  readonly create?: true;
  readonly customerId?: string;
}

/** Where a location of the package goes (R-P2): a new one, under `customerId` if given, or an existing one. */
export interface AskedLocationTarget {
  readonly create?: true;
  readonly customerId?: string;
  readonly locationId?: string;
}

/** Where an installation of the package goes (R-P2): exactly one of these. */
export interface AskedInstallationTarget {
  readonly buildingId?: string;
  readonly locationId?: string;
  readonly newBuilding?: { readonly name: string; readonly locationId: string };
  readonly followsLocation?: true;
}

/** A step of the processing, as its requester confirms it (R-P1). */
export interface AskedStep extends Omit<Asked<ProcessShare>, 'customers' | 'locations' | 'installations'> {
  readonly customers?: readonly { readonly source: string; readonly target: AskedCustomerTarget }[];
  readonly locations?: readonly { readonly source: string; readonly target: AskedLocationTarget }[];
  readonly installations: readonly {
    readonly installationId: string;
    readonly target: AskedInstallationTarget;
    readonly reference?: string;
  }[];
}

/** The data of every command that may be sent from outside, by its type. */
export interface PublicCommandData extends ShareCommandData {
  RegisterAccount: Asked<RegisterAccount, 'accountId'>;
  ChangeAccountDetails: Asked<ChangeAccountDetails>;

  CreateConnection: Asked<CreateConnection, 'connectionId', 'tokenHash'>;
  ReissueConnectionToken: Asked<ReissueConnectionToken, never, 'tokenHash'>;
  /** The token says which connection it is for. */
  AuthenticateConnection: Asked<AuthenticateConnection, never, 'connectionId' | 'tokenHash'> & {
    readonly token: string;
  };
  RenameConnection: Asked<RenameConnection>;
  CancelConnection: Asked<CancelConnection>;
  EndConnection: Asked<EndConnection>;

  AddCustomer: Asked<AddCustomer, 'customerId', 'copiedFrom'>;
  ChangeCustomer: Asked<ChangeCustomer>;
  AddLocation: Asked<AddLocation, 'locationId', 'copiedFrom'>;
  ChangeLocation: Asked<ChangeLocation>;
  AddBuilding: Asked<AddBuilding, 'buildingId', 'copiedFrom'>;
  ChangeBuilding: Asked<ChangeBuilding>;

  RegisterInstallation: Asked<RegisterInstallation, 'installationId', 'token'>;
  ChangeInstallation: Asked<ChangeInstallation>;
  ArchiveInstallation: Asked<ArchiveInstallation>;
  RestoreInstallation: Asked<RestoreInstallation>;
  AddActivity: Asked<AddActivity, 'activityId'>;
  ChangeActivity: Asked<ChangeActivity>;
  RemoveActivity: Asked<RemoveActivity>;
  ReturnAccess: Asked<ReturnAccess>;
  /** Revokes the share the grant came from, for this one installation (R-V1). */
  RevokeGrant: { readonly installationId: string; readonly grantId: string; readonly reason?: string };

  ReadNotification: Asked<ReadNotification>;
  ReadAllNotifications: Record<never, never>;

  /** The person as the account has named it: by e-mail address, else by the whole text. */
  EraseDataSubject: Asked<EraseDataSubject, 'erasureId', 'key'> & { readonly subject: string };

  RegisterWebhook: Omit<Asked<RegisterWebhook, 'webhookId', 'secretId'>, 'types'> & {
    readonly types?: readonly ChangeType[];
  };
  ChangeWebhook: Omit<Asked<ChangeWebhook>, 'types'> & { readonly types?: readonly ChangeType[] | null };
  RotateWebhookSecret: Asked<RotateWebhookSecret, never, 'secretId'>;
  /** The cursor after which the changes are sent again. */
  ReplayWebhook: Asked<ReplayWebhook, never, 'after'> & { readonly cursor: string };
  TestWebhook: Asked<TestWebhook, never, 'deliveryId'>;
  RetryWebhookDelivery: Asked<RetryWebhookDelivery>;
  RemoveWebhook: Asked<RemoveWebhook>;
}

export type PublicCommandType = keyof PublicCommandData;

/** The data of one command as it is asked for. */
export type CommandData<Type extends PublicCommandType> = PublicCommandData[Type];
