import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { components } from '#client';

type Schemas = components['schemas'];
export type ShareStatus = Schemas['PartyStatus'];
export type ShareSide = Schemas['ShareSide'];
export type Level = Schemas['TransferLevel'];
export type AccessType = Schemas['AccessType'];
type Words<Key extends string> = Readonly<Record<Key, MessageDescriptor>>;

export const LEVELS = ['customer', 'location', 'installation'] as const satisfies readonly Level[];

/** As in the life of a share. */
export const SHARE_STATUSES_IN_ORDER = [
  'to-evaluate',
  'requested',
  'approved',
  'preparing',
  'available',
  'processed',
  'rejected',
  'cancelled',
  'revoked',
  'expired',
] as const satisfies readonly ShareStatus[];

const ROLES: Words<Schemas['Role']> = {
  technician: msg`Technician`,
  manager: msg`Manager`,
  administrator: msg`Administrator`,
  auditor: msg`Auditor`,
  operator: msg`Platform operator`,
  service: msg`Service`,
  system: msg`Tessera`,
};

const KINDS: Words<Schemas['AccountKind']> = {
  service: msg`Maintains installations`,
  connect: msg`Owns or operates installations`,
};

export const KINDS_IN_ORDER = ['service', 'connect'] as const satisfies readonly Schemas['AccountKind'][];

const LEVEL_NAMES: Words<Level> = {
  customer: msg`Whole customers`,
  location: msg`Locations`,
  installation: msg`Single installations`,
};

const SHARE_STATUSES: Words<ShareStatus> = {
  requested: msg`Requested`,
  'to-evaluate': msg`To evaluate`,
  rejected: msg`Rejected`,
  cancelled: msg`Cancelled`,
  approved: msg`Approved`,
  preparing: msg`Preparing`,
  available: msg`To process`,
  processed: msg`Processed`,
  revoked: msg`Revoked`,
  expired: msg`Ended as agreed`,
};

/** What the giver calls it; `on-loan` reads otherwise to the holder. */
const ACCESS_TYPES: Words<AccessType> = {
  operator: msg`Operator`,
  'installation-manager': msg`Installation manager`,
  subcontractor: msg`Subcontractor`,
  'on-loan': msg`On loan`,
};

export const INSTALLATION_TYPES = [
  'air-conditioning',
  'refrigeration',
  'heat-pump',
  'other',
] as const satisfies readonly Schemas['InstallationType'][];

const INSTALLATION_TYPE_NAMES: Words<Schemas['InstallationType']> = {
  'air-conditioning': msg`Air conditioning`,
  refrigeration: msg`Refrigeration`,
  'heat-pump': msg`Heat pump`,
  other: msg`Other`,
};

const ACTIVITY_KINDS: Words<Schemas['ActivityKind']> = {
  'work-order': msg`Work order`,
  measurement: msg`Measurement`,
  operation: msg`Operation`,
  note: msg`Note`,
  attachment: msg`Attachment`,
};

/** From what may do most to what may do least. */
export const ACCESS_TYPES_IN_ORDER = [
  'operator',
  'installation-manager',
  'subcontractor',
  'on-loan',
] as const satisfies readonly AccessType[];

/** How the account may have access: what it registered, what it was given, and what it had once. */
export const ACCESS_FILTERS = ['root', ...ACCESS_TYPES_IN_ORDER, 'former'] as const;
export type AccessFilter = (typeof ACCESS_FILTERS)[number];

const BORROWED = msg`Borrowed`;
const ROOT = msg`Your own`;

export function useRoleName(): (role: Schemas['Role']) => string {
  const { i18n } = useLingui();
  return (role) => i18n._(ROLES[role]);
}

export function useKindName(): (kind: Schemas['AccountKind']) => string {
  const { i18n } = useLingui();
  return (kind) => i18n._(KINDS[kind]);
}

export function useLevelName(): (level: Level) => string {
  const { i18n } = useLingui();
  return (level) => i18n._(LEVEL_NAMES[level]);
}

/** The status, to a reader on that side: what its requester calls to process, its provider calls available. */
export function useShareStatusName(): (status: ShareStatus, side?: ShareSide) => string {
  const { i18n, t } = useLingui();
  return (status, side) =>
    status === 'available' && side === 'provider' ? t`Available` : i18n._(SHARE_STATUSES[status]);
}

export function useAccessTypeName(): (type: AccessType | 'root', reader: 'giver' | 'holder') => string {
  const { i18n } = useLingui();
  return (type, reader) => {
    if (type === 'root') return i18n._(ROOT);
    return i18n._(type === 'on-loan' && reader === 'holder' ? BORROWED : ACCESS_TYPES[type]);
  };
}

export function useInstallationTypeName(): (type: Schemas['InstallationType']) => string {
  const { i18n } = useLingui();
  return (type) => i18n._(INSTALLATION_TYPE_NAMES[type]);
}

export function useAccessFilterName(): (access: AccessFilter) => string {
  const { t } = useLingui();
  const accessTypeName = useAccessTypeName();
  return (access) => (access === 'former' ? t`Ended` : accessTypeName(access, 'holder'));
}

export function useActivityKindName(): (kind: Schemas['ActivityKind']) => string {
  const { i18n } = useLingui();
  return (kind) => i18n._(ACTIVITY_KINDS[kind]);
}
