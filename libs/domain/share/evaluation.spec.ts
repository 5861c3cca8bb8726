import { describe, expect, it } from '@jest/globals';
import type { ConnectionState } from '#domain/connection';
import { fold, type Refusal } from '#domain/kernel';
import { scenario } from '#domain/kernel/testing';
import {
  type ApprovalFacts,
  type ShareCommand,
  type ShareEvent,
  type ShareFacts,
  share,
  shareRefusalContext,
} from './index.ts';
import {
  anyTime,
  approved,
  ask,
  available,
  HOURS_72,
  NOW,
  PROVIDER,
  REQUESTED,
  REQUESTER,
  record,
  requested,
  SHARE,
  started,
  window72,
} from './testing/index.ts';

const { given } = scenario(share);

const active: ConnectionState = {
  status: 'active',
  connectionId: 'connection-1',
  creator: PROVIDER,
  acceptor: REQUESTER,
  tokenHash: 'hash',
  creatorLabel: 'Ours',
  acceptorLabel: 'Theirs',
};
const pending: ConnectionState = {
  status: 'pending',
  connectionId: 'connection-1',
  creator: REQUESTER,
  tokenHash: 'hash',
  creatorLabel: 'Ours',
  expiresAt: NOW,
};

const ended: ConnectionState = { ...active, status: 'ended', endedBy: PROVIDER, revokeShares: false };

const rejected: ShareEvent = {
  type: 'ShareRejected',
  data: { shareId: SHARE, reason: 'Not ours', rejectedAt: NOW },
};
const cancelled: ShareEvent = {
  type: 'ShareCancelled',
  data: { shareId: SHARE, cause: 'requester', cancelledAt: NOW },
};

function refusal(history: readonly ShareEvent[], command: ShareCommand, facts?: ShareFacts): Refusal {
  try {
    share.decide(command, fold(share, share.initial, history), facts);
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('It was not refused.');
}

describe('requesting a share', () => {
  const asked = { connectionId: 'connection-1', name: 'Bakeries', suggestedLevel: 'customer' } as const;
  const request = (more: object = {}, account = REQUESTER) =>
    ask(account, 'RequestShare', { ...asked, ...more }, REQUESTED);

  it('R-C3 goes along an active connection, from either of its accounts to the other', () => {
    given().when(request(), { connection: active }).then(requested);
    given()
      .when(request({}, PROVIDER), { connection: active })
      .then({
        type: 'ShareRequested',
        data: {
          shareId: SHARE,
          ...asked,
          requester: PROVIDER,
          provider: REQUESTER,
          requestedAt: REQUESTED,
        },
      });
  });

  it('R-C3 is refused along a connection that is not active', () => {
    given().when(request(), { connection: pending }).thenRefused('conflict', 'connection-not-active');
    given().when(request(), { connection: ended }).thenRefused('conflict', 'connection-not-active');
  });

  it('R-C3 is not found by a stranger to the connection', () => {
    given().when(request({}, 'stranger'), { connection: active }).thenRefused('not-found', 'not-found');
    given().when(request({}, 'stranger'), { connection: pending }).thenRefused('not-found', 'not-found');
    given()
      .when(request(), { connection: { status: 'none' } })
      .thenRefused('not-found', 'not-found');
  });

  it('R-S2 accepts a name of 1 to 200 characters', () => {
    const named = (name: string) => given().when(request({ name }), { connection: active });
    named('x'.repeat(200)).then({
      ...requested,
      data: { ...requested.data, name: 'x'.repeat(200) },
    } as ShareEvent);
    named('x'.repeat(201)).thenRefused('impossible', 'name-length');
    named('').thenRefused('impossible', 'name-length');
    named('   ').thenRefused('impossible', 'name-length');
  });

  it('R-S2 accepts an explanation of at most 2,000 characters', () => {
    const explained = (explanation: string) => given().when(request({ explanation }), { connection: active });
    explained('x'.repeat(2000)).then({
      ...requested,
      data: { ...requested.data, explanation: 'x'.repeat(2000) },
    } as ShareEvent);
    explained('x'.repeat(2001)).thenRefused('impossible', 'explanation-length');
  });

  it('changes nothing the second time', () => {
    given(requested).when(request(), { connection: active }).thenNothing();
  });

  it('refuses an id in use; for a stranger it is not found', () => {
    given(requested)
      .when(request({ name: 'Breweries' }), { connection: active })
      .thenRefused('conflict', 'id-in-use');
    given(requested).when(request({}, PROVIDER), { connection: active }).thenRefused('conflict', 'id-in-use');
    given(requested)
      .when(request({}, 'stranger'), { connection: active })
      .thenRefused('not-found', 'not-found');
  });
});

describe('cancelling', () => {
  it('R-S1 is for the requester, while evaluation is open', () => {
    given(requested).when(ask(REQUESTER, 'CancelShare')).then(cancelled);
    given(requested).when(ask(PROVIDER, 'CancelShare')).thenRefused('conflict', 'not-the-requester');
    given(requested, approved())
      .when(ask(REQUESTER, 'CancelShare'))
      .thenRefused('conflict', 'share-not-requested');
    given(requested, rejected)
      .when(ask(REQUESTER, 'CancelShare'))
      .thenRefused('conflict', 'share-not-requested');
  });

  it('changes nothing the second time', () => {
    given(requested, cancelled).when(ask(REQUESTER, 'CancelShare')).thenNothing();
  });

  it('R-C4 follows the end of the connection while evaluation is open, and then only', () => {
    const end = record('CancelForEndedConnection');
    given(requested)
      .when(end)
      .then({
        type: 'ShareCancelled',
        data: { shareId: SHARE, cause: 'connection-ended', cancelledAt: NOW },
      });
    given(requested, cancelled).when(end).thenNothing();
    given(requested, approved()).when(end).thenNothing();
    given(...available())
      .when(end)
      .thenNothing();
    given().when(end).thenRefused('not-found', 'not-found');
  });
});

describe('rejecting', () => {
  const reject = ask(PROVIDER, 'RejectShare', { reason: 'Not ours' });

  it('R-S4 ends the share, with the reason where one is given', () => {
    given(requested).when(reject).then(rejected);
    given(requested)
      .when(ask(PROVIDER, 'RejectShare'))
      .then({ type: 'ShareRejected', data: { shareId: SHARE, rejectedAt: NOW } });
  });

  it('R-S4 is for the provider, while evaluation is open', () => {
    given(requested).when(ask(REQUESTER, 'RejectShare')).thenRefused('conflict', 'not-the-provider');
    given(requested, approved()).when(reject).thenRefused('conflict', 'share-not-requested');
    given(requested, cancelled).when(reject).thenRefused('conflict', 'share-not-requested');
  });

  it('changes nothing the second time', () => {
    given(requested, rejected).when(reject).thenNothing();
  });
});

describe('approving', () => {
  const facts: ApprovalFacts = {
    connection: active,
    requesterKind: 'service',
    window: { kind: 'window', milliseconds: HOURS_72, from: 'placed' },
    shareable: 3,
    leftOut: [],
  };
  const selection = ['i1', 'i2', 'i3'];
  const approve = (more: object = {}, account = PROVIDER) =>
    ask(account, 'ApproveShare', {
      level: 'installation',
      selection,
      accessType: 'installation-manager',
      ...more,
    });
  const approvedNow = (terms: object): ShareEvent => approved({ ...window72, ...terms, approvedAt: NOW });

  it('R-S5 is one decision on level, selection, access type and document identity', () => {
    given(requested).when(approve(), facts).then(approvedNow({}));
  });

  it('R-C3 is refused once the connection has ended', () => {
    given(requested)
      .when(approve(), { ...facts, connection: ended })
      .thenRefused('conflict', 'connection-not-active');
  });

  it('R-S6 stamps the window of the deployment on operator and installation-manager access', () => {
    const window = { kind: 'window', milliseconds: 1000, from: 'granted' } as const;
    given(requested)
      .when(approve(), { ...facts, window })
      .then(approvedNow({ revocation: window }));
    given(requested)
      .when(approve({ accessType: 'operator' }), { ...facts, window, requesterKind: 'connect' })
      .then(approvedNow({ accessType: 'operator', revocation: window }));
  });

  it('R-S6 stamps revocation at any time on subcontractor and on-loan access', () => {
    for (const accessType of ['subcontractor', 'on-loan'] as const) {
      given(requested)
        .when(approve({ accessType }), facts)
        .then(approvedNow({ accessType, revocation: { kind: 'any-time' } }));
    }
  });

  it('R-S5 the level may be narrower or wider than was suggested', () => {
    given(requested)
      .when(approve({ level: 'location', selection: ['location-a'] }), facts)
      .then(approved({ ...window72, approvedAt: NOW }, 'location', ['location-a']));
  });

  it('R-A4 accepts the document identity of the giver under subcontractor and on-loan access', () => {
    for (const accessType of ['subcontractor', 'on-loan'] as const) {
      given(requested)
        .when(approve({ accessType, documentIdentity: 'giver' }), facts)
        .then(approvedNow({ accessType, documentIdentity: 'giver', revocation: { kind: 'any-time' } }));
    }
  });

  it('R-A4 refuses it under any other access', () => {
    given(requested)
      .when(approve({ documentIdentity: 'giver' }), facts)
      .thenRefused('impossible', 'document-identity-not-applicable');
    given(requested)
      .when(approve({ accessType: 'operator', documentIdentity: 'giver' }), {
        ...facts,
        requesterKind: 'connect',
      })
      .thenRefused('impossible', 'document-identity-not-applicable');
  });

  it('R-A2 refuses a type the requester cannot receive', () => {
    given(requested)
      .when(approve({ accessType: 'operator' }), facts)
      .thenRefused('impossible', 'access-type-not-receivable');
    for (const accessType of ['installation-manager', 'subcontractor', 'on-loan'] as const) {
      given(requested)
        .when(approve({ accessType }), { ...facts, requesterKind: 'connect' })
        .thenRefused('impossible', 'access-type-not-receivable');
    }
  });

  it('R-A2 at installation level one offender refuses the whole, each named with its reason', () => {
    const leftOut = [
      { installationId: 'i1', code: 'access-type-not-givable' },
      { installationId: 'i3', code: 'already-shared' },
    ] as const;
    expect(refusal([requested], approve(), { ...facts, shareable: 1, leftOut })).toMatchObject({
      kind: 'impossible',
      code: 'selection-not-shareable',
      errors: [
        { pointer: 'i1', code: 'access-type-not-givable' },
        { pointer: 'i3', code: 'already-shared' },
      ],
    });
    given(requested)
      .when(approve(), { ...facts, shareable: 2, leftOut: leftOut.slice(0, 1) })
      .thenRefused('impossible', 'selection-not-shareable');
  });

  it('R-A2 at the other levels offenders are left out, unless nothing remains', () => {
    const leftOut = [{ installationId: 'i1', code: 'requester-above' }] as const;
    const wider = approve({ level: 'customer', selection: ['customer-a'] });
    given(requested)
      .when(wider, { ...facts, shareable: 2, leftOut })
      .then(approved({ ...window72, approvedAt: NOW }, 'customer', ['customer-a']));
    given(requested)
      .when(wider, { ...facts, shareable: 0, leftOut })
      .thenRefused('impossible', 'nothing-to-share');
  });

  it('R-S5 accepts a selection of 1 to 5,000 different entries', () => {
    const selected = (ids: string[]) => given(requested).when(approve({ selection: ids }), facts);
    const many = Array.from({ length: 5000 }, (_, index) => `i${index}`);
    selected(many).then(approved({ ...window72, approvedAt: NOW }, 'installation', many));
    selected([...many, 'more']).thenRefused('impossible', 'selection-size');
    selected([]).thenRefused('impossible', 'selection-size');
    selected(['i1', 'i1']).thenRefused('impossible', 'selection-not-unique');
  });

  it('R-S1 is for the provider, while evaluation is open', () => {
    given(requested).when(approve({}, REQUESTER), facts).thenRefused('conflict', 'not-the-provider');
    given(requested, rejected).when(approve(), facts).thenRefused('conflict', 'share-not-requested');
    given(requested, cancelled).when(approve(), facts).thenRefused('conflict', 'share-not-requested');
  });

  it('changes nothing the second time, and is not changed by another approval', () => {
    const history = [requested, approved()];
    given(...history)
      .when(approve({ documentIdentity: 'performer' }))
      .thenNothing();
    given(...history, started)
      .when(approve())
      .thenNothing();
    given(...history)
      .when(approve({ accessType: 'on-loan' }), facts)
      .thenRefused('conflict', 'share-not-requested');
    given(...history)
      .when(approve({ selection: ['i1'] }), facts)
      .thenRefused('conflict', 'share-not-requested');
  });
});

describe('a refusal', () => {
  it('R-S10 shows a party the status, as it reads it, and what it may do', () => {
    const contextOf = (history: readonly ShareEvent[], command: ShareCommand) =>
      shareRefusalContext(fold(share, share.initial, history), command);
    expect(contextOf([requested], ask(PROVIDER, 'CancelShare'))).toEqual({
      currentStatus: 'to-evaluate',
      allowedActions: ['approve', 'reject'],
    });
    expect(contextOf([requested], ask(REQUESTER, 'RejectShare'))).toEqual({
      currentStatus: 'requested',
      allowedActions: ['cancel'],
    });
    expect(contextOf(available({ terms: anyTime }), ask(PROVIDER, 'RejectShare'))).toEqual({
      currentStatus: 'available',
      allowedActions: ['revoke'],
    });
    expect(contextOf([requested], ask('stranger', 'CancelShare'))).toBeUndefined();
    expect(contextOf([], ask(PROVIDER, 'CancelShare'))).toBeUndefined();
  });

  it('R-S10 for lack of an active connection shows the status of the connection', () => {
    const ended: ConnectionState = { ...active, status: 'ended', endedBy: PROVIDER, revokeShares: false };
    const request = ask(REQUESTER, 'RequestShare', {
      connectionId: active.connectionId,
      name: 'A share',
      suggestedLevel: 'customer',
    });
    expect(refusal([], request, { connection: ended })).toMatchObject({
      code: 'connection-not-active',
      currentStatus: 'ended',
      allowedActions: ['rename'],
    });
  });

  it('R-S10 is not-found for a stranger, whatever the command', () => {
    const commands = [
      ask('stranger', 'CancelShare'),
      ask('stranger', 'RejectShare'),
      ask('stranger', 'ApproveShare', { level: 'customer', selection: ['c'], accessType: 'on-loan' }),
      ask('stranger', 'ProcessShare', { referenceStyle: 'original', installations: [] }),
      ask('stranger', 'FinishShare'),
      ask('stranger', 'RevokeShare'),
    ];
    for (const command of commands) {
      for (const history of [[], [requested], available()]) {
        const refused = refusal(history, command);
        expect(refused).toMatchObject({
          kind: 'not-found',
          code: 'not-found',
          message: 'There is no such share.',
        });
        expect(refused.currentStatus).toBeUndefined();
        expect(refused.allowedActions).toBeUndefined();
      }
    }
  });
});
