import type { AccessType, DocumentIdentity, RevocationTerms } from '#domain/installation';
import type { Command, Instant } from '#domain/kernel';
import type {
  ConfirmedCustomer,
  ConfirmedInstallation,
  ConfirmedLocation,
  DaysBefore,
  ItemWithdrawalCause,
  LeftOut,
  PackageItem,
  ReferenceStyle,
  TransferLevel,
} from './events.ts';

export type RequestShare = Command<
  'RequestShare',
  {
    shareId: string;
    connectionId: string;
    name: string;
    explanation?: string;
    suggestedLevel: TransferLevel;
  }
>;
export type CancelShare = Command<'CancelShare', { shareId: string }>;
export type RejectShare = Command<'RejectShare', { shareId: string; reason?: string }>;
/** One atomic decision (R-S5). */
export type ApproveShare = Command<
  'ApproveShare',
  {
    shareId: string;
    level: TransferLevel;
    selection: readonly string[];
    accessType: AccessType;
    documentIdentity?: DocumentIdentity;
    until?: Instant;
  }
>;
/** Moves the end of an approved share to a later moment (R-E4). */
export type ExtendShare = Command<'ExtendShare', { shareId: string; until: Instant }>;
/** A step the requester confirms; the command's id is the step's (R-P1). */
export type ProcessShare = Command<
  'ProcessShare',
  {
    shareId: string;
    referenceStyle: ReferenceStyle;
    customers?: readonly ConfirmedCustomer[];
    locations?: readonly ConfirmedLocation[];
    installations: readonly ConfirmedInstallation[];
    decline?: readonly string[];
  }
>;
/** Declines everything that is still on offer (R-S9). */
export type FinishShare = Command<'FinishShare', { shareId: string }>;
/** In bulk, or only the installations named (R-V1). */
export type RevokeShare = Command<
  'RevokeShare',
  { shareId: string; installations?: readonly string[]; reason?: string }
>;

/** By the preparing process. */
export type StartPreparation = Command<'StartPreparation', { shareId: string }>;
/** `cursor` is where the next batch begins, absent after the last one. */
export type CollectPackageBatch = Command<
  'CollectPackageBatch',
  {
    shareId: string;
    batch: number;
    items: readonly PackageItem[];
    leftOut: readonly LeftOut[];
    cursor?: string;
    candidates: number;
  }
>;
export type CompletePackage = Command<'CompletePackage', { shareId: string }>;

/** By the importing process: the outcome of a batch of confirmed items. */
export type RecordPlacedItems = Command<
  'RecordPlacedItems',
  { shareId: string; stepId: string; installations: readonly string[]; placedAt: Instant }
>;
export type CompleteStep = Command<'CompleteStep', { shareId: string; stepId: string }>;
/** By the cascading and importing processes: access ended, or could not begin, for a cause outside this share. */
export type RecordWithdrawnItems = Command<
  'RecordWithdrawnItems',
  { shareId: string; installations: readonly string[]; cause: ItemWithdrawalCause }
>;
/** By the process that watches the end of a share: its parties are notified once that it is near (R-E3). */
export type AnnounceShareExpiry = Command<
  'AnnounceShareExpiry',
  { shareId: string; until: Instant; daysBefore: DaysBefore }
>;
/** By the same process, at the end (R-E1). */
export type ExpireShare = Command<'ExpireShare', { shareId: string }>;
/** By the process that follows a connection's end (R-C4). */
export type CancelForEndedConnection = Command<'CancelForEndedConnection', { shareId: string }>;

export type ShareCommand =
  | RequestShare
  | CancelShare
  | RejectShare
  | ApproveShare
  | ExtendShare
  | ProcessShare
  | FinishShare
  | RevokeShare
  | StartPreparation
  | CollectPackageBatch
  | CompletePackage
  | RecordPlacedItems
  | CompleteStep
  | RecordWithdrawnItems
  | AnnounceShareExpiry
  | ExpireShare
  | CancelForEndedConnection;

/** The actions of the parties on a share: each has one command. */
export type ShareAction = 'approve' | 'reject' | 'cancel' | 'process' | 'finish' | 'revoke' | 'extend';

/** The revocation window of this deployment: how long it is, and from when it runs (R-V2). */
export type RevocationWindow = Extract<RevocationTerms, { kind: 'window' }>;
