// Installations: their properties, each account's placement, and who has or had access to them and how.
import type { Recorded } from '#contracts';
import {
  accessOf,
  endOf,
  findGrant,
  type InstallationEvent,
  installation,
  liveGrants,
  pathTo,
  type RegisteredInstallation,
  revocableUntil,
} from '#domain/installation';
import type { Addend } from '#subscriptions';
import { defineProjection, onEach } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import {
  type AccountInstallation,
  accessFilter,
  accountInstallationId,
  accountInstallations,
  type FrozenInstallation,
  type GivenOn,
  givenOn,
  type HeldAccess,
  type InstallationCounts,
  type InstallationDocument,
  installationCounts,
  installations,
  propertiesFor,
} from './document.ts';

export const installationsProjection = defineProjection({
  name: 'installations',
  version: 10,
  collections: [installations, accountInstallations, installationCounts, givenOn],
  on: {
    InstallationRegistered: (event) => [
      upsert(installations, event.data.installationId, event, () => ({
        id: event.data.installationId,
        installation: installation.evolve(installation.initial, event) as RegisteredInstallation,
        registeredAt: event.metadata.at,
        frozen: {},
      })),
    ],
    ...onEach(
      [
        'InstallationPropertiesChanged',
        'InstallationMoved',
        'InstallationArchived',
        'InstallationRestored',
        'InstallationAccessGranted',
        'InstallationAccessExtended',
        'InstallationAccessWithdrawn',
        'InstallationAccessBlocked',
      ],
      (event) => [
        update(installations, event.data.installationId, event, (document) => evolved(document, event)),
      ],
    ),
    // Activities have a view of their own, but they also advance the installation's revision.
    ...onEach(['ActivityAdded', 'ActivityChanged', 'ActivityRemoved'], (event) => [
      update(installations, event.data.installationId, event, (document) => document),
    ]),
  },
  derive: [
    { from: installations, to: accountInstallations, rows: accountRows },
    { from: installations, to: givenOn, rows: givenOnRows },
  ],
  tally: [{ from: accountInstallations, to: installationCounts, addends: countsOf }],
});

function evolved(document: InstallationDocument, event: Recorded<InstallationEvent>): InstallationDocument {
  const state = installation.evolve(document.installation, event) as RegisteredInstallation;
  return { ...document, installation: state, frozen: frozenAfter(document.frozen, state, event) };
}

/** When access is given again, the current installation is shown again. */
function frozenAfter(
  frozen: InstallationDocument['frozen'],
  { tree, properties }: RegisteredInstallation,
  event: Recorded<InstallationEvent>,
): Readonly<Record<string, FrozenInstallation>> {
  switch (event.type) {
    case 'InstallationAccessGranted': {
      const { [event.data.grant.holder]: _, ...others } = frozen;
      return others;
    }
    case 'InstallationAccessWithdrawn': {
      const { holder } = event.data;
      if (liveGrants(tree, holder).length > 0) return frozen;
      return { ...frozen, [holder]: { properties, revision: event.revision } };
    }
    default:
      return frozen;
  }
}

function accountRows(document: InstallationDocument): AccountInstallation[] {
  return Object.keys(document.installation.placements).flatMap(
    (account) => accountInstallation(document, account) ?? [],
  );
}

function countsOf({ account, access }: AccountInstallation): Addend<InstallationCounts>[] {
  return [{ of: { id: account }, amounts: { [accessFilter(access)]: 1 } }];
}

/** Every share from whose grant another share's grant was given on, whether these are live or have ended. */
function givenOnRows({ id: installationId, installation: { tree } }: InstallationDocument): GivenOn[] {
  const above = tree.grants.flatMap((grant) =>
    pathTo(tree, grant)
      .map(({ shareId }) => shareId)
      .filter((shareId) => shareId !== grant.shareId),
  );
  return [...new Set(above)].map((shareId) => ({
    id: `${shareId}:${installationId}`,
    shareId,
    installationId,
  }));
}

/** The installation in one account's catalogue; `undefined` for a stranger. */
export function accountInstallation(
  document: InstallationDocument,
  account: string,
): AccountInstallation | undefined {
  const { placements, token } = document.installation;
  const kept = placements[account];
  const access = heldAccess(document, account);
  if (kept === undefined || access === undefined) return undefined;
  const { placement, archived } = kept;
  const { notes: _, components: __, ...properties } = propertiesFor(document, account);
  return {
    id: accountInstallationId(document.id, account),
    installationId: document.id,
    account,
    token,
    placement,
    archived,
    access,
    properties,
  };
}

/** The account's relation to the installation; `undefined` for a stranger. */
export function heldAccess(
  { installation: { tree }, registeredAt, frozen, revision }: InstallationDocument,
  account: string,
): HeldAccess | undefined {
  const access = accessOf(tree, account);
  if (access.kind === 'none') return undefined;
  if (access.kind === 'root') return { kind: 'root', since: registeredAt };

  const grant = access.kind === 'live' ? access.grant : findGrant(tree, access.grantId);
  if (grant === undefined) return undefined;
  const { accessType: type, giver: via, shareId, grantId, grantedAt: since } = grant;
  const held = { type, via, shareId, grantId, since };
  if (access.kind === 'live') {
    const expiresAt = endOf(tree, grant);
    return {
      kind: 'live',
      ...held,
      revocableUntil: revocableUntil(grant, since),
      ...(expiresAt !== undefined && { expiresAt }),
    };
  }
  const readableRevision = frozen[account]?.revision ?? revision;
  return { kind: 'former', ...held, endedAt: access.endedAt, readableRevision };
}
