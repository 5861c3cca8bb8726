import type { AccountKind } from '#domain/account';
import type { AccessType } from './events.ts';

/** Every access type, strongest first. */
export const accessTypes: readonly AccessType[] = [
  'operator',
  'installation-manager',
  'subcontractor',
  'on-loan',
];

interface AccessTypeRules {
  /** The kind of account that may hold it. */
  readonly receiver: AccountKind;
  /** What its holder may give on. */
  readonly gives: readonly AccessType[];
  /** Of two grants the stronger one decides what their holder may do (R-A5). */
  readonly strength: number;
}

const RULES: Readonly<Record<AccessType, AccessTypeRules>> = {
  operator: { receiver: 'connect', gives: accessTypes, strength: 3 },
  'installation-manager': { receiver: 'service', gives: accessTypes, strength: 3 },
  subcontractor: { receiver: 'service', gives: ['subcontractor', 'on-loan'], strength: 2 },
  'on-loan': { receiver: 'service', gives: [], strength: 1 },
};

/** Whether an account of `kind` may hold access of this type (R-A1). */
export function receivableBy(accessType: AccessType, kind: AccountKind): boolean {
  return RULES[accessType].receiver === kind;
}

/** The types a holder of `accessType` may give on, to accounts that may receive them (R-A2). */
export function givableUnder(accessType: AccessType): readonly AccessType[] {
  return RULES[accessType].gives;
}

/** How much a type allows, only to be compared: equal strengths allow the same (R-A5). */
export function strengthOf(accessType: AccessType): number {
  return RULES[accessType].strength;
}
