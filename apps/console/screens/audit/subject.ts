import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** The kinds of things that have a history, as the API's paths name them. */
export const AUDITED = ['shares', 'connections', 'installations', 'accounts'] as const;
export type Audited = (typeof AUDITED)[number];

export const AUDITED_NAMES: Readonly<Record<Audited, MessageDescriptor>> = {
  shares: msg`Share`,
  connections: msg`Connection`,
  installations: msg`Installation`,
  accounts: msg`Company`,
};

/** What is shown of a history; the first unless the address says otherwise. */
export const AUDIT_TABS = ['history', 'access', 'record'] as const;
export type AuditTab = (typeof AUDIT_TABS)[number];

/** Access is to installations, and of accounts. */
export function hasAccess(kind: Audited): kind is 'installations' | 'accounts' {
  return kind === 'installations' || kind === 'accounts';
}
