import { describe, expect, it } from '@jest/globals';
import { type AccountKind } from '#domain/account';
import { fold } from '#domain/kernel';
import {
  type AccessAction,
  accessActions,
  accessOf,
  allowedAccessActions,
  allowedActionsOf,
  documentIssuer,
  explainAccess,
  givableTypes,
  leftOutReason,
  parentFor,
  readableTree,
} from './access.ts';
import { accessTypes } from './access-types.ts';
import { installation, installationRefusalContext } from './decide.ts';
import type { AccessType, InstallationEvent } from './events.ts';
import { findGrant } from './grants.ts';
import type { RegisteredInstallation } from './state.ts';
import { CHILLER, granted, NOW, ROOT, registered, revokedBy, withdrawn } from './testing/index.ts';

const stateAfter = (...events: InstallationEvent[]) =>
  fold(installation, installation.initial, [registered, ...events]) as RegisteredInstallation;
const treeAfter = (...events: InstallationEvent[]) => stateAfter(...events).tree;

const managed = granted(ROOT, 'polar', 'installation-manager');
const handedOn = granted('polar', 'nordic', 'subcontractor', { parent: 'frost-polar' });
const lent = granted('nordic', 'arctic', 'on-loan', { parent: 'polar-nordic' });
const ended = withdrawn('polar', 'nordic', revokedBy('polar', 'polar-nordic'));

describe('R-A1, R-A2: what an account may give', () => {
  it('the root: any type', () => {
    expect(givableTypes(treeAfter(), ROOT)).toStrictEqual(accessTypes);
    expect(parentFor(treeAfter(), ROOT, 'operator')).toBeUndefined();
  });

  const given: readonly [AccessType, readonly AccessType[]][] = [
    ['operator', accessTypes],
    ['installation-manager', accessTypes],
    ['subcontractor', ['subcontractor', 'on-loan']],
    ['on-loan', []],
  ];
  it.each(given)('a holder of %s: %j', (held, givable) => {
    expect(givableTypes(treeAfter(granted(ROOT, 'polar', held)), 'polar')).toStrictEqual(givable);
  });

  it('a stranger and a former holder: nothing', () => {
    expect(givableTypes(treeAfter(managed), 'stranger')).toStrictEqual([]);
    expect(givableTypes(treeAfter(managed, handedOn, ended), 'nordic')).toStrictEqual([]);
  });

  it('from its strongest grant, of equals the oldest (R-A5)', () => {
    const tree = treeAfter(
      granted(ROOT, 'polar', 'installation-manager'),
      granted(ROOT, 'boreal', 'on-loan'),
      granted('polar', 'boreal', 'subcontractor', { parent: 'frost-polar' }),
      granted('nordic', 'boreal', 'subcontractor'),
    );
    expect(parentFor(tree, 'boreal', 'on-loan')).toBe('polar-boreal');
    expect(parentFor(tree, 'boreal', 'operator')).toBeUndefined();
  });
});

describe('leftOutReason', () => {
  const reason = (
    state: RegisteredInstallation,
    provider: string,
    requester: string,
    accessType: AccessType = 'subcontractor',
    requesterKind: AccountKind = 'service',
  ) => leftOutReason(state, { provider, requester, requesterKind, accessType });

  it('none where the provider may give it (R-A2)', () => {
    expect(reason(stateAfter(), ROOT, 'polar')).toBeUndefined();
    expect(reason(stateAfter(), ROOT, 'owner', 'operator', 'connect')).toBeUndefined();
    expect(reason(stateAfter(managed, handedOn), 'nordic', 'arctic', 'on-loan')).toBeUndefined();
  });

  it('not-yours: no such installation, a stranger, a former holder', () => {
    const terms = {
      provider: ROOT,
      requester: 'polar',
      requesterKind: 'service',
      accessType: 'on-loan',
    } as const;
    expect(leftOutReason({ status: 'none' }, terms)).toBe('not-yours');
    expect(reason(stateAfter(), 'stranger', 'polar')).toBe('not-yours');
    expect(reason(stateAfter(managed, handedOn, ended), 'nordic', 'arctic')).toBe('not-yours');
  });

  it('archived: at the provider, wherever else it is in use', () => {
    const state = stateAfter(managed, {
      type: 'InstallationArchived',
      data: { installationId: CHILLER, account: ROOT },
    });
    expect(reason(state, ROOT, 'nordic')).toBe('archived');
    expect(reason(state, 'polar', 'nordic')).toBeUndefined();
  });

  it('access-type-not-givable: by this provider (R-A2)', () => {
    const state = stateAfter(managed, handedOn, lent);
    expect(reason(state, 'nordic', 'boreal', 'installation-manager')).toBe('access-type-not-givable');
    expect(reason(state, 'nordic', 'owner', 'operator', 'connect')).toBe('access-type-not-givable');
    expect(reason(state, 'arctic', 'boreal', 'on-loan')).toBe('access-type-not-givable');
  });

  it('access-type-not-givable: to this kind of account (R-A1)', () => {
    expect(reason(stateAfter(), ROOT, 'owner', 'subcontractor', 'connect')).toBe('access-type-not-givable');
    expect(reason(stateAfter(), ROOT, 'polar', 'operator', 'service')).toBe('access-type-not-givable');
  });

  it('already-shared: a live grant from this very provider, not from another one (R-A3)', () => {
    const state = stateAfter(managed, handedOn);
    expect(reason(state, 'polar', 'nordic')).toBe('already-shared');
    expect(reason(state, ROOT, 'nordic')).toBeUndefined();
    expect(reason(stateAfter(managed, handedOn, ended), 'polar', 'nordic')).toBeUndefined();
  });

  it('requester-above: the root, or who the provider holds its access through (R-A3)', () => {
    const state = stateAfter(
      managed,
      handedOn,
      granted('nordic', 'arctic', 'subcontractor', { parent: 'polar-nordic' }),
    );
    expect(reason(state, 'polar', ROOT)).toBe('requester-above');
    expect(reason(state, 'polar', 'polar')).toBe('requester-above');
    expect(reason(state, 'arctic', 'polar')).toBe('requester-above');
    expect(reason(state, 'arctic', 'nordic')).toBe('requester-above');
    expect(reason(state, 'arctic', 'boreal')).toBeUndefined();
  });
});

describe('R-G3: may this account do that, and why?', () => {
  const common: readonly AccessAction[] = ['read', 'change-properties', 'add-activity', 'archive'];
  const allowed: readonly [AccessType, readonly AccessAction[]][] = [
    ['operator', accessActions],
    ['installation-manager', accessActions],
    ['subcontractor', [...common, 'give-subcontractor', 'give-on-loan']],
    ['on-loan', common],
  ];
  it.each(allowed)('a holder of %s may %j (R-G1)', (held, actions) => {
    expect(allowedAccessActions(treeAfter(granted(ROOT, 'polar', held)), 'polar')).toStrictEqual(actions);
  });

  it('the root: everything, by no grant', () => {
    expect(allowedAccessActions(treeAfter(), ROOT)).toStrictEqual(accessActions);
    expect(explainAccess(treeAfter(), ROOT, 'read')).toStrictEqual({ allowed: true, path: [] });
    expect(accessOf(treeAfter(), ROOT)).toStrictEqual({ kind: 'root' });
  });

  it('a holder: by the path of grants from the root', () => {
    const tree = treeAfter(managed, handedOn, lent);
    const path = [managed.data.grant, handedOn.data.grant, lent.data.grant];
    expect(explainAccess(tree, 'arctic', 'add-activity')).toStrictEqual({ allowed: true, path });
    expect(accessOf(tree, 'arctic')).toStrictEqual({ kind: 'live', grant: lent.data.grant, path });
  });

  it('what the type held does not allow: with the access there is', () => {
    expect(explainAccess(treeAfter(managed, handedOn), 'nordic', 'give-operator')).toStrictEqual({
      allowed: false,
      code: 'access-type-not-givable',
      rule: 'R-A2',
      path: [managed.data.grant, handedOn.data.grant],
    });
  });

  it('a stranger: nothing', () => {
    expect(allowedAccessActions(treeAfter(managed), 'stranger')).toStrictEqual([]);
    expect(explainAccess(treeAfter(managed), 'stranger', 'read')).toStrictEqual({
      allowed: false,
      code: 'no-access',
      rule: 'R-G1',
    });
    expect(accessOf(treeAfter(managed), 'stranger')).toStrictEqual({ kind: 'none' });
  });

  it('a former holder: nothing now, and since when (R-V5)', () => {
    const tree = treeAfter(managed, handedOn, ended);
    expect(allowedAccessActions(tree, 'nordic')).toStrictEqual([]);
    expect(explainAccess(tree, 'nordic', 'read')).toStrictEqual({
      allowed: false,
      code: 'access-withdrawn',
      rule: 'R-V5',
      grantId: 'polar-nordic',
      since: NOW,
    });
  });

  it.each([
    ['the older', '2026-03-05T10:00:00.000Z', NOW, 'frost-nordic', '2026-03-05T10:00:00.000Z'],
    ['the younger', NOW, '2026-03-05T10:00:00.000Z', 'polar-nordic', '2026-03-05T10:00:00.000Z'],
    ['both at once: the younger counts', NOW, NOW, 'polar-nordic', NOW],
  ])('of several ended grants, access ended with the last: %s', (_, older, younger, grantId, endedAt) => {
    const tree = treeAfter(
      managed,
      granted(ROOT, 'nordic', 'on-loan'),
      handedOn,
      withdrawn('polar', 'nordic', revokedBy('polar', 'polar-nordic'), younger),
      withdrawn(ROOT, 'nordic', revokedBy(ROOT, 'frost-nordic'), older),
    );
    expect(accessOf(tree, 'nordic')).toStrictEqual({ kind: 'former', grantId, endedAt });
  });

  it('access given again is access', () => {
    const tree = treeAfter(
      managed,
      handedOn,
      ended,
      granted('polar', 'nordic', 'on-loan', { grantId: 'again' }),
    );
    expect(accessOf(tree, 'nordic')).toMatchObject({ kind: 'live', grant: findGrant(tree, 'again') });
  });
});

describe('R-V5: what an account may know of the grants', () => {
  const later = '2026-03-05T10:00:00.000Z';
  const known = (tree: ReturnType<typeof treeAfter>, account: string) =>
    readableTree(tree, account).grants.map(({ grantId, withdrawal }) => [grantId, withdrawal !== undefined]);
  const tree = treeAfter(
    managed,
    handedOn,
    lent,
    ended,
    withdrawn('nordic', 'arctic', { ...revokedBy('polar', 'polar-nordic'), kind: 'cascade' }, later),
    granted('polar', 'boreal', 'on-loan', { parent: 'frost-polar', grantedAt: later }),
  );

  it('a former holder: as it was when its access ended, nothing of what came later', () => {
    expect(known(tree, 'nordic')).toStrictEqual([
      ['frost-polar', false],
      ['polar-nordic', true],
      ['nordic-arctic', false],
    ]);
  });

  it('a holder: all that was given on from its grants, ended ones too', () => {
    expect(known(tree, 'polar')).toStrictEqual([
      ['frost-polar', false],
      ['polar-nordic', true],
      ['nordic-arctic', true],
      ['polar-boreal', false],
    ]);
    expect(known(tree, ROOT)).toHaveLength(4);
    expect(known(tree, 'stranger')).toStrictEqual([]);
  });
});

describe('R-S10: what a refusal says is allowed', () => {
  const context = (account: string, ...roles: ('technician' | 'manager' | 'administrator')[]) =>
    installationRefusalContext(stateAfter(managed, handedOn, ended), {
      actor: { account, user: 'someone', roles },
      now: NOW,
    });

  it('follows access and role: technicians add to the logbook, managers change, administrators give', () => {
    expect(context('polar', 'technician')?.allowedActions).toStrictEqual(['read', 'add-activity']);
    expect(context('polar', 'manager')?.allowedActions).toStrictEqual([
      'read',
      'change-properties',
      'add-activity',
      'archive',
    ]);
    expect(context('polar', 'administrator')?.allowedActions).toStrictEqual(accessActions);
    expect(allowedActionsOf(treeAfter(managed), { account: 'stranger', roles: ['administrator'] })).toEqual(
      [],
    );
  });

  it('is nothing to a former holder, and not even that to a stranger', () => {
    expect(context('nordic', 'administrator')).toStrictEqual({ allowedActions: [] });
    expect(context('stranger', 'administrator')).toBeUndefined();
    const nobody = { actor: { account: ROOT, user: 'someone', roles: [] }, now: NOW };
    expect(installationRefusalContext({ status: 'none' }, nobody)).toBeUndefined();
  });
});

describe('R-A4: whose details a document carries', () => {
  it('its performer’s own, as a rule', () => {
    expect(documentIssuer(treeAfter(managed), ROOT)).toBe(ROOT);
    expect(documentIssuer(treeAfter(managed), 'polar')).toBe('polar');
  });

  it('the giver’s, where the grant says so', () => {
    const tree = treeAfter(
      managed,
      granted('polar', 'nordic', 'subcontractor', { documentIdentity: 'giver' }),
    );
    expect(documentIssuer(tree, 'nordic')).toBe('polar');
  });

  it('the direct giver’s, though that one documents for its own giver', () => {
    const tree = treeAfter(
      granted(ROOT, 'polar', 'subcontractor', { documentIdentity: 'giver' }),
      granted('polar', 'nordic', 'on-loan', { parent: 'frost-polar', documentIdentity: 'giver' }),
    );
    expect(documentIssuer(tree, 'nordic')).toBe('polar');
  });

  it('as the strongest live grant says (R-A5)', () => {
    const both = [
      granted(ROOT, 'nordic', 'on-loan', { documentIdentity: 'giver' }),
      granted('polar', 'nordic', 'subcontractor', { parent: 'frost-polar' }),
    ];
    expect(documentIssuer(treeAfter(managed, ...both), 'nordic')).toBe('nordic');
    expect(documentIssuer(treeAfter(managed, ...both, ended), 'nordic')).toBe(ROOT);
  });
});
