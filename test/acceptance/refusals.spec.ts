// Refused actions of a share, with code, current status and allowed actions.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Member } from './client.ts';
import { type Company, ok, placed, processed, refusalOf, type Site, World } from './world.ts';

let world: World;
let giver: Company;
let taker: Company;
let stranger: Company;
let connection: string;
let site: Site;
let place: string;

beforeAll(async () => {
  world = await World.begin();
  giver = await world.company('service', 'Frigo North');
  taker = await world.company('service', 'Cold Hands');
  stranger = await world.company('service', 'Nosy');
  connection = await world.connect(giver, taker);
  site = await giver.addSite(2);
  place = await taker.addLocation(await taker.addCustomer());
});

afterAll(() => world.end());

/** Creates a share in each status. */
const inStatus = {
  requested: () => taker.request(connection),
  rejected: async () => {
    const share = await taker.request(connection);
    await ok(giver.administrator.post(`/v1/shares/${share}/reject`));
    return share;
  },
  cancelled: async () => {
    const share = await taker.request(connection);
    await ok(taker.administrator.post(`/v1/shares/${share}/cancel`));
    return share;
  },
  available: async () => {
    const { installations } = await giver.addSite(2);
    return give(installations);
  },
  processed: async () => {
    const { installations } = await giver.addSite(2);
    const share = await give(installations);
    await taker.take(share, place);
    return share;
  },
  revoked: async () => {
    const { installations } = await giver.addSite(2);
    const share = await give(installations);
    await ok(giver.administrator.post(`/v1/shares/${share}/revoke`));
    return share;
  },
};
type Status = keyof typeof inStatus;

function give(selection: readonly string[]): Promise<string> {
  return world.give(giver, taker, connection, {
    level: 'installation',
    selection,
    accessType: 'subcontractor',
  });
}

const approval = () => ({
  level: 'installation',
  selection: site.installations,
  accessType: 'subcontractor',
});
const step = () => ({
  referenceStyle: 'original',
  installations: site.installations.map((installationId) => ({
    installationId,
    target: { locationId: place },
  })),
});

type Action = 'approve' | 'reject' | 'cancel' | 'process' | 'finish' | 'revoke';
const bodies: Readonly<Record<Action, () => object>> = {
  approve: approval,
  reject: () => ({}),
  cancel: () => ({}),
  process: step,
  finish: () => ({}),
  revoke: () => ({}),
};
const providers: readonly Action[] = ['approve', 'reject', 'revoke'];

const attempt = (member: Member, share: string, action: Action) =>
  refusalOf(member.post(`/v1/shares/${share}/${action}`, bodies[action]()));

describe('an action that the status does not allow is refused, with the allowed ones (R-S10)', () => {
  const ALLOWED: Readonly<Record<Status, { readonly giver: Action[]; readonly taker: Action[] }>> = {
    requested: { giver: ['approve', 'reject'], taker: ['cancel'] },
    rejected: { giver: [], taker: [] },
    cancelled: { giver: [], taker: [] },
    available: { giver: ['revoke'], taker: ['process', 'finish'] },
    processed: { giver: ['revoke'], taker: [] },
    revoked: { giver: [], taker: [] },
  };
  const CODE: Readonly<Record<Action, string>> = {
    approve: 'share-not-requested',
    reject: 'share-not-requested',
    cancel: 'share-not-requested',
    process: 'share-not-available',
    finish: 'share-not-available',
    revoke: 'share-not-approved',
  };
  /** Actions done before: repeating them changes nothing and is not refused. */
  const REPEATED: Partial<Record<Status, Action>> = {
    rejected: 'reject',
    cancelled: 'cancel',
    processed: 'finish',
    revoked: 'revoke',
  };

  it.each(Object.keys(ALLOWED) as Status[])('when it is %s', async (status) => {
    const share = await inStatus[status]();
    const allowed = ALLOWED[status];
    for (const action of Object.keys(bodies) as Action[]) {
      const side = providers.includes(action) ? 'giver' : 'taker';
      if (allowed[side].includes(action) || REPEATED[status] === action) continue;
      const asker = side === 'giver' ? giver : taker;
      const currentStatus = status === 'requested' && side === 'giver' ? 'to-evaluate' : status;
      expect({ action, ...(await attempt(asker.administrator, share, action)) }).toEqual({
        action,
        status: 409,
        code: CODE[action],
        currentStatus,
        allowedActions: allowed[side],
      });
    }
  });

  it('and repeating a completed action is answered as the first time', async () => {
    const share = await inStatus.rejected();
    const again = await giver.administrator.post(`/v1/shares/${share}/reject`);
    expect(again).toMatchObject({ status: 200, body: { id: share, revision: 1 } });
  });
});

describe('an action of the other side is refused', () => {
  it.each<[Action, string, Status]>([
    ['approve', 'not-the-provider', 'requested'],
    ['reject', 'not-the-provider', 'requested'],
    ['cancel', 'not-the-requester', 'requested'],
    ['process', 'not-the-requester', 'available'],
    ['finish', 'not-the-requester', 'available'],
    ['revoke', 'not-the-giver', 'available'],
  ])('%s: %s (R-S10)', async (action, code, status) => {
    const share = await inStatus[status]();
    const wrong = providers.includes(action) ? taker : giver;
    const refused = await attempt(wrong.administrator, share, action);
    const { status: currentStatus, allowedActions } = await wrong.share(share);
    expect(refused).toEqual({ status: 409, code, currentStatus, allowedActions });
  });
});

describe('an action of another role is refused, with what this role may do (R-S10)', () => {
  /** The status and allowed actions of the share in the member's own view. */
  const shareStatus = async (member: Member, share: string) => {
    const view = await ok(member.get(`/v1/shares/${share}`));
    return { currentStatus: view.status, allowedActions: view.allowedActions };
  };

  it.each<[Action, Status]>([
    ['approve', 'requested'],
    ['reject', 'requested'],
    ['cancel', 'requested'],
    ['revoke', 'available'],
  ])('%s requires an administrator', async (action, status) => {
    const share = await inStatus[status]();
    const { manager, technician } = providers.includes(action) ? giver : taker;
    for (const member of [manager, technician]) {
      const refused = await attempt(member, share, action);
      expect(refused).toEqual({
        status: 403,
        code: 'role-not-allowed',
        ...(await shareStatus(member, share)),
      });
    }
  });

  it.each<Action>(['process', 'finish'])('%s requires a manager or an administrator', async (action) => {
    const share = await inStatus.available();
    const refused = await attempt(taker.technician, share, action);
    expect(refused).toEqual({
      status: 403,
      code: 'role-not-allowed',
      currentStatus: 'available',
      allowedActions: [],
    });
  });

  it('a request requires an administrator', async () => {
    const body = { connectionId: connection, name: 'Mine', suggestedLevel: 'customer' };
    const refused = await refusalOf(taker.manager.post('/v1/shares', body));
    expect(refused).toEqual({ status: 403, code: 'role-not-allowed' });
  });
});

describe('a stranger learns nothing (R-S10)', () => {
  it('in whatever role it asks', async () => {
    const share = await inStatus.available();
    const asked = [share, crypto.randomUUID()].map((id) => attempt(stranger.technician, id, 'approve'));
    for (const refused of await Promise.all(asked)) {
      expect(refused).toEqual({ status: 403, code: 'role-not-allowed' });
    }
  });

  it('of a share: existing and unknown ones are answered alike', async () => {
    const share = await inStatus.available();
    const nothing = crypto.randomUUID();
    for (const action of Object.keys(bodies) as Action[]) {
      const found = await stranger.administrator.post(`/v1/shares/${share}/${action}`, bodies[action]());
      const missing = await stranger.administrator.post(`/v1/shares/${nothing}/${action}`, bodies[action]());
      expect(found.status).toBe(404);
      expect(found.body).toEqual(missing.body);
    }
    for (const path of ['', '/package', '/plan']) {
      const found = await stranger.administrator.get(`/v1/shares/${share}${path}`);
      const missing = await stranger.administrator.get(`/v1/shares/${nothing}${path}`);
      expect(found.status).toBe(404);
      expect(found.body).toEqual(missing.body);
    }
  });

  it('of a connection: it cannot request a share over it (R-C3)', async () => {
    const body = { connectionId: connection, name: 'Mine', suggestedLevel: 'customer' };
    const refused = await refusalOf(stranger.administrator.post('/v1/shares', body));
    expect(refused).toEqual({ status: 404, code: 'not-found' });
  });
});

describe('a request', () => {
  it('needs a connection that is active (R-C3)', async () => {
    const pending = await ok(giver.administrator.post('/v1/connections', { label: 'To whom?' }));
    const body = { connectionId: pending.id, name: 'Mine', suggestedLevel: 'customer' };
    const refused = await refusalOf(giver.administrator.post('/v1/shares', body));
    expect(refused).toEqual({
      status: 409,
      code: 'connection-not-active',
      currentStatus: 'pending',
      allowedActions: ['rename', 'reissue', 'cancel'],
    });
  });

  it.each([
    ['no name', { name: '' }, '/name'],
    ['a name of more than 200 characters', { name: 'n'.repeat(201) }, '/name'],
    ['an explanation of more than 2,000', { explanation: 'e'.repeat(2_001) }, '/explanation'],
    ['an unknown level', { suggestedLevel: 'building' }, '/suggestedLevel'],
  ])('with %s is malformed (R-S2)', async (_, fault, pointer) => {
    const body = { connectionId: connection, name: 'Mine', suggestedLevel: 'customer', ...fault };
    const { status, body: problem } = await taker.administrator.post('/v1/shares', body);
    expect(status).toBe(400);
    expect(problem).toMatchObject({ code: 'invalid-command', errors: [{ pointer }] });
  });
});

describe('an approval', () => {
  let requested: string;
  beforeAll(async () => {
    requested = await taker.request(connection);
  });
  const shareStatus = { currentStatus: 'to-evaluate', allowedActions: ['approve', 'reject'] };
  const approving = (changes: object) =>
    refusalOf(giver.administrator.post(`/v1/shares/${requested}/approve`, { ...approval(), ...changes }));

  it('of a type the receiver cannot hold is refused (R-A1)', async () => {
    expect(await approving({ accessType: 'operator' })).toEqual({
      status: 422,
      code: 'access-type-not-receivable',
      ...shareStatus,
    });
  });

  it('with a document identity the type does not offer is refused (R-A4)', async () => {
    const refused = await approving({ accessType: 'installation-manager', documentIdentity: 'giver' });
    expect(refused).toEqual({ status: 422, code: 'document-identity-not-applicable', ...shareStatus });
  });

  it("of another account's objects is refused", async () => {
    const foreign = await taker.addSite(1);
    for (const [level, id] of [
      ['installation', foreign.installations[0]],
      ['location', foreign.location],
      ['customer', foreign.customer],
    ]) {
      const refused = await approving({ level, selection: [id] });
      expect({ level, ...refused }).toMatchObject({ level, status: 422 });
    }
  });

  it('of nothing that can be shared is refused (R-A2)', async () => {
    const empty = await giver.addCustomer();
    expect(await approving({ level: 'customer', selection: [empty] })).toEqual({
      status: 422,
      code: 'nothing-to-share',
      ...shareStatus,
    });
  });

  it('at installation level is refused as a whole for one ineligible installation, which it names (R-A2, R-A3)', async () => {
    const { installations } = await giver.addSite(2);
    const [held, free] = installations as [string, string];
    const share = await give([held]);
    await taker.take(share, place);
    const answer = await giver.administrator.post(`/v1/shares/${requested}/approve`, {
      ...approval(),
      selection: [held, free],
    });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      code: 'selection-not-shareable',
      errors: [{ pointer: held, code: 'already-shared' }],
      ...shareStatus,
    });
  });

  it('that is refused records nothing (R-S10)', async () => {
    const { status, revision } = await taker.share(requested);
    expect({ status, revision }).toEqual({ status: 'requested', revision: 0 });
  });
});

describe('reject and cancel', () => {
  it('rejecting ends the share with its reason, and a new request may be made (R-S4)', async () => {
    const share = await taker.request(connection);
    await ok(giver.administrator.post(`/v1/shares/${share}/reject`, { reason: 'Not before May.' }));
    for (const party of [giver, taker]) {
      expect(await party.share(share)).toMatchObject({
        status: 'rejected',
        reason: 'Not before May.',
        allowedActions: [],
      });
    }
    expect(await taker.share(await taker.request(connection))).toMatchObject({ status: 'requested' });
  });

  it('cancelling ends it as well, for both', async () => {
    const share = await taker.request(connection);
    await ok(taker.administrator.post(`/v1/shares/${share}/cancel`));
    for (const party of [giver, taker]) {
      expect(await party.share(share)).toMatchObject({ status: 'cancelled', allowedActions: [] });
    }
  });
});

describe('finishing', () => {
  it('declines the remaining items, which give no access (R-S9, R-P4)', async () => {
    const { installations } = await giver.addSite(3);
    const share = await give(installations);
    await taker.takeSome(share, place, installations.slice(0, 1));
    await placed(taker, share, 1);
    await ok(taker.manager.post(`/v1/shares/${share}/finish`));
    const view = await processed(giver, share);
    expect(view.items).toEqual({ total: 3, offered: 0, placed: 1, declined: 2, withdrawn: 0 });
    const refused = await refusalOf(taker.administrator.get(`/v1/installations/${installations[1]}`));
    expect(refused).toEqual({ status: 404, code: 'not-found' });
  });
});
