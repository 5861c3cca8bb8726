import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { AuditedKind } from '../../api/queries.ts';
import { duration } from '../../parts/relative.ts';
import { oneOf } from '../../parts/search-params.ts';
import {
  ACCESS_TYPES_IN_ORDER,
  INSTALLATION_TYPES,
  LEVELS,
  SHARE_STATUSES_IN_ORDER,
  useAccessTypeName,
  useInstallationTypeName,
  useKindName,
  useLevelName,
  useShareStatusName,
} from '../../parts/words.ts';

const FIELDS: Readonly<Record<string, MessageDescriptor>> = {
  accessType: msg`Access type`,
  accountId: msg`Company`,
  approvedAt: msg`Approved on`,
  availableAt: msg`Available since`,
  brand: msg`Brand`,
  candidates: msg`Found`,
  capacityKw: msg`Capacity (kW)`,
  certificateNumber: msg`Certificate number`,
  chargeKg: msg`Charge (kg)`,
  city: msg`City`,
  collected: msg`Collected`,
  commissionedOn: msg`Commissioned on`,
  company: msg`Company details`,
  confirmed: msg`Confirmed`,
  connectionId: msg`Connection`,
  count: msg`Installations`,
  counts: msg`Installations`,
  country: msg`Country`,
  declined: msg`Declined`,
  documentIdentity: msg`Documents carry`,
  done: msg`Done`,
  evaluatedAt: msg`Evaluated on`,
  explanation: msg`Explanation`,
  from: msg`Counted from`,
  grants: msg`Access given`,
  hermeticallySealed: msg`Hermetically sealed`,
  installationId: msg`Installation`,
  installations: msg`Installations`,
  kind: msg`Kind`,
  label: msg`Label`,
  leakDetection: msg`Leak detection`,
  leftOut: msg`Left out`,
  level: msg`Level`,
  logbook: msg`Entries in the logbook`,
  milliseconds: msg`For`,
  model: msg`Model`,
  name: msg`Name`,
  notes: msg`Notes`,
  offered: msg`Offered`,
  partlyRevoked: msg`Partly revoked`,
  placed: msg`Placed`,
  placements: msg`Placements`,
  placing: msg`Being placed`,
  postalCode: msg`Postal code`,
  preparation: msg`Preparation`,
  processedAt: msg`Processed on`,
  properties: msg`Properties`,
  provider: msg`Provider`,
  reason: msg`Reason`,
  refrigerant: msg`Refrigerant`,
  requestedAt: msg`Requested on`,
  requester: msg`Requester`,
  revocation: msg`Revocation`,
  revokedAt: msg`Revoked on`,
  root: msg`Registered by`,
  serialNumber: msg`Serial number`,
  shareId: msg`Share`,
  since: msg`Since`,
  status: msg`Status`,
  steps: msg`Steps`,
  street: msg`Street`,
  suggestedLevel: msg`Suggested level`,
  terms: msg`Terms`,
  token: msg`Token`,
  total: msg`In all`,
  type: msg`Type`,
  until: msg`Until`,
  vatNumber: msg`VAT number`,
  withdrawn: msg`Withdrawn`,
};

/** What a recorded state says in words that nothing else of the console shows. */
const VALUES: Readonly<Record<string, MessageDescriptor>> = {
  active: msg`Active`,
  'any-time': msg`At any time`,
  cancelled: msg`Cancelled`,
  ended: msg`Ended`,
  expired: msg`Token expired`,
  giver: msg`The details of the giver`,
  granted: msg`The approval`,
  pending: msg`Waiting for the other company`,
  performer: msg`The details of the company that did the work`,
  placed: msg`The taking over`,
  registered: msg`Registered`,
  window: msg`For a time`,
};

/** What a field of a recorded state is called; one without a word of ours by its own name. */
export function useFieldName(): (name: string) => string {
  const { i18n } = useLingui();
  return (name) => {
    const known = FIELDS[name];
    return known ? i18n._(known) : inWords(name);
  };
}

/** What a field of something of that kind shows, where it is a word of the domain or a plain value. */
export function useFieldValue(kind: AuditedKind): (name: string, value: unknown) => string {
  const { i18n, t } = useLingui();
  const accessTypeName = useAccessTypeName();
  const kindName = useKindName();
  const levelName = useLevelName();
  const statusName = useShareStatusName();
  const typeName = useInstallationTypeName();
  const inOurWords = (text: string) => {
    const known = VALUES[text];
    return known ? i18n._(known) : inWords(text);
  };
  return (name, value) => {
    if (typeof value === 'boolean') return value ? t`Yes` : t`No`;
    if (typeof value === 'number') {
      return name === 'milliseconds' ? duration(value, i18n.locale) : i18n.number(value);
    }
    const text = String(value);
    const isOneOf = <Word extends string>(words: readonly Word[]) => oneOf(text, words);
    switch (name) {
      case 'accessType': {
        const type = isOneOf(ACCESS_TYPES_IN_ORDER);
        return type ? accessTypeName(type, 'giver') : text;
      }
      case 'level':
      case 'suggestedLevel': {
        const level = isOneOf(LEVELS);
        return level ? levelName(level) : text;
      }
      case 'type': {
        const type = isOneOf(INSTALLATION_TYPES);
        return type ? typeName(type) : text;
      }
      case 'status': {
        const status = kind === 'shares' ? isOneOf(SHARE_STATUSES_IN_ORDER) : undefined;
        return status ? statusName(status) : inOurWords(text);
      }
      case 'kind': {
        const company = isOneOf(['service', 'connect']);
        return company ? kindName(company) : inOurWords(text);
      }
      case 'documentIdentity':
      case 'from':
        return inOurWords(text);
      default:
        return text;
    }
  };
}

/** `partlyRevoked` and `partly-revoked` as they are read. */
function inWords(name: string): string {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
