import type { Changes, Command, Instant } from '#domain/kernel';
import type {
  AccessType,
  Activity,
  DocumentIdentity,
  InstallationProperties,
  Placement,
  RevocationTerms,
  WithdrawalCause,
} from './events.ts';

/** `placement.customerId` is a fact of the location, resolved before the decision. */
export type RegisterInstallation = Command<
  'RegisterInstallation',
  {
    installationId: string;
    token: string;
    locationId?: string;
    buildingId?: string;
    reference: string;
    customerReference?: string;
  } & InstallationProperties
>;

/** Properties are shared (any live holder); placement fields are the caller's own. One command, one PATCH. */
export type ChangeInstallation = Command<
  'ChangeInstallation',
  {
    installationId: string;
    locationId?: string;
    buildingId?: string;
    reference?: string;
    customerReference?: string | null;
  } & Changes<InstallationProperties>
>;

export type ArchiveInstallation = Command<'ArchiveInstallation', { installationId: string }>;
export type RestoreInstallation = Command<'RestoreInstallation', { installationId: string }>;

export type AddActivity = Command<'AddActivity', { installationId: string; activityId: string } & Activity>;
export type ChangeActivity = Command<
  'ChangeActivity',
  { installationId: string; activityId: string } & Changes<Omit<Activity, 'kind'>>
>;
export type RemoveActivity = Command<'RemoveActivity', { installationId: string; activityId: string }>;

/** The holder gives access back (R-V7). */
export type ReturnAccess = Command<'ReturnAccess', { installationId: string; grantId: string }>;

/** By the importing process: places a confirmed item and makes its grant live (R-P4). */
export type GrantAccess = Command<
  'GrantAccess',
  {
    installationId: string;
    grantId: string;
    shareId: string;
    giver: string;
    holder: string;
    accessType: AccessType;
    documentIdentity: DocumentIdentity;
    revocation: RevocationTerms;
    approvedAt: Instant;
    until?: Instant;
    placement: Placement;
  }
>;

/** By the extending process: a grant of the share that was extended ends later (R-E4). */
export type ExtendAccess = Command<
  'ExtendAccess',
  { installationId: string; grantId: string; shareId: string; until: Instant }
>;

/** By the cascading process: applies a share's revocation to the installation (R-V4). */
export type WithdrawAccess = Command<
  'WithdrawAccess',
  { installationId: string; grantId: string; shareId: string; holder: string; cause: WithdrawalCause }
>;

export type InstallationCommand =
  | RegisterInstallation
  | ChangeInstallation
  | ArchiveInstallation
  | RestoreInstallation
  | AddActivity
  | ChangeActivity
  | RemoveActivity
  | ReturnAccess
  | GrantAccess
  | ExtendAccess
  | WithdrawAccess;
