import type { CompanyDetails } from '#domain/account';
import type { Actor, Instant, RefusalContext, Role } from '#domain/kernel';
import {
  applyChanges,
  conflict,
  type Decider,
  effectiveChanges,
  notFound,
  sameData,
  unreachable,
} from '#domain/kernel';
import {
  type AccessAction,
  accessActionRoles,
  accessOf,
  allowedActionsOf,
  documentIssuer,
  explainAccess,
  parentFor,
  refusalToGive,
} from './access.ts';
import type {
  AddActivity,
  ArchiveInstallation,
  ChangeActivity,
  ChangeInstallation,
  ExtendAccess,
  GrantAccess,
  InstallationCommand,
  RegisterInstallation,
  RemoveActivity,
  RestoreInstallation,
  ReturnAccess,
  WithdrawAccess,
} from './commands.ts';
import type {
  Grant,
  InstallationEvent,
  InstallationProperties,
  Placement,
  WithdrawalCause,
  WorkOrderDocument,
} from './events.ts';
import { endings, hasCome, treeByClock, withEnds } from './expiry.ts';
import { evolve, initial } from './fold.ts';
import { findGrant, isLive, type RecordedGrant, withdrawnWith } from './grants.ts';
import { withoutPlaceholders } from './properties.ts';
import {
  findEntry,
  type InstallationState,
  type LogbookEntry,
  placementOf,
  type RegisteredInstallation,
} from './state.ts';

/** A place in the account's own tree; without a building, the location's implicit one. */
export type Spot = Pick<Placement, 'customerId' | 'locationId' | 'buildingId'>;

/** The facts of other streams for a decision about an installation. */
export type InstallationFacts =
  | {
      /** Where `RegisterInstallation` puts it, or `ChangeInstallation` moves it; the account's own. */
      readonly placement?: Spot;
      /** With `AddActivity`: the account `documentIssuer` names, and its details now. */
      readonly issuer?: { readonly account: string; readonly company: CompanyDetails };
      /** The ends of shares whose access has expired here: they may have been extended (R-E4). */
      readonly ends?: ReadonlyMap<string, Instant>;
    }
  | undefined;

/** The roles that may send each command; which account may is decided here. */
export const installationRoles: Readonly<Record<InstallationCommand['type'], readonly Role[]>> = {
  RegisterInstallation: ['manager', 'administrator'],
  ChangeInstallation: accessActionRoles['change-properties'],
  ArchiveInstallation: accessActionRoles.archive,
  RestoreInstallation: accessActionRoles.archive,
  AddActivity: accessActionRoles['add-activity'],
  ChangeActivity: accessActionRoles['add-activity'],
  RemoveActivity: accessActionRoles['add-activity'],
  ReturnAccess: ['administrator'],
  GrantAccess: ['system'],
  ExtendAccess: ['system'],
  WithdrawAccess: ['system'],
};

/**
 * Expired access is recorded as ended before anything else: so nothing that happens afterwards is
 * between the end and its record, however late that is (R-E2, R-V5).
 */
function decide(
  command: InstallationCommand,
  state: InstallationState,
  facts: InstallationFacts,
): readonly InstallationEvent[] {
  if (state.status === 'none') return decideNow(command, state, facts);
  const ended = endings(state.installationId, withEnds(state.tree, facts?.ends), command.now);
  const current = ended.reduce<InstallationState>(evolve, state);
  const events = decideNow(command, current, facts);
  // A command without effect records nothing, except the one that records the end.
  return events.length === 0 && command.type !== 'WithdrawAccess' ? [] : [...ended, ...events];
}

function decideNow(
  command: InstallationCommand,
  state: InstallationState,
  facts: InstallationFacts,
): readonly InstallationEvent[] {
  switch (command.type) {
    case 'RegisterInstallation':
      return register(command, state, facts);
    case 'ChangeInstallation':
      return change(command, state, facts);
    case 'ArchiveInstallation':
      return archive(command, state);
    case 'RestoreInstallation':
      return restore(command, state);
    case 'AddActivity':
      return addActivity(command, state, facts);
    case 'ChangeActivity':
      return changeActivity(command, state);
    case 'RemoveActivity':
      return removeActivity(command, state);
    case 'GrantAccess':
      return grantAccess(command, state);
    case 'ExtendAccess':
      return extendAccess(command, state);
    case 'WithdrawAccess':
      return withdrawAccess(command, state);
    case 'ReturnAccess':
      return returnAccess(command, state);
    default:
      return unreachable(command);
  }
}

/** One installation: its properties, logbook, placements and the tree of grants on it. */
export const installation: Decider<
  InstallationState,
  InstallationCommand,
  InstallationEvent,
  InstallationFacts
> = { category: 'installation', initial, evolve, decide };

function register(
  { data, actor }: RegisterInstallation,
  state: InstallationState,
  facts: InstallationFacts,
): readonly InstallationEvent[] {
  const { account } = actor;
  const { installationId, token, locationId, buildingId, reference, customerReference, ...given } = data;
  const placement = placementAt(resolved(facts), reference, customerReference);
  const properties = applyChanges<InstallationProperties>({}, withoutPlaceholders(given));
  if (state.status === 'registered') {
    const { registeredAs, tree } = state;
    const repeated =
      tree.root === account &&
      sameData(registeredAs.properties, properties) &&
      sameData(registeredAs.placement, placement);
    if (repeated) return [];
    throw conflict('id-in-use', 'Another installation is registered under this id.');
  }
  return [
    { type: 'InstallationRegistered', data: { installationId, account, token, properties, placement } },
  ];
}

/** Every live holder may change the properties (R-G1); the placement is the caller's own (R-G2). */
function change(
  { data, actor }: ChangeInstallation,
  state: InstallationState,
  facts: InstallationFacts,
): readonly InstallationEvent[] {
  const { account } = actor;
  const { installationId, locationId, buildingId, reference, customerReference, ...properties } = data;
  const held = requireAccess(state, actor, 'change-properties');
  const changes = effectiveChanges(held.properties, withoutPlaceholders(properties));
  const { placement: current } = placementOf(held, account);
  const moves = locationId !== undefined || buildingId !== undefined;
  const placement = placementAt(
    moves ? resolved(facts) : current,
    reference ?? current.reference,
    customerReference === undefined ? current.customerReference : customerReference,
  );
  const events: InstallationEvent[] = [];
  if (changes !== undefined) {
    events.push({ type: 'InstallationPropertiesChanged', data: { installationId, account, changes } });
  }
  if (!sameData(current, placement)) {
    events.push({ type: 'InstallationMoved', data: { installationId, account, placement } });
  }
  return events;
}

function archive(
  { data, actor }: ArchiveInstallation,
  state: InstallationState,
): readonly InstallationEvent[] {
  const { account } = actor;
  const held = requireAccess(state, actor, 'archive');
  if (placementOf(held, account).archived) return [];
  return [{ type: 'InstallationArchived', data: { installationId: data.installationId, account } }];
}

function restore(
  { data, actor }: RestoreInstallation,
  state: InstallationState,
): readonly InstallationEvent[] {
  const { account } = actor;
  const held = requireAccess(state, actor, 'archive');
  if (!placementOf(held, account).archived) return [];
  return [{ type: 'InstallationRestored', data: { installationId: data.installationId, account } }];
}

function addActivity(
  { data, actor, now }: AddActivity,
  state: InstallationState,
  facts: InstallationFacts,
): readonly InstallationEvent[] {
  const { account } = actor;
  const { installationId, activityId, ...activity } = data;
  const held = requireAccess(state, actor, 'add-activity');
  const entry = findEntry(held, activityId);
  if (entry?.status === 'kept' && entry.account === account) return [];
  if (entry !== undefined) throw conflict('id-in-use', 'Another activity is or was recorded under this id.');
  const added = { installationId, activityId, account, activity };
  if (activity.kind !== 'work-order') return [{ type: 'ActivityAdded', data: added }];
  const document = documentOf(held, { account, activityId, now }, facts);
  return [{ type: 'ActivityAdded', data: { ...added, document } }];
}

/** Issued once: later changes of the activity, the grant or the company do not change the document (R-A4). */
function documentOf(
  state: RegisteredInstallation,
  { account, activityId, now }: { account: string; activityId: string; now: Instant },
  facts: InstallationFacts,
): WorkOrderDocument {
  const issuer = facts?.issuer;
  if (issuer?.account !== documentIssuer(state.tree, account)) {
    throw new Error('A work order needs the company details of the account its document is issued by');
  }
  const number = `WO-${activityId.replaceAll('-', '').slice(-12).toUpperCase()}`;
  return { number, issuedAt: now, issuedBy: issuer.company };
}

function changeActivity(
  { data, actor }: ChangeActivity,
  state: InstallationState,
): readonly InstallationEvent[] {
  const { account } = actor;
  const { installationId, activityId, ...requested } = data;
  const entry = requireOwnActivity(state, actor, activityId);
  if (entry.status === 'removed') throw notFound('activity');
  const changes = effectiveChanges(entry.activity, requested);
  if (changes === undefined) return [];
  return [{ type: 'ActivityChanged', data: { installationId, activityId, account, changes } }];
}

function removeActivity(
  { data, actor }: RemoveActivity,
  state: InstallationState,
): readonly InstallationEvent[] {
  const { account } = actor;
  const { installationId, activityId } = data;
  if (requireOwnActivity(state, actor, activityId).status === 'removed') return [];
  return [{ type: 'ActivityRemoved', data: { installationId, activityId, account } }];
}

/**
 * What was approved and confirmed becomes live, if the giver may still give it. The receiver's kind never changes:
 * it was checked at the approval. Archiving an installation that is already on offer does not withdraw the offer.
 */
function grantAccess({ data, now }: GrantAccess, state: InstallationState): readonly InstallationEvent[] {
  if (state.status === 'none') throw notFound('installation');
  const { installationId, grantId, shareId, giver, holder, accessType, placement } = data;
  if (findGrant(state.tree, grantId) !== undefined) return [];
  if (state.blockedGrants.includes(grantId)) {
    throw conflict('access-withdrawn', 'This access was revoked before it began.');
  }
  if (hasCome(data.until, now)) throw conflict('access-expired', 'This access has reached its agreed end.');
  const refusal = refusalToGive(state.tree, { provider: giver, requester: holder, accessType });
  if (refusal !== undefined) throw conflict(refusal, 'The giver may not give this access now.');
  const parent = parentFor(state.tree, giver, accessType);
  const grant: Grant = {
    grantId,
    giver,
    holder,
    ...(parent !== undefined && { parent }),
    shareId,
    accessType,
    documentIdentity: data.documentIdentity,
    revocation: data.revocation,
    approvedAt: data.approvedAt,
    grantedAt: now,
    ...(data.until !== undefined && { until: data.until }),
  };
  return [{ type: 'InstallationAccessGranted', data: { installationId, grant, placement } }];
}

/** Only to a later end, and only what is live: what has ended does not begin again (R-E4). */
function extendAccess({ data }: ExtendAccess, state: InstallationState): readonly InstallationEvent[] {
  if (state.status === 'none') throw notFound('installation');
  const { installationId, grantId, shareId, until } = data;
  const grant = findGrant(state.tree, grantId);
  if (grant?.until === undefined || !isLive(grant) || until <= grant.until) return [];
  const { giver, holder } = grant;
  return [
    { type: 'InstallationAccessExtended', data: { installationId, grantId, shareId, giver, holder, until } },
  ];
}

/** The share has checked whether it may be revoked (R-V2); here its whole subtree ends with it (R-V4). */
function withdrawAccess(
  { data, now }: WithdrawAccess,
  state: InstallationState,
): readonly InstallationEvent[] {
  if (state.status === 'none') throw notFound('installation');
  const { installationId, grantId, shareId, holder, cause } = data;
  const grant = findGrant(state.tree, grantId);
  if (grant !== undefined) return withdraw(state, grant, cause, now);
  if (state.blockedGrants.includes(grantId)) return [];
  return [{ type: 'InstallationAccessBlocked', data: { installationId, grantId, shareId, holder } }];
}

/** The holder may give back at any time, whatever the terms (R-V7). */
function returnAccess(
  { data, actor, now }: ReturnAccess,
  state: InstallationState,
): readonly InstallationEvent[] {
  const { grantId } = data;
  const { account } = actor;
  const grant = state.status === 'none' ? undefined : findGrant(state.tree, grantId);
  if (state.status === 'none' || grant?.holder !== account) throw notFound('grant');
  return withdraw(state, grant, { kind: 'returned', account, shareId: grant.shareId, grantId }, now);
}

/** No events when it has ended before: then everything given on from it has ended too. */
function withdraw(
  { installationId, tree }: RegisteredInstallation,
  top: RecordedGrant,
  cause: WithdrawalCause,
  withdrawnAt: Instant,
): readonly InstallationEvent[] {
  return withdrawnWith(tree, [top.grantId]).map(({ grantId, shareId, giver, holder }) => ({
    type: 'InstallationAccessWithdrawn',
    data: {
      installationId,
      grantId,
      shareId,
      giver,
      holder,
      cause: grantId === top.grantId ? cause : { ...cause, kind: 'cascade' },
      withdrawnAt,
    },
  }));
}

/** The context of a refusal for the caller (R-S10); empty for an account that never had access. */
export function installationRefusalContext(
  state: InstallationState,
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
): RefusalContext | undefined {
  if (state.status === 'none') return undefined;
  const tree = treeByClock(state.tree, now);
  if (accessOf(tree, actor.account).kind === 'none') return undefined;
  return { allowedActions: allowedActionsOf(tree, actor) };
}

/** The installation, if the account may do this with it now; a stranger learns nothing (R-G3, R-S10). */
function requireAccess(state: InstallationState, actor: Actor, action: AccessAction): RegisteredInstallation {
  if (state.status === 'none') throw notFound('installation');
  const explained = explainAccess(state.tree, actor.account, action);
  if (explained.allowed) return state;
  if (explained.code === 'no-access') throw notFound('installation');
  throw conflict(explained.code, 'The access of this account does not allow this.');
}

/** The account's own entry: nobody alters or removes another's (R-G2). */
function requireOwnActivity(state: InstallationState, actor: Actor, activityId: string): LogbookEntry {
  const held = requireAccess(state, actor, 'add-activity');
  const entry = findEntry(held, activityId);
  if (entry === undefined) throw notFound('activity');
  if (entry.account === actor.account) return entry;
  throw conflict('not-your-activity', 'Only the account that recorded an activity may alter or remove it.');
}

function placementAt(
  { customerId, locationId, buildingId }: Spot,
  reference: string,
  customerReference: string | null | undefined,
): Placement {
  return applyChanges<Placement>({ customerId, locationId, reference }, { buildingId, customerReference });
}

function resolved(facts: InstallationFacts): Spot {
  if (facts?.placement === undefined) throw new Error('The facts of this decision lack the placement.');
  return facts.placement;
}
