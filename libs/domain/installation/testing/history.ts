import type { CompanyDetails } from '#domain/account';
import type { Instant } from '#domain/kernel';
import { commandsOf } from '#domain/kernel/testing';
import type { InstallationCommand } from '../commands.ts';
import type {
  AccessType,
  Activity,
  Grant,
  InstallationAccessGranted,
  InstallationAccessWithdrawn,
  InstallationRegistered,
  Placement,
  WithdrawalCause,
} from '../events.ts';

/** The installation of these specs, and the account that registered it. */
export const CHILLER = 'chiller';
export const ROOT = 'frost';

export const APPROVED: Instant = '2026-03-01T08:00:00.000Z';
export const GRANTED: Instant = '2026-03-01T09:00:00.000Z';
export const NOW: Instant = '2026-03-02T10:00:00.000Z';

type DataOf<Type extends InstallationCommand['type']> = Extract<InstallationCommand, { type: Type }>['data'];

const asked = commandsOf<InstallationCommand>();

/** A command about the installation, by a member of `account`. */
export function ask<Type extends InstallationCommand['type']>(
  account: string,
  type: Type,
  data: Omit<DataOf<Type>, 'installationId'>,
  now: Instant = NOW,
): InstallationCommand {
  return asked(account, type, { installationId: CHILLER, ...data } as never, now);
}

/** An account's placement of the installation in its own tree. */
export function placed(account: string, more: Partial<Placement> = {}): Placement {
  return {
    customerId: `${account}-customer`,
    locationId: `${account}-location`,
    reference: `${account}-1`,
    ...more,
  };
}

export function company(name: string): CompanyDetails {
  return { name, vatNumber: 'BE0123', street: 'Kaai 1', postalCode: '9000', city: 'Gent', country: 'BE' };
}

export const registered: InstallationRegistered = {
  type: 'InstallationRegistered',
  data: {
    installationId: CHILLER,
    account: ROOT,
    token: 'T-1',
    properties: { brand: 'Daikin', refrigerant: 'R-410A', chargeKg: 10 },
    placement: placed(ROOT),
  },
};

export const workOrder: Activity = {
  kind: 'work-order',
  performedOn: '2026-03-02',
  summary: 'Yearly leak check',
};

/** A grant `giver → holder`; its id is made of both unless another is given. */
export function grantOf(
  giver: string,
  holder: string,
  accessType: AccessType,
  more: Partial<Grant> = {},
): Grant {
  const grantId = `${giver}-${holder}`;
  return {
    grantId,
    giver,
    holder,
    shareId: `share-${more.grantId ?? grantId}`,
    accessType,
    documentIdentity: 'performer',
    revocation: { kind: 'any-time' },
    approvedAt: APPROVED,
    grantedAt: GRANTED,
    ...more,
  };
}

export function granted(...given: Parameters<typeof grantOf>): InstallationAccessGranted {
  const grant = grantOf(...given);
  const data = { installationId: CHILLER, grant, placement: placed(grant.holder) };
  return { type: 'InstallationAccessGranted', data };
}

/** The command that leads to the event `granted` of the same grant. */
export function give(...given: Parameters<typeof grantOf>): InstallationCommand {
  const { grantedAt, parent, ...grant } = grantOf(...given);
  return ask('platform', 'GrantAccess', { ...grant, placement: placed(grant.holder) }, grantedAt);
}

export function revokedBy(account: string, grantId: string): WithdrawalCause {
  return { kind: 'revoked', account, shareId: `share-${grantId}`, grantId };
}

export function withdrawn(
  giver: string,
  holder: string,
  cause: WithdrawalCause,
  withdrawnAt: Instant = NOW,
): InstallationAccessWithdrawn {
  const grantId = `${giver}-${holder}`;
  const shareId = `share-${grantId}`;
  return {
    type: 'InstallationAccessWithdrawn',
    data: { installationId: CHILLER, grantId, shareId, giver, holder, cause, withdrawnAt },
  };
}
