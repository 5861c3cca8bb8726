import type { Command } from '#domain/kernel';

/** The one-time token itself never comes here, only its hash (R-C1). */
export type CreateConnection = Command<
  'CreateConnection',
  { connectionId: string; label: string; description?: string; tokenHash: string }
>;

export type ReissueConnectionToken = Command<
  'ReissueConnectionToken',
  { connectionId: string; tokenHash: string }
>;

export type AuthenticateConnection = Command<
  'AuthenticateConnection',
  { connectionId: string; tokenHash: string; label: string }
>;

/** Makes a connection active whose token was used, or cancels it: as its pair was claimed for it or not (R-C2). */
export type SettleConnection = Command<'SettleConnection', { connectionId: string }>;

export type RenameConnection = Command<'RenameConnection', { connectionId: string; label: string }>;

export type CancelConnection = Command<'CancelConnection', { connectionId: string }>;

export type EndConnection = Command<'EndConnection', { connectionId: string; revokeShares?: boolean }>;

export type ConnectionCommand =
  | CreateConnection
  | ReissueConnectionToken
  | AuthenticateConnection
  | SettleConnection
  | RenameConnection
  | CancelConnection
  | EndConnection;

/** Reserves the pair of accounts for a connection whose token was used, on the pair's own stream (R-C2). */
export type ClaimConnectionPair = Command<
  'ClaimConnectionPair',
  { creator: string; connectionId: string; tokenHash: string; label: string }
>;

export type ConnectionPairCommand = ClaimConnectionPair;
