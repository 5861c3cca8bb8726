import type { Instant } from '#domain/kernel';
import type { CollectionDefinition, Document } from '#view-store';

/** The name of the follower that seals the log, and of its lease. */
export const SEAL = 'seal';

/** How far the log is sealed: one document. */
export interface SealedLog extends Document {
  /** How many events. */
  readonly size: number;
}

export const SEALED_LOG_ID = 'log';

export const sealedLogs: CollectionDefinition<SealedLog> = { name: 'sealed-logs', indexes: {} };

/** The place of an event in the tree. */
export interface SealedPlace extends Document {
  /** The event's id. */
  readonly id: string;
  readonly index: number;
  readonly stream: string;
  readonly revision: number;
}

export const sealedPlaces: CollectionDefinition<SealedPlace> = {
  name: 'sealed-places',
  indexes: { 'by-index': ({ index }) => [index] },
};

/** A part of the tree: up to `TILE_WIDTH` adjacent hashes of one level. */
export interface SealTile extends Document {
  /** As `tileId` writes it. */
  readonly id: string;
  /** Of 32 bytes each, from left to right, in base64. */
  readonly hashes: string;
}

export const sealTiles: CollectionDefinition<SealTile> = { name: 'seal-tiles', indexes: {} };

/** Emptied when the tree is rebuilt; signed checkpoints and keys remain. */
export const rebuiltCollections: readonly CollectionDefinition<Document>[] = [
  sealedLogs,
  sealedPlaces,
  sealTiles,
];

/** A checkpoint as it was signed and published. */
export interface SignedCheckpoint extends Document {
  /** `<origin> <size>`. */
  readonly id: string;
  readonly origin: string;
  readonly size: number;
  readonly note: string;
  readonly signedAt: Instant;
}

export const signedCheckpoints: CollectionDefinition<SignedCheckpoint> = {
  name: 'signed-checkpoints',
  indexes: { 'by-size': ({ origin, size }) => [origin, size] },
};

/** A public key that checkpoints are, or were, signed with. */
export interface SealKey extends Document {
  /** The key in the form that verifiers use. */
  readonly id: string;
  readonly since: Instant;
  /** When it was retired. */
  readonly until?: Instant;
}

export const sealKeys: CollectionDefinition<SealKey> = {
  name: 'seal-keys',
  indexes: { 'by-time': ({ since }) => [since] },
};
