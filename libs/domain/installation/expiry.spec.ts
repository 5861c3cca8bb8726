import { describe, expect, it } from '@jest/globals';
import { fold, plusMillis } from '#domain/kernel';
import { scenario } from '#domain/kernel/testing';
import { explainAccess } from './access.ts';
import { installation } from './decide.ts';
import type { InstallationEvent, WithdrawalCause } from './events.ts';
import { endedAsAgreed, endOf, installationByClock, sharesToCheck, treeByClock } from './expiry.ts';
import { findGrant } from './grants.ts';
import type { RegisteredInstallation } from './state.ts';
import { ask, company, give, granted, NOW, ROOT, registered, withdrawn, workOrder } from './testing/index.ts';

const { given } = scenario(installation);

const UNTIL = plusMillis(NOW, 86_400_000);
const BEFORE = plusMillis(UNTIL, -1);
const LATER = plusMillis(UNTIL, 86_400_000);

const toPolar = granted(ROOT, 'polar', 'installation-manager', { until: UNTIL });
const toNordic = granted('polar', 'nordic', 'subcontractor', { parent: `${ROOT}-polar` });
const ofPolar: WithdrawalCause = {
  kind: 'expired',
  account: ROOT,
  shareId: `share-${ROOT}-polar`,
  grantId: `${ROOT}-polar`,
};
const polarEnded = withdrawn(ROOT, 'polar', ofPolar, UNTIL);
const nordicEnded = withdrawn('polar', 'nordic', { ...ofPolar, kind: 'cascade' }, UNTIL);
const ends = (until: string) => ({ ends: new Map([[`share-${ROOT}-polar`, until]]) });

const treeAfter = (...events: InstallationEvent[]) =>
  (fold(installation, installation.initial, [registered, ...events]) as RegisteredInstallation).tree;
const note = { activityId: 'a', kind: 'note', performedOn: '2026-03-02', summary: 'Seen' } as const;
const noted = (account: string): InstallationEvent => {
  const { activityId, ...activity } = note;
  return { type: 'ActivityAdded', data: { installationId: 'chiller', activityId, account, activity } };
};

describe('access until a moment (R-E1, R-E2)', () => {
  it('allows everything up to the last millisecond, and nothing from the moment itself on', () => {
    given(registered, toPolar)
      .when(ask('polar', 'AddActivity', note, BEFORE))
      .then(noted('polar'));
    given(registered, toPolar)
      .when(ask('polar', 'AddActivity', note, UNTIL))
      .thenRefused('conflict', 'access-expired');
  });

  it('takes with it what was given on, whatever its own terms (R-V4)', () => {
    given(registered, toPolar, toNordic)
      .when(ask('nordic', 'AddActivity', note, UNTIL))
      .thenRefused('conflict', 'access-withdrawn');
  });

  it('is explained by its end', () => {
    const tree = treeAfter(toPolar, toNordic);
    expect(explainAccess(treeByClock(tree, BEFORE), 'polar', 'read').allowed).toBe(true);
    expect(explainAccess(treeByClock(tree, UNTIL), 'polar', 'read')).toEqual({
      allowed: false,
      code: 'access-expired',
      rule: 'R-E2',
      grantId: `${ROOT}-polar`,
      since: UNTIL,
    });
    expect(explainAccess(treeByClock(tree, UNTIL), 'nordic', 'read')).toMatchObject({
      code: 'access-withdrawn',
    });
  });

  it('ends with the first end on the way to it', () => {
    const inLonger = granted('polar', 'nordic', 'subcontractor', { parent: `${ROOT}-polar`, until: LATER });
    const inShorter = granted('polar', 'arctic', 'subcontractor', { parent: `${ROOT}-polar`, until: BEFORE });
    const tree = treeAfter(toPolar, inLonger, inShorter);
    const endOfGrant = (id: string) => endOf(tree, findGrant(tree, id) as never);
    expect(endOfGrant('polar-nordic')).toBe(UNTIL);
    expect(endOfGrant('polar-arctic')).toBe(BEFORE);
    expect(endOfGrant(`${ROOT}-polar`)).toBe(UNTIL);
    const late = treeByClock(tree, LATER);
    expect(findGrant(late, 'polar-nordic')?.withdrawal).toMatchObject({
      cause: { kind: 'cascade', grantId: `${ROOT}-polar` },
      withdrawnAt: UNTIL,
    });
    expect(findGrant(late, 'polar-arctic')?.withdrawal).toMatchObject({
      cause: { kind: 'expired' },
      withdrawnAt: BEFORE,
    });
  });

  it('leaves access along another path', () => {
    const besides = granted(ROOT, 'nordic', 'on-loan');
    given(registered, toPolar, toNordic, besides)
      .when(ask('nordic', 'AddActivity', note, UNTIL))
      .then(polarEnded, nordicEnded, noted('nordic'));
  });
});

describe('the record of an end', () => {
  it('is recorded before anything else, so that nothing is between the two (R-V5)', () => {
    const later = plusMillis(UNTIL, 5_000);
    given(registered, toPolar, toNordic)
      .when(ask(ROOT, 'AddActivity', note, later))
      .then(polarEnded, nordicEnded, noted(ROOT));
    given(registered, toPolar)
      .when(ask(ROOT, 'ChangeInstallation', { brand: 'Daikin' }, later))
      .thenNothing();
  });

  it('is made by the share, once', () => {
    const { grantId, shareId } = ofPolar;
    const withdraw = ask(
      'platform',
      'WithdrawAccess',
      { grantId, shareId, holder: 'polar', cause: ofPolar },
      LATER,
    );
    given(registered, toPolar, toNordic).when(withdraw, ends(UNTIL)).then(polarEnded, nordicEnded);
    given(registered, toPolar, toNordic, polarEnded, nordicEnded).when(withdraw, ends(UNTIL)).thenNothing();
  });

  it('is asked of each share once whose grants are past their recorded end', () => {
    const again = granted(ROOT, 'boreal', 'on-loan', { until: UNTIL, shareId: ofPolar.shareId });
    const tree = treeAfter(toPolar, again, toNordic);
    expect(sharesToCheck(tree, UNTIL)).toStrictEqual([ofPolar.shareId]);
    expect(sharesToCheck(tree, BEFORE)).toStrictEqual([]);
    expect(sharesToCheck(treeAfter(toPolar, toNordic, polarEnded, nordicEnded), LATER)).toStrictEqual([]);
  });

  it('is distinguished from a revocation, also for what was given on', () => {
    const agreed = treeAfter(toPolar, toNordic, polarEnded, nordicEnded);
    expect(agreed.grants.map((grant) => endedAsAgreed(agreed, grant))).toStrictEqual([true, true]);
    const byGiver = { ...ofPolar, kind: 'revoked' } as const;
    const revoked = treeAfter(toPolar, toNordic, withdrawn(ROOT, 'polar', byGiver));
    expect(revoked.grants.map((grant) => endedAsAgreed(revoked, grant))).toStrictEqual([false, false]);
  });

  it('archives the installation for the account that lost it, also before it is recorded', () => {
    const state = fold(installation, installation.initial, [registered, toPolar]) as RegisteredInstallation;
    expect(installationByClock(state, BEFORE)).toBe(state);
    expect(installationByClock(state, UNTIL).placements.polar?.archived).toBe(true);
  });

  it('does not let a work order be issued in the name of an account that lost access', () => {
    const loan = granted('polar', 'nordic', 'on-loan', {
      parent: `${ROOT}-polar`,
      documentIdentity: 'giver',
    });
    const besides = granted(ROOT, 'nordic', 'on-loan');
    const command = ask('nordic', 'AddActivity', { activityId: 'w', ...workOrder }, UNTIL);
    const issuer = { account: 'nordic', company: company('nordic') };
    const events = installation.decide(
      command,
      fold(installation, installation.initial, [registered, toPolar, loan, besides]),
      { issuer },
    );
    expect(events.at(-1)).toMatchObject({ data: { document: { issuedBy: { name: 'nordic' } } } });
  });
});

describe('an extension (R-E4)', () => {
  const extend = (until: string, now: string) =>
    ask('platform', 'ExtendAccess', { grantId: ofPolar.grantId, shareId: ofPolar.shareId, until }, now);
  const extended: InstallationEvent = {
    type: 'InstallationAccessExtended',
    data: {
      installationId: 'chiller',
      grantId: ofPolar.grantId,
      shareId: ofPolar.shareId,
      giver: ROOT,
      holder: 'polar',
      until: LATER,
    },
  };

  it('moves the end of the grant, once, and only away', () => {
    given(registered, toPolar).when(extend(LATER, NOW)).then(extended);
    given(registered, toPolar, extended).when(extend(LATER, NOW)).thenNothing();
    given(registered, toPolar, extended).when(extend(UNTIL, NOW)).thenNothing();
    given(registered, toPolar, extended)
      .when(ask('polar', 'AddActivity', note, UNTIL))
      .then(noted('polar'));
  });

  it('counts from when the share has it, also where it arrives after the former end', () => {
    given(registered, toPolar)
      .when(ask('polar', 'AddActivity', note, UNTIL), ends(LATER))
      .then(noted('polar'));
    given(registered, toPolar).when(extend(LATER, UNTIL), ends(LATER)).then(extended);
    given(registered, toPolar)
      .when(ask('polar', 'AddActivity', note, LATER), ends(LATER))
      .thenRefused('conflict', 'access-expired');
  });

  it('moves the end of no other grant', () => {
    const besides = granted(ROOT, 'boreal', 'installation-manager', { until: UNTIL });
    given(registered, toPolar, besides, extended)
      .when(ask('boreal', 'AddActivity', note, UNTIL))
      .thenRefused('conflict', 'access-expired');
  });

  it('gives no end to a grant that has none', () => {
    const endless = granted(ROOT, 'polar', 'installation-manager');
    given(registered, endless)
      .when(ask('polar', 'AddActivity', note, LATER), ends(UNTIL))
      .then(noted('polar'));
  });

  it('brings nothing back that has ended', () => {
    given(registered, toPolar, polarEnded).when(extend(LATER, LATER)).thenNothing();
    given(registered).when(extend(LATER, NOW)).thenNothing();
  });
});

describe('a grant that is to begin (R-P4)', () => {
  it('has the end that was agreed, and does not begin once that has come', () => {
    const grant = { until: UNTIL };
    given(registered)
      .when(give(ROOT, 'polar', 'installation-manager', { ...grant, grantedAt: BEFORE }))
      .then(granted(ROOT, 'polar', 'installation-manager', { ...grant, grantedAt: BEFORE }));
    given(registered)
      .when(give(ROOT, 'polar', 'installation-manager', { ...grant, grantedAt: UNTIL }))
      .thenRefused('conflict', 'access-expired');
  });

  it('does not come of a grant that has come to its end', () => {
    given(registered, toPolar)
      .when(give('polar', 'nordic', 'subcontractor', { grantedAt: UNTIL }))
      .thenRefused('conflict', 'not-yours');
  });
});
