import { CheckAccessHandler, ListAccessOfAccountHandler, ListAccessToInstallationHandler } from './access.ts';
import { GetOwnAccountHandler, ListAccountsHandler } from './account.ts';
import { ListActivitiesHandler } from './activities.ts';
import { ListAnnouncedHandler } from './announced-events.ts';
import { GetHistoryHandler } from './audit.ts';
import { AuditAccessHandler } from './audit-access.ts';
import { ExportHistoryHandler } from './audit-export.ts';
import { GetStoryHandler } from './audit-story.ts';
import { GetCatalogueEntryHandler, ListCatalogueHandler } from './catalogue.ts';
import { GetConnectionHandler, GetTokenExpiryHandler, ListConnectionsHandler } from './connections.ts';
import { GetDashboardHandler } from './dashboard.ts';
import { GetErasureHandler, ListErasuresHandler } from './erasures.ts';
import { GetEvidenceHandler } from './evidence.ts';
import {
  ListAccountsGivenToHandler,
  ListCustomersGivenOfHandler,
  ListGivenAccessHandler,
} from './given-access.ts';
import { ListGrantsHandler } from './grants.ts';
import { GetFailedRowsHandler, GetImportHandler, ListImportsHandler } from './imports.ts';
import { ListInboxHandler } from './inbox.ts';
import { GetInstallationHandler, ListInstallationsHandler } from './installations.ts';
import { GetPackageHandler, ListLeftOutHandler } from './package.ts';
import { GetPlanHandler } from './plan.ts';
import { PreviewApprovalHandler } from './preview.ts';
import { GetRevocationHandler, PreviewRevocationHandler } from './revocation.ts';
import { GetCheckpointHandler, GetProofHandler, GetSealKeysHandler } from './seal.ts';
import { ListShareDocumentsHandler } from './share-documents.ts';
import { GetShareHandler, ListSharesHandler } from './shares.ts';
import { GetWebhookHandler, ListDeliveriesHandler, ListWebhooksHandler } from './webhooks.ts';

export type { Counterparty } from '#projections/accounts';
export * from './access.ts';
export type {
  AccessEnd,
  AccessIntervalView,
  NamedCustomer,
  NamedInstallation,
  PathStep,
} from './access-intervals.ts';
export type { Direction, Period } from './access-periods.ts';
export * from './account.ts';
export {
  type ActivityAction,
  type ActivityView,
  ListActivities,
  ListActivitiesHandler,
} from './activities.ts';
export * from './announced-events.ts';
export * from './audit.ts';
export * from './audit-access.ts';
export type { Authorisation } from './audit-decisions.ts';
export type { AuditEntry } from './audit-entries.ts';
export * from './audit-export.ts';
export * from './audit-story.ts';
export type { AuditedKind } from './audit-subjects.ts';
export * from './catalogue.ts';
export * from './connections.ts';
export * from './dashboard.ts';
export { type ErasureView, GetErasure, ListErasures } from './erasures.ts';
export { type EvidencePack, GetEvidence, GetEvidenceHandler } from './evidence.ts';
export * from './given-access.ts';
export * from './grants.ts';
export * from './imports.ts';
export * from './inbox.ts';
export * from './installations.ts';
export * from './package.ts';
export * from './plan.ts';
export * from './preview.ts';
export * from './revocation.ts';
export * from './seal.ts';
export * from './share-documents.ts';
export * from './shares.ts';
export * from './view-query.ts';
export {
  type DeliveryView,
  GetWebhook,
  ListDeliveries,
  ListWebhooks,
  type WebhookView,
} from './webhooks.ts';

/** Every query handler. */
export const queryHandlers = [
  GetOwnAccountHandler,
  ListAccountsHandler,
  GetConnectionHandler,
  ListConnectionsHandler,
  GetTokenExpiryHandler,
  GetCatalogueEntryHandler,
  ListCatalogueHandler,
  GetInstallationHandler,
  ListInstallationsHandler,
  ListActivitiesHandler,
  ListGrantsHandler,
  GetShareHandler,
  ListSharesHandler,
  ListShareDocumentsHandler,
  GetPackageHandler,
  ListLeftOutHandler,
  PreviewApprovalHandler,
  GetPlanHandler,
  PreviewRevocationHandler,
  GetRevocationHandler,
  ListInboxHandler,
  GetFailedRowsHandler,
  GetImportHandler,
  ListImportsHandler,
  GetDashboardHandler,
  CheckAccessHandler,
  ListAccessOfAccountHandler,
  ListAccessToInstallationHandler,
  ListGivenAccessHandler,
  ListAccountsGivenToHandler,
  ListCustomersGivenOfHandler,
  GetHistoryHandler,
  AuditAccessHandler,
  ExportHistoryHandler,
  GetStoryHandler,
  ListAnnouncedHandler,
  GetCheckpointHandler,
  GetSealKeysHandler,
  GetProofHandler,
  GetEvidenceHandler,
  GetWebhookHandler,
  ListWebhooksHandler,
  ListDeliveriesHandler,
  GetErasureHandler,
  ListErasuresHandler,
] as const;
