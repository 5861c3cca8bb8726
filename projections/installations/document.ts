import { serialNumberKey } from '#domain/catalogue';
import {
  type AccessType,
  type InstallationProperties,
  type Placement,
  type RegisteredInstallation,
  referenceKey,
} from '#domain/installation';
import type { Instant } from '#domain/kernel';
import type { Sums } from '#subscriptions';
import type { CollectionDefinition, Document } from '#view-store';
import type { Reflecting } from '../reflecting.ts';
import { codeWords, idWord, wordsOf } from '../search.ts';

/** The installation as it was when an account's last grant on it ended (R-V5). */
export interface FrozenInstallation {
  readonly properties: InstallationProperties;
  /** The revision of the withdrawal: this account reads nothing recorded after it. */
  readonly revision: number;
}

export interface InstallationDocument extends Reflecting {
  /** The installation's id. */
  readonly id: string;
  /** The domain's state, except for its logbook, which is left empty here and has a view of its own. */
  readonly installation: RegisteredInstallation;
  readonly registeredAt: Instant;
  /** By former holder. */
  readonly frozen: Readonly<Record<string, FrozenInstallation>>;
}

export const installations: CollectionDefinition<InstallationDocument> = {
  name: 'installations',
  indexes: { 'by-token': ({ installation }) => [installation.token] },
};

/** One account's relation to an installation, and since when. */
export type HeldAccess =
  | { readonly kind: 'root'; readonly since: Instant }
  | (HeldGrant & {
      readonly kind: 'live';
      /** The last moment at which the giver may revoke it (R-V2). */
      readonly revocableUntil: Instant | 'any-time';
      /** When it ends by itself, with what it was given on from (R-E1). */
      readonly expiresAt?: Instant;
    })
  /** It reads the installation as it was at `endedAt`, when its revision was `readableRevision` (R-V5). */
  | (HeldGrant & { readonly kind: 'former'; readonly endedAt: Instant; readonly readableRevision: number });

interface HeldGrant {
  readonly type: AccessType;
  /** The account that gave it. */
  readonly via: string;
  readonly shareId: string;
  readonly grantId: string;
  readonly since: Instant;
}

/** The fields of an installation in lists. */
export type ListedProperties = Omit<InstallationProperties, 'notes' | 'components'>;

/** An installation in one account's catalogue. For a former holder, nothing is later than the end of its access (R-V5). */
export interface AccountInstallation extends Document {
  /** `<installation>:<account>`. */
  readonly id: string;
  readonly installationId: string;
  readonly account: string;
  readonly token: string;
  readonly placement: Placement;
  readonly archived: boolean;
  readonly access: HeldAccess;
  readonly properties: ListedProperties;
}

/** The filters of a list: how the account has access, or that it had. */
export type AccessFilter = 'root' | AccessType | 'former';

/** Orders have archived installations last; those by installation id are stable when references change. */
export const accountInstallations: CollectionDefinition<AccountInstallation> = {
  name: 'account-installations',
  indexes: {
    'by-account': ({ account, archived, placement, id }) => [account, archived, placement.reference, id],
    'by-access': (row) => [
      row.account,
      accessFilter(row.access),
      row.archived,
      row.placement.reference,
      row.id,
    ],
    'by-customer': ({ account, archived, placement, id }) => [
      account,
      placement.customerId,
      archived,
      placement.reference,
      id,
    ],
    'by-location': ({ account, archived, placement, id }) => [
      account,
      placement.locationId,
      archived,
      placement.reference,
      id,
    ],
    'by-building': ({ account, archived, placement, id }) =>
      placement.buildingId === undefined
        ? undefined
        : [account, placement.buildingId, archived, placement.reference, id],
    'by-reference-key': ({ account, placement, installationId }) => [
      account,
      placement.customerId,
      referenceKey(placement.reference),
      installationId,
    ],
    'by-serial-key': ({ account, properties, installationId }) => {
      const serialNumber = serialNumberKey(properties.serialNumber);
      return serialNumber === undefined ? undefined : [account, serialNumber, installationId];
    },
    'by-token': ({ account, token }) => [account, token],
    'customer-order': ({ account, placement, installationId }) => [
      account,
      placement.customerId,
      installationId,
    ],
    'location-order': ({ account, placement, installationId }) => [
      account,
      placement.locationId,
      installationId,
    ],
  },
  text: ({ account, token, placement, properties }) => ({
    scope: account,
    words: [
      ...codeWords(token, placement.reference, placement.customerReference, properties.serialNumber),
      ...wordsOf(properties.brand, properties.model),
      idWord(placement.locationId),
      ...(placement.buildingId === undefined ? [] : [idWord(placement.buildingId)]),
    ],
  }),
};

/** How many installations an account keeps, by how it has access to them, including archived ones. */
export interface InstallationCounts extends Sums {
  /** The account's id. */
  readonly id: string;
}

export const installationCounts: CollectionDefinition<InstallationCounts> = {
  name: 'installation-counts',
  indexes: {},
};

/** That access from a share was given on, so that what ends with it can be found. */
export interface GivenOn extends Document {
  /** `<share>:<installation>`. */
  readonly id: string;
  readonly shareId: string;
  readonly installationId: string;
}

export const givenOn: CollectionDefinition<GivenOn> = {
  name: 'given-on',
  indexes: { 'by-share': ({ shareId, installationId }) => [shareId, installationId] },
};

/** An account's row of an installation. */
export function accountInstallationId(installationId: string, account: string): string {
  return `${installationId}:${account}`;
}

/** The installation that an account's row with this id is about. */
export function installationOf(id: string): string {
  return id.slice(0, id.indexOf(':'));
}

/** The value of the `access` filter of a list for this relation. */
export function accessFilter(access: HeldAccess): AccessFilter {
  return access.kind === 'live' ? access.type : access.kind;
}

/** The properties as the account may read them: the current ones, or for a former holder as they were (R-V5). */
export function propertiesFor(document: InstallationDocument, account: string): InstallationProperties {
  return (document.frozen[account] ?? document.installation).properties;
}

/** The last revision the account may read: the current one, or a former holder's last (R-V5). */
export function readableRevision(document: InstallationDocument, account: string): number {
  return (document.frozen[account] ?? document).revision;
}
