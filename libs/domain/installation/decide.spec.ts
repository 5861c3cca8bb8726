import { describe, expect, it } from '@jest/globals';
import { fold } from '#domain/kernel';
import { scenario } from '#domain/kernel/testing';
import { type InstallationFacts, installation, installationRoles } from './decide.ts';
import type { ActivityAdded, InstallationEvent, InstallationMoved, Placement } from './events.ts';
import type { RegisteredInstallation } from './state.ts';
import {
  ask,
  CHILLER,
  company,
  GRANTED,
  give,
  granted,
  NOW,
  placed,
  ROOT,
  registered,
  revokedBy,
  withdrawn,
  workOrder,
} from './testing/index.ts';

const { given } = scenario(installation);

const managed = granted(ROOT, 'polar', 'installation-manager');
const handedOn = granted('polar', 'nordic', 'subcontractor', { parent: 'frost-polar' });
const lent = granted('nordic', 'arctic', 'on-loan', { parent: 'polar-nordic' });
const revoked = withdrawn('polar', 'nordic', revokedBy('polar', 'polar-nordic'));

const archivedBy = (account: string): InstallationEvent => ({
  type: 'InstallationArchived',
  data: { installationId: CHILLER, account },
});
const movedTo = (account: string, placement: Placement): InstallationMoved => ({
  type: 'InstallationMoved',
  data: { installationId: CHILLER, account, placement },
});
const stateAfter = (...events: InstallationEvent[]) =>
  fold(installation, installation.initial, [registered, ...events]) as RegisteredInstallation;

describe('registering', () => {
  const spot = { customerId: `${ROOT}-customer`, locationId: `${ROOT}-location` };
  const data = {
    token: 'T-1',
    locationId: `${ROOT}-location`,
    reference: `${ROOT}-1`,
    brand: 'Daikin',
    refrigerant: 'R-410A',
    chargeKg: 10,
  };

  it('records the root, its properties and its placement (R-A1)', () => {
    given()
      .when(ask(ROOT, 'RegisterInstallation', data), { placement: spot })
      .then(registered);
  });

  it('keeps the building and the customer’s reference where there are any', () => {
    const more = { customerReference: 'AC-7', buildingId: 'hall' };
    given()
      .when(ask(ROOT, 'RegisterInstallation', { ...data, ...more }), {
        placement: { ...spot, buildingId: 'hall' },
      })
      .then({ ...registered, data: { ...registered.data, placement: placed(ROOT, more) } });
  });

  it('stores no invalid serial number, nor one of a component (R-K5)', () => {
    const placeholders = {
      serialNumber: 'onbekend',
      components: [{ name: 'Compressor', serialNumber: '0000' }],
    };
    const properties = { ...registered.data.properties, components: [{ name: 'Compressor' }] };
    given()
      .when(ask(ROOT, 'RegisterInstallation', { ...data, ...placeholders }), { placement: spot })
      .then({ ...registered, data: { ...registered.data, properties } });
  });

  it('twice changes nothing, whatever has happened since and whatever token is offered', () => {
    const changed: InstallationEvent = {
      type: 'InstallationPropertiesChanged',
      data: { installationId: CHILLER, account: ROOT, changes: { brand: 'Carrier' } },
    };
    given(registered, changed, movedTo(ROOT, placed(ROOT, { reference: 'F-2' })))
      .when(ask(ROOT, 'RegisterInstallation', { ...data, token: 'T-2' }), { placement: spot })
      .thenNothing();
  });

  it('refuses another installation under the same id', () => {
    const other = ask(ROOT, 'RegisterInstallation', { ...data, brand: 'Carrier' });
    given(registered).when(other, { placement: spot }).thenRefused('conflict', 'id-in-use');
    const elsewhere = ask(ROOT, 'RegisterInstallation', { ...data, reference: 'F-2' });
    given(registered).when(elsewhere, { placement: spot }).thenRefused('conflict', 'id-in-use');
  });

  it('refuses the id of another account’s installation', () => {
    const others = ask('polar', 'RegisterInstallation', data);
    given(registered).when(others, { placement: spot }).thenRefused('conflict', 'id-in-use');
  });
});

describe('R-G1, R-G2: changing properties and one’s own placement', () => {
  it('every live holder changes what is shared, and only what differs', () => {
    given(registered, managed, handedOn, lent)
      .when(ask('arctic', 'ChangeInstallation', { brand: 'Daikin', chargeKg: null, notes: 'Noisy' }))
      .then({
        type: 'InstallationPropertiesChanged',
        data: { installationId: CHILLER, account: 'arctic', changes: { chargeKg: null, notes: 'Noisy' } },
      });
  });

  it('an invalid serial number clears the one there was (R-K5)', () => {
    const changes = (serialNumber: string | null): InstallationEvent => ({
      type: 'InstallationPropertiesChanged',
      data: { installationId: CHILLER, account: ROOT, changes: { serialNumber } },
    });
    given(registered, changes('S1'))
      .when(ask(ROOT, 'ChangeInstallation', { serialNumber: '-' }))
      .then(changes(null));
    given(registered)
      .when(ask(ROOT, 'ChangeInstallation', { serialNumber: '-' }))
      .thenNothing();
  });

  it('a holder moves its own placement, nobody else’s', () => {
    const hall = { customerId: 'c2', locationId: 'l2', buildingId: 'hall' };
    const moved = movedTo('polar', { ...hall, reference: 'polar-1' });
    given(registered, managed)
      .when(ask('polar', 'ChangeInstallation', { buildingId: 'hall' }), { placement: hall })
      .then(moved);

    expect(stateAfter(managed, moved).placements[ROOT]?.placement).toStrictEqual(placed(ROOT));
  });

  it('leaving a building for a location leaves no building behind', () => {
    const inHall = movedTo(ROOT, placed(ROOT, { buildingId: 'hall' }));
    given(registered, inHall)
      .when(ask(ROOT, 'ChangeInstallation', { locationId: 'yard' }), {
        placement: { customerId: 'c2', locationId: 'yard' },
      })
      .then(movedTo(ROOT, placed(ROOT, { customerId: 'c2', locationId: 'yard' })));
  });

  it('references change without a move, and can be cleared', () => {
    given(registered)
      .when(ask(ROOT, 'ChangeInstallation', { reference: 'F-2', customerReference: 'AC-7' }))
      .then(movedTo(ROOT, placed(ROOT, { reference: 'F-2', customerReference: 'AC-7' })));
    given(registered, movedTo(ROOT, placed(ROOT, { customerReference: 'AC-7' })))
      .when(ask(ROOT, 'ChangeInstallation', { customerReference: null }))
      .then(movedTo(ROOT, placed(ROOT)));
  });

  it('what a change does not name stays as it was', () => {
    given(registered, movedTo(ROOT, placed(ROOT, { customerReference: 'AC-7' })))
      .when(ask(ROOT, 'ChangeInstallation', { reference: 'F-2' }))
      .then(movedTo(ROOT, placed(ROOT, { reference: 'F-2', customerReference: 'AC-7' })));
  });

  it('one command may do both', () => {
    given(registered)
      .when(ask(ROOT, 'ChangeInstallation', { brand: 'Carrier', reference: 'F-2' }))
      .then(
        {
          type: 'InstallationPropertiesChanged',
          data: { installationId: CHILLER, account: ROOT, changes: { brand: 'Carrier' } },
        },
        movedTo(ROOT, placed(ROOT, { reference: 'F-2' })),
      );
  });

  it('twice changes nothing', () => {
    const again = ask(ROOT, 'ChangeInstallation', {
      brand: 'Daikin',
      notes: null,
      locationId: `${ROOT}-location`,
      reference: `${ROOT}-1`,
      customerReference: null,
    });
    given(registered)
      .when(again, { placement: placed(ROOT) })
      .thenNothing();
  });

  it('a former holder changes nothing (R-V5); a stranger learns nothing (R-S10)', () => {
    const history = [registered, managed, handedOn, revoked] as const;
    given(...history)
      .when(ask('nordic', 'ChangeInstallation', { brand: 'Carrier' }))
      .thenRefused('conflict', 'access-withdrawn');
    given(...history)
      .when(ask('stranger', 'ChangeInstallation', { brand: 'Carrier' }))
      .thenRefused('not-found', 'not-found');
    given()
      .when(ask(ROOT, 'ChangeInstallation', { brand: 'Carrier' }))
      .thenRefused('not-found', 'not-found');
  });
});

describe('R-G1: archiving in one’s own account', () => {
  it('has no effect elsewhere', () => {
    given(registered, managed)
      .when(ask('polar', 'ArchiveInstallation', {}))
      .then(archivedBy('polar'));

    const { placements } = stateAfter(managed, archivedBy('polar'));
    expect(placements.polar?.archived).toBe(true);
    expect(placements[ROOT]?.archived).toBe(false);
  });

  it('is undone by restoring', () => {
    const restored: InstallationEvent = {
      type: 'InstallationRestored',
      data: { installationId: CHILLER, account: ROOT },
    };
    given(registered, archivedBy(ROOT))
      .when(ask(ROOT, 'RestoreInstallation', {}))
      .then(restored);
    expect(stateAfter(archivedBy(ROOT), restored).placements[ROOT]?.archived).toBe(false);
  });

  it('twice changes nothing', () => {
    given(registered, archivedBy(ROOT))
      .when(ask(ROOT, 'ArchiveInstallation', {}))
      .thenNothing();
    given(registered)
      .when(ask(ROOT, 'RestoreInstallation', {}))
      .thenNothing();
  });

  it.each(['ArchiveInstallation', 'RestoreInstallation'] as const)('%s needs access', (type) => {
    const history = [registered, managed, handedOn, revoked] as const;
    given(...history)
      .when(ask('nordic', type, {}))
      .thenRefused('conflict', 'access-withdrawn');
    given(...history)
      .when(ask('stranger', type, {}))
      .thenRefused('not-found', 'not-found');
  });
});

describe('the logbook', () => {
  const note = { kind: 'note', performedOn: '2026-03-02', summary: 'Filter is dirty' } as const;
  const added = (account: string): ActivityAdded => ({
    type: 'ActivityAdded',
    data: { installationId: CHILLER, activityId: 'a-1', account, activity: note },
  });
  const removed = (account: string): InstallationEvent => ({
    type: 'ActivityRemoved',
    data: { installationId: CHILLER, activityId: 'a-1', account },
  });
  const issuedBy = (account: string): InstallationFacts => ({
    issuer: { account, company: company(account) },
  });
  const activityId = '0198c0de-0000-7000-8000-00000abc0001';
  const issued = (account: string, by: string): ActivityAdded => ({
    type: 'ActivityAdded',
    data: {
      installationId: CHILLER,
      activityId,
      account,
      activity: workOrder,
      document: { number: 'WO-00000ABC0001', issuedAt: NOW, issuedBy: company(by) },
    },
  });

  it('every live holder adds to it (R-G1)', () => {
    given(registered, managed, handedOn, lent)
      .when(ask('arctic', 'AddActivity', { activityId: 'a-1', ...note }))
      .then(added('arctic'));
  });

  it('R-A4: a work order’s document carries its performer’s details', () => {
    given(registered, managed)
      .when(ask('polar', 'AddActivity', { activityId, ...workOrder }), issuedBy('polar'))
      .then(issued('polar', 'polar'));
  });

  it('R-A4: or its giver’s, where the grant says so; the performer’s are not accepted for them', () => {
    const asGiver = granted('polar', 'nordic', 'subcontractor', {
      parent: 'frost-polar',
      documentIdentity: 'giver',
    });
    given(registered, managed, asGiver)
      .when(ask('nordic', 'AddActivity', { activityId, ...workOrder }), issuedBy('polar'))
      .then(issued('nordic', 'polar'));
    const wrong = () =>
      installation.decide(
        ask('nordic', 'AddActivity', { activityId, ...workOrder }),
        stateAfter(managed, asGiver),
        issuedBy('nordic'),
      );
    expect(wrong).toThrow('company details');
  });

  it('R-A4: changing a work order leaves its document as it was issued', () => {
    given(registered, managed, issued('polar', 'polar'))
      .when(ask('polar', 'ChangeActivity', { activityId, summary: 'No leaks', leakFound: false }))
      .then({
        type: 'ActivityChanged',
        data: {
          installationId: CHILLER,
          activityId,
          account: 'polar',
          changes: { summary: 'No leaks', leakFound: false },
        },
      });
  });

  it('adding the same twice changes nothing; the id of another or a removed activity is refused', () => {
    const again = (account: string) => ask(account, 'AddActivity', { activityId: 'a-1', ...note });
    given(registered, added(ROOT)).when(again(ROOT)).thenNothing();
    given(registered, managed, added(ROOT)).when(again('polar')).thenRefused('conflict', 'id-in-use');
    given(registered, added(ROOT), removed(ROOT)).when(again(ROOT)).thenRefused('conflict', 'id-in-use');
  });

  it('R-G2: its author changes or removes an activity, nobody else, not even the root', () => {
    given(registered, managed, added('polar'))
      .when(ask('polar', 'RemoveActivity', { activityId: 'a-1' }))
      .then(removed('polar'));
    for (const command of [
      ask(ROOT, 'ChangeActivity', { activityId: 'a-1', summary: 'Clean' }),
      ask(ROOT, 'RemoveActivity', { activityId: 'a-1' }),
    ]) {
      given(registered, managed, added('polar')).when(command).thenRefused('conflict', 'not-your-activity');
    }
  });

  it('changing or removing twice changes nothing', () => {
    given(registered, added(ROOT))
      .when(ask(ROOT, 'ChangeActivity', { activityId: 'a-1', summary: note.summary, performedBy: null }))
      .thenNothing();
    const changed: InstallationEvent = {
      type: 'ActivityChanged',
      data: { installationId: CHILLER, activityId: 'a-1', account: ROOT, changes: { summary: 'Clean' } },
    };
    given(registered, added(ROOT), changed)
      .when(ask(ROOT, 'ChangeActivity', { activityId: 'a-1', summary: 'Clean' }))
      .thenNothing();
    given(registered, added(ROOT), removed(ROOT))
      .when(ask(ROOT, 'RemoveActivity', { activityId: 'a-1' }))
      .thenNothing();
  });

  it('what does not exist, or was removed, is not found', () => {
    given(registered)
      .when(ask(ROOT, 'RemoveActivity', { activityId: 'a-9' }))
      .thenRefused('not-found', 'not-found');
    given(registered, added(ROOT), removed(ROOT))
      .when(ask(ROOT, 'ChangeActivity', { activityId: 'a-1', summary: 'Clean' }))
      .thenRefused('not-found', 'not-found');
  });

  it('R-V5: after its access has ended, an author alters nothing of its own either', () => {
    const history = [registered, managed, handedOn, added('nordic'), revoked] as const;
    for (const command of [
      ask('nordic', 'AddActivity', { activityId: 'a-2', ...note }),
      ask('nordic', 'ChangeActivity', { activityId: 'a-1', summary: 'Clean' }),
      ask('nordic', 'RemoveActivity', { activityId: 'a-1' }),
    ]) {
      given(...history)
        .when(command)
        .thenRefused('conflict', 'access-withdrawn');
    }
    expect(stateAfter(...history.slice(1)).logbook).toMatchObject([{ status: 'kept', account: 'nordic' }]);
  });

  it('R-S10: a stranger learns nothing', () => {
    for (const command of [
      ask('stranger', 'AddActivity', { activityId: 'a-1', ...note }),
      ask('stranger', 'ChangeActivity', { activityId: 'a-1', summary: 'Clean' }),
      ask('stranger', 'RemoveActivity', { activityId: 'a-1' }),
    ]) {
      given(registered, added(ROOT)).when(command).thenRefused('not-found', 'not-found');
    }
  });
});

describe('granting access', () => {
  it.each(['operator', 'installation-manager', 'subcontractor', 'on-loan'] as const)(
    'R-A1: the root gives %s',
    (type) => {
      given(registered)
        .when(give(ROOT, 'polar', type))
        .then(granted(ROOT, 'polar', type));
    },
  );

  it('R-A2: a holder gives on what its own access allows, from that grant', () => {
    given(registered, managed)
      .when(give('polar', 'nordic', 'subcontractor'))
      .then(handedOn);
    given(registered, managed, handedOn)
      .when(give('nordic', 'arctic', 'on-loan'))
      .then(lent);
  });

  it('R-A2: and nothing beyond it', () => {
    given(registered, managed, handedOn)
      .when(give('nordic', 'arctic', 'installation-manager'))
      .thenRefused('conflict', 'access-type-not-givable');
    given(registered, managed, handedOn, lent)
      .when(give('arctic', 'boreal', 'on-loan'))
      .thenRefused('conflict', 'access-type-not-givable');
  });

  it('R-A5: from the strongest of several grants', () => {
    given(
      registered,
      managed,
      granted(ROOT, 'boreal', 'on-loan'),
      granted('polar', 'boreal', 'subcontractor'),
    )
      .when(give('boreal', 'arctic', 'subcontractor'))
      .then(granted('boreal', 'arctic', 'subcontractor', { parent: 'polar-boreal' }));
  });

  it('R-A3: not twice from the same giver, once the first is live', () => {
    given(registered, managed)
      .when(give(ROOT, 'polar', 'on-loan', { grantId: 'second' }))
      .thenRefused('conflict', 'already-shared');
  });

  it('R-A3: not to the root, nor to whom the giver holds its own access through', () => {
    given(registered, managed)
      .when(give('polar', ROOT, 'on-loan'))
      .thenRefused('conflict', 'requester-above');
    given(registered, managed, handedOn)
      .when(give('nordic', 'polar', 'subcontractor'))
      .thenRefused('conflict', 'requester-above');
  });

  it('not by an account whose own access has ended since it approved', () => {
    given(registered, managed, handedOn, revoked)
      .when(give('nordic', 'arctic', 'on-loan'))
      .thenRefused('conflict', 'not-yours');
    given()
      .when(give(ROOT, 'polar', 'on-loan'))
      .thenRefused('not-found', 'not-found');
  });

  it('though the giver has archived it since it approved', () => {
    given(registered, archivedBy(ROOT))
      .when(give(ROOT, 'polar', 'installation-manager'))
      .then(managed);
  });

  it('twice changes nothing, even after the grant has ended', () => {
    given(registered, managed)
      .when(give(ROOT, 'polar', 'installation-manager'))
      .thenNothing();
    given(registered, managed, handedOn, revoked)
      .when(give('polar', 'nordic', 'subcontractor'))
      .thenNothing();
  });

  it('R-P2: a holder that keeps it already gets the new placement', () => {
    const second = granted('polar', 'boreal', 'on-loan', { parent: 'frost-polar' });
    const elsewhere = {
      ...second,
      data: { ...second.data, placement: placed('boreal', { reference: 'B-2' }) },
    };
    const { placements } = stateAfter(
      managed,
      granted(ROOT, 'boreal', 'on-loan'),
      archivedBy('boreal'),
      elsewhere,
    );
    expect(placements.boreal).toStrictEqual({
      placement: placed('boreal', { reference: 'B-2' }),
      archived: false,
    });
  });
});

describe('withdrawing access', () => {
  const withdraw = (giver: string, holder: string) => {
    const grantId = `${giver}-${holder}`;
    const cause = revokedBy(giver, grantId);
    return ask('platform', 'WithdrawAccess', { grantId, shareId: cause.shareId, holder, cause });
  };
  const cascading = (account: string, grantId: string) => ({
    ...revokedBy(account, grantId),
    kind: 'cascade' as const,
  });
  const chain = [
    registered,
    managed,
    handedOn,
    granted('nordic', 'arctic', 'subcontractor', { parent: 'polar-nordic' }),
    granted('arctic', 'boreal', 'on-loan', {
      parent: 'nordic-arctic',
      revocation: { kind: 'window', milliseconds: 1, from: 'placed' },
    }),
  ] as const;

  it('R-V4: takes with it everything given on from it, four levels deep and whatever its own terms', () => {
    const cause = cascading(ROOT, 'frost-polar');
    given(...chain)
      .when(withdraw(ROOT, 'polar'))
      .then(
        withdrawn(ROOT, 'polar', revokedBy(ROOT, 'frost-polar')),
        withdrawn('polar', 'nordic', cause),
        withdrawn('nordic', 'arctic', cause),
        withdrawn('arctic', 'boreal', cause),
      );
  });

  it('R-V4: but nothing above or beside it', () => {
    given(...chain, granted('polar', 'glacier', 'on-loan', { parent: 'frost-polar' }))
      .when(withdraw('nordic', 'arctic'))
      .then(
        withdrawn('nordic', 'arctic', revokedBy('nordic', 'nordic-arctic')),
        withdrawn('arctic', 'boreal', cascading('nordic', 'nordic-arctic')),
      );
  });

  it('R-V4: the reason given goes with the cascade', () => {
    const cause = { ...revokedBy('nordic', 'nordic-arctic'), reason: 'Contract ended' };
    const { grantId, shareId } = cause;
    given(...chain)
      .when(ask('platform', 'WithdrawAccess', { grantId, shareId, holder: 'arctic', cause }))
      .then(
        withdrawn('nordic', 'arctic', cause),
        withdrawn('arctic', 'boreal', { ...cause, kind: 'cascade' }),
      );
  });

  describe('R-V4: through two paths', () => {
    const diamond = [
      registered,
      managed,
      granted(ROOT, 'nordic', 'installation-manager'),
      granted('polar', 'boreal', 'subcontractor', { parent: 'frost-polar' }),
      granted('nordic', 'boreal', 'on-loan', { parent: 'frost-nordic' }),
    ] as const;
    const onePath = [
      withdrawn(ROOT, 'polar', revokedBy(ROOT, 'frost-polar')),
      withdrawn('polar', 'boreal', cascading(ROOT, 'frost-polar')),
    ] as const;

    it('access along the other path remains', () => {
      given(...diamond)
        .when(withdraw(ROOT, 'polar'))
        .then(...onePath);
      expect(stateAfter(...diamond.slice(1), ...onePath).placements.boreal?.archived).toBe(false);
      given(...diamond, ...onePath)
        .when(ask('boreal', 'ArchiveInstallation', {}))
        .then(archivedBy('boreal'));
    });

    it('what was given on from the ended path ends, what the other path allows may be given again', () => {
      const below = granted('boreal', 'arctic', 'subcontractor', { parent: 'polar-boreal' });
      given(...diamond, below)
        .when(withdraw('polar', 'boreal'))
        .then(
          withdrawn('polar', 'boreal', revokedBy('polar', 'polar-boreal')),
          withdrawn('boreal', 'arctic', cascading('polar', 'polar-boreal')),
        );
      given(...diamond, ...onePath)
        .when(give('boreal', 'arctic', 'subcontractor'))
        .thenRefused('conflict', 'access-type-not-givable');
    });

    it('both ended: no access remains', () => {
      given(...diamond, ...onePath)
        .when(withdraw('nordic', 'boreal'))
        .then(withdrawn('nordic', 'boreal', revokedBy('nordic', 'nordic-boreal')));
      given(...diamond, ...onePath, withdrawn('nordic', 'boreal', revokedBy('nordic', 'nordic-boreal')))
        .when(ask('boreal', 'ArchiveInstallation', {}))
        .thenRefused('conflict', 'access-withdrawn');
    });
  });

  it('R-V5: archives the former holder’s placement, and keeps it', () => {
    expect(stateAfter(managed, handedOn, revoked).placements.nordic).toStrictEqual({
      placement: placed('nordic'),
      archived: true,
    });
  });

  it('twice changes nothing', () => {
    given(registered, managed, handedOn, revoked).when(withdraw('polar', 'nordic')).thenNothing();
  });

  it('what was never granted is blocked, once, and never becomes live', () => {
    const blocked: InstallationEvent = {
      type: 'InstallationAccessBlocked',
      data: {
        installationId: CHILLER,
        grantId: 'frost-polar',
        shareId: 'share-frost-polar',
        holder: 'polar',
      },
    };
    given(registered).when(withdraw(ROOT, 'polar')).then(blocked);
    given(registered, blocked).when(withdraw(ROOT, 'polar')).thenNothing();
    given(registered, blocked)
      .when(give(ROOT, 'polar', 'installation-manager'))
      .thenRefused('conflict', 'access-withdrawn');
    given(registered, blocked)
      .when(give(ROOT, 'polar', 'on-loan', { grantId: 'another' }))
      .then(granted(ROOT, 'polar', 'on-loan', { grantId: 'another' }));
    given().when(withdraw(ROOT, 'polar')).thenRefused('not-found', 'not-found');
  });

  describe('R-V7: giving access back', () => {
    const returned = {
      kind: 'returned',
      account: 'nordic',
      shareId: 'share-polar-nordic',
      grantId: 'polar-nordic',
    } as const;
    const giveBack = (account: string, grantId = 'polar-nordic') => ask(account, 'ReturnAccess', { grantId });

    it('has the same effect downward, none on the giver', () => {
      given(registered, managed, handedOn, lent)
        .when(giveBack('nordic'))
        .then(
          withdrawn('polar', 'nordic', returned),
          withdrawn('nordic', 'arctic', { ...returned, kind: 'cascade' }),
        );
    });

    it('is possible after the giver’s window has closed', () => {
      const windowed = granted(ROOT, 'polar', 'installation-manager', {
        revocation: { kind: 'window', milliseconds: 1, from: 'placed' },
        grantedAt: GRANTED,
      });
      const { grantId, shareId } = windowed.data.grant;
      given(registered, windowed)
        .when(giveBack('polar', grantId))
        .then(withdrawn(ROOT, 'polar', { kind: 'returned', account: 'polar', shareId, grantId }));
    });

    it('twice changes nothing', () => {
      given(registered, managed, handedOn, withdrawn('polar', 'nordic', returned))
        .when(giveBack('nordic'))
        .thenNothing();
    });

    it('is for the holder alone: not its giver, the root, a stranger, or for a grant there is not (R-G2)', () => {
      for (const account of ['polar', ROOT, 'arctic', 'stranger']) {
        given(registered, managed, handedOn).when(giveBack(account)).thenRefused('not-found', 'not-found');
      }
      given(registered, managed).when(giveBack('polar', 'none')).thenRefused('not-found', 'not-found');
      given().when(giveBack('polar')).thenRefused('not-found', 'not-found');
    });
  });
});

describe('histories that cannot have happened', () => {
  it.each([
    ['anything before it is registered', [managed]],
    ['registering it twice', [registered, registered]],
  ])('%s is not folded', (_, history) => {
    expect(() => fold(installation, installation.initial, history)).toThrow('cannot follow');
  });
});

describe('roles', () => {
  it('technicians use the logbook, administrators manage access, and only processes record grants', () => {
    const asked = (role: string) =>
      Object.entries(installationRoles).flatMap(([type, roles]) =>
        roles.some((one) => one === role) ? [type] : [],
      );
    expect(asked('technician')).toStrictEqual(['AddActivity', 'ChangeActivity', 'RemoveActivity']);
    expect(asked('manager')).not.toContain('ReturnAccess');
    expect(asked('administrator')).toContain('ReturnAccess');
    expect(asked('system')).toStrictEqual(['GrantAccess', 'ExtendAccess', 'WithdrawAccess']);
  });
});
