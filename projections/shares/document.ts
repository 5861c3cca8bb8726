import { serialNumberKey, streetKey, vatNumberKey } from '#domain/catalogue';
import type { LeftOutCode } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import {
  type ItemWithdrawalCause,
  type PackageItem,
  type PartyStatus,
  type ReferenceStyle,
  type ShareSide,
  type ShareSummary,
  workUnderWay,
} from '#domain/share';
import type { Sums } from '#subscriptions';
import type { CollectionDefinition, Document } from '#view-store';
import type { Reflecting } from '../reflecting.ts';
import { idWord, wordsOf } from '../search.ts';

export interface ShareDocument extends Reflecting {
  /** The share's id. */
  readonly id: string;
  /** The domain's summary: statuses, allowed actions, counts and progress follow from it and the clock. */
  readonly summary: ShareSummary;
  readonly lastChangedAt: Instant;
}

/** Indexed are shares that a process has work for, by the kind of work, the one unchanged for longest first. */
export const shares: CollectionDefinition<ShareDocument> = {
  name: 'shares',
  indexes: {
    'under-way': ({ id, summary, lastChangedAt }) => {
      const work = workUnderWay(summary);
      return work === undefined ? undefined : [work, lastChangedAt, id];
    },
  },
};

/** A share as one party lists it. */
export interface PartyShare extends Document {
  /** `<share>:<account>`. */
  readonly id: string;
  readonly shareId: string;
  readonly account: string;
  readonly role: ShareSide;
  /** As this party reads it (R-S1). */
  readonly status: PartyStatus;
  readonly connectionId: string;
  readonly counterparty: string;
  readonly name: string;
  readonly requestedAt: Instant;
  readonly lastChangedAt: Instant;
  /** For the provider: the last moment at which some of it may be revoked, `any-time` where there is no limit (R-V2). */
  readonly revocableUntil?: Instant | 'any-time';
  /** When its access ends by itself, where that lies ahead (R-E1). */
  readonly expiresAt?: Instant;
}

/** Every index is ordered by last change, except those of ends and windows. */
export const partyShares: CollectionDefinition<PartyShare> = {
  name: 'party-shares',
  indexes: {
    'by-account': ({ account, lastChangedAt, id }) => [account, lastChangedAt, id],
    'by-role': ({ account, role, lastChangedAt, id }) => [account, role, lastChangedAt, id],
    'by-status': ({ account, status, lastChangedAt, id }) => [account, status, lastChangedAt, id],
    'by-role-and-status': ({ account, role, status, lastChangedAt, id }) => [
      account,
      role,
      status,
      lastChangedAt,
      id,
    ],
    'by-connection': ({ account, connectionId, lastChangedAt, id }) => [
      account,
      connectionId,
      lastChangedAt,
      id,
    ],
    'by-counterparty': ({ account, counterparty, lastChangedAt, id }) => [
      account,
      counterparty,
      lastChangedAt,
      id,
    ],
    /** What ends by itself, the first to end first. */
    'by-end': ({ account, expiresAt, shareId }) =>
      expiresAt === undefined ? undefined : [account, expiresAt, shareId],
    /** Revocable at a moment: from that moment on. Not revocable: up to it; `null` never was, or no longer is. */
    'by-revocable-until': ({ account, revocableUntil = null, lastChangedAt, id }) => [
      account,
      revocableUntil,
      lastChangedAt,
      id,
    ],
  },
  text: ({ account, counterparty, name }) => ({
    scope: account,
    words: [...wordsOf(name), idWord(counterparty)],
  }),
};

/** A party's row of a share. */
export function partyShareId(shareId: string, account: string): string {
  return `${shareId}:${account}`;
}

/** How many shares an account has, by `<role>.<status>` as it reads them. */
export interface ShareCounts extends Sums {
  /** The account's id. */
  readonly id: string;
}

export const shareCounts: CollectionDefinition<ShareCounts> = { name: 'share-counts', indexes: {} };

/** The key in `ShareCounts` for one side and one status. */
export function shareCountName({ role, status }: Pick<PartyShare, 'role' | 'status'>): string {
  return `${role}.${status}`;
}

/** How many shares a party has along a connection, by its side of them. */
export interface ConnectionShareCounts extends Sums {
  /** `<connection>:<account>`. */
  readonly id: string;
}

export const connectionShareCounts: CollectionDefinition<ConnectionShareCounts> = {
  name: 'connection-share-counts',
  indexes: {},
};

/** Of one party's shares along a connection. */
export function connectionSharesId(connectionId: string, account: string): string {
  return `${connectionId}:${account}`;
}

/** A window in which a provider may still revoke some of what it gave (R-V2). */
export interface RevocationWindowRow extends Document {
  /** `<share>:<closesAt>`. */
  readonly id: string;
  readonly shareId: string;
  /** The provider. */
  readonly account: string;
  readonly counterparty: string;
  readonly name: string;
  /** Its last moment. */
  readonly closesAt: Instant;
  /** How many live installations it is for. */
  readonly installations: number;
}

export const revocationWindows: CollectionDefinition<RevocationWindowRow> = {
  name: 'revocation-windows',
  indexes: { 'by-account': ({ account, closesAt, shareId }) => [account, closesAt, shareId] },
};

/** The status of one installation of a package; `confirmed` reads as offered until it is placed. */
export type PackageItemState =
  | { readonly kind: 'offered' }
  | { readonly kind: 'confirmed'; readonly stepId: string }
  | { readonly kind: 'placed'; readonly stepId: string; readonly placedAt: Instant }
  | { readonly kind: 'declined' }
  | {
      readonly kind: 'withdrawn';
      readonly cause: ItemWithdrawalCause;
      readonly withdrawnAt: Instant;
      /** Where it had been placed before. */
      readonly placedAt?: Instant;
    };

export interface PackageItemDocument extends Reflecting {
  /** `<share>:<installation>`. */
  readonly id: string;
  readonly shareId: string;
  readonly item: PackageItem;
  readonly state: PackageItemState;
}

/**
 * In the order of the tree: the items of a location, and those of a customer, are together. With the other indexes a
 * plan finds what in the package looks alike but is certainly different: customers with different VAT numbers, machines
 * of different brands.
 */
export const packageItems: CollectionDefinition<PackageItemDocument> = {
  name: 'package-items',
  indexes: {
    'by-share': (document) => [document.shareId, ...treeOrder(document)],
    'by-state': (document) => [document.shareId, shownState(document.state), ...treeOrder(document)],
    'by-customer-street': ({ shareId, item: { customer } }) =>
      customer === undefined || vatNumberKey(customer.vatNumber) === undefined
        ? undefined
        : [shareId, streetKey(customer.address.street), customer.id],
    'by-serial-key': ({ shareId, item: { properties } }) => {
      const serialNumber = serialNumberKey(properties.serialNumber);
      return serialNumber === undefined || properties.brand === undefined
        ? undefined
        : [shareId, serialNumber];
    },
  },
};

/** An item of a share. */
export function packageItemId(shareId: string, installationId: string): string {
  return `${shareId}:${installationId}`;
}

/** The state as the parties read it. */
export function shownState(state: PackageItemState): Exclude<PackageItemState['kind'], 'confirmed'> {
  return state.kind === 'confirmed' ? 'offered' : state.kind;
}

function treeOrder({ item }: PackageItemDocument): [string, string, string] {
  return [item.customer?.id ?? '', item.location?.id ?? '', item.installationId];
}

/** An installation of the selection that is not in the package, and why (R-A2, R-A3). */
export interface LeftOutDocument extends Reflecting {
  /** `<share>:<installation>`. */
  readonly id: string;
  readonly shareId: string;
  readonly installationId: string;
  readonly code: LeftOutCode;
}

export const packageLeftOut: CollectionDefinition<LeftOutDocument> = {
  name: 'package-left-out',
  indexes: { 'by-share': ({ shareId, code, installationId }) => [shareId, code, installationId] },
};

/** One confirmed step of processing, and the progress of its import (R-P1). */
export interface ShareStepDocument extends Reflecting {
  /** `<share>:<step>`. */
  readonly id: string;
  readonly shareId: string;
  readonly stepId: string;
  readonly status: 'importing' | 'imported';
  readonly referenceStyle: ReferenceStyle;
  readonly installations: number;
  readonly placed: number;
  readonly confirmedAt: Instant;
  readonly importedAt?: Instant;
}

export const shareSteps: CollectionDefinition<ShareStepDocument> = {
  name: 'share-steps',
  indexes: { 'by-share': ({ shareId, confirmedAt, stepId }) => [shareId, confirmedAt, stepId] },
};

export function shareStepId(shareId: string, stepId: string): string {
  return `${shareId}:${stepId}`;
}
