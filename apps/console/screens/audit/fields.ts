import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import {
  type AccessType,
  type Level,
  type ShareStatus,
  useAccessTypeName,
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
  milliseconds: msg`Milliseconds`,
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

/** What a field of a recorded state is called; one without a word of ours by its own name. */
export function useFieldName(): (name: string) => string {
  const { i18n } = useLingui();
  return (name) => {
    const known = FIELDS[name];
    return known ? i18n._(known) : inWords(name);
  };
}

/** What stands in a field, where it is a word of the domain or a plain value. */
export function useFieldValue(): (name: string, value: unknown) => string {
  const { i18n, t } = useLingui();
  const accessTypeName = useAccessTypeName();
  const kindName = useKindName();
  const levelName = useLevelName();
  const statusName = useShareStatusName();
  return (name, value) => {
    if (typeof value === 'boolean') return value ? t`Yes` : t`No`;
    if (typeof value === 'number') return new Intl.NumberFormat(i18n.locale).format(value);
    const text = String(value);
    switch (name) {
      case 'accessType':
        return accessTypeName(text as AccessType, 'giver');
      case 'level':
      case 'suggestedLevel':
        return levelName(text as Level);
      case 'status':
        return statusName(text as ShareStatus) || inWords(text);
      case 'kind':
        return text === 'service' || text === 'connect' ? kindName(text) : inWords(text);
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
