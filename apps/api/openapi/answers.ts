import type {
  AccessHeldView,
  AccessIntervalView,
  AccessVerdicts,
  ActivityView,
  ApprovalPreview,
  AuditHistory,
  AuditStory,
  BuildingView,
  ConnectionView,
  CustomerView,
  DashboardView,
  DeliveryView,
  ErasureView,
  EvidencePack,
  GivenOfCustomer,
  GivenToAccount,
  GrantView,
  ImportView,
  InboxView,
  InstallationView,
  LeftOutView,
  ListedAccount,
  ListedImport,
  ListedInstallation,
  LocationView,
  OwnAccountView,
  PackageItemView,
  ProcessingPlan,
  RevocationView,
  SealKeyList,
  SealProof,
  ShareDocumentView,
  ShareView,
  WebhookView,
} from '#application';
import type { ChangeView } from '#changes';
import type { ObjectSchema } from '#contracts/commands';
import type { Role } from '#domain/kernel';
import type { DryRunAnswer } from '../http/dry-run.ts';
import type { Problem } from '../http/problem.ts';
import type { Written } from '../http/writes.ts';
import type { ImportPreview } from '../imports/preview.ts';

/** A connection whose token is shown this once (R-C1). */
export interface IssuedToken extends Written {
  readonly token?: string;
  readonly expiresAt: string;
}

/** A webhook whose secret is shown this once. */
export interface WebhookSecretIssued extends Written {
  readonly secret?: string;
}

export interface WebhookTested extends Written {
  /** Of the test among the webhook's deliveries. */
  readonly deliveryId?: string;
}

export interface RevocationAnswer extends Written, RevocationView {}

export interface CommandSent extends Written {
  readonly replayed: boolean;
  /** Of a new or re-issued connection. */
  readonly token?: string;
  /** Of a new webhook, or of one that is given another. */
  readonly secret?: string;
  /** Of a test of a webhook. */
  readonly deliveryId?: string;
}

/** A command that may be sent. */
export interface CommandDescription {
  readonly type: string;
  readonly description: string;
  /** The JSON Schema of its data. */
  readonly schema: ObjectSchema;
}

export interface CommandDescriptions {
  readonly items: readonly CommandDescription[];
}

/** Changes in order, and the cursor to continue with, also where there are none yet. */
export interface ChangeList {
  readonly items: readonly ChangeView[];
  readonly nextCursor: string;
}

export interface ImportStarted {
  readonly id: string;
}

/** How people sign in to the console, and the current session. */
export interface SignInState {
  /** By an issuer, as anyone where things are tried out, or not at all: the API takes bearer tokens alone. */
  readonly mode: 'oidc' | 'development' | 'bearer';
  /** That of the browser which asks, where someone signed in there by an issuer. */
  readonly session?: SessionView;
}

/** A console session. */
export interface SessionView {
  /** Names whom it is of, for the header `Tessera-Session`. */
  readonly person: string;
  /** Empty for auditors and operators who are members of no account. */
  readonly account: { readonly id: string; readonly name: string };
  readonly user: string;
  readonly roles: readonly Role[];
  readonly expiresAt: string;
  /** Whether it speaks for its person; else it is to be renewed first. */
  readonly live: boolean;
  /** Whether it can be, without signing in again. */
  readonly renewable: boolean;
}

export interface ServiceStatus {
  readonly status: 'live' | 'ready' | 'degraded';
  /** The missing parts of a degraded service. */
  readonly missing?: readonly string[];
}

/** Everything the API answers with, by the name it has in its description. The schemas are made from these types. */
export interface Answers {
  AccessHeldView: AccessHeldView;
  AccessIntervalView: AccessIntervalView;
  AccessVerdicts: AccessVerdicts;
  ActivityView: ActivityView;
  ApprovalPreview: ApprovalPreview;
  AuditHistory: AuditHistory;
  AuditStory: AuditStory;
  BuildingView: BuildingView;
  ChangeList: ChangeList;
  CommandDescriptions: CommandDescriptions;
  CommandSent: CommandSent;
  ConnectionView: ConnectionView;
  CustomerView: CustomerView;
  DashboardView: DashboardView;
  DeliveryView: DeliveryView;
  DryRunAnswer: DryRunAnswer;
  ErasureView: ErasureView;
  EvidencePack: EvidencePack;
  GivenOfCustomer: GivenOfCustomer;
  GivenToAccount: GivenToAccount;
  GrantView: GrantView;
  ImportPreview: ImportPreview;
  ImportStarted: ImportStarted;
  ImportView: ImportView;
  InboxView: InboxView;
  InstallationView: InstallationView;
  IssuedToken: IssuedToken;
  LeftOutView: LeftOutView;
  ListedAccount: ListedAccount;
  ListedImport: ListedImport;
  ListedInstallation: ListedInstallation;
  LocationView: LocationView;
  OwnAccountView: OwnAccountView;
  PackageItemView: PackageItemView;
  Problem: Problem;
  ProcessingPlan: ProcessingPlan;
  RevocationAnswer: RevocationAnswer;
  RevocationView: RevocationView;
  SealKeyList: SealKeyList;
  SealProof: SealProof;
  ServiceStatus: ServiceStatus;
  SignInState: SignInState;
  ShareDocumentView: ShareDocumentView;
  ShareView: ShareView;
  WebhookSecretIssued: WebhookSecretIssued;
  WebhookTested: WebhookTested;
  WebhookView: WebhookView;
  Written: Written;
}

export type AnswerName = keyof Answers;
