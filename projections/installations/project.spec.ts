import { describe, expect, it } from '@jest/globals';
import type { AccessType, Grant, Placement, RevocationTerms } from '#domain/installation';
import { recorder, Views } from '../testing.ts';
import {
  accountInstallations,
  givenOn,
  installationCounts,
  installations,
  installationsProjection,
  propertiesFor,
  readableRevision,
} from './index.ts';

const hours = 3_600_000;
const stream = 'installation-i';
const placedAt = '2026-03-10T09:00:00.000Z';

function placement(account: string, reference: string): Placement {
  return { customerId: `${account}-customer`, locationId: `${account}-location`, reference };
}

function grant(giver: string, holder: string, accessType: AccessType, parent?: string): Grant {
  const revocation: RevocationTerms =
    accessType === 'subcontractor' || accessType === 'on-loan'
      ? { kind: 'any-time' }
      : { kind: 'window', milliseconds: 72 * hours, from: 'placed' };
  return {
    grantId: `${giver}>${holder}`,
    giver,
    holder,
    ...(parent && { parent }),
    shareId: `share-${giver}-${holder}`,
    accessType,
    documentIdentity: 'performer',
    revocation,
    approvedAt: '2026-03-09T09:00:00.000Z',
    grantedAt: placedAt,
  };
}

/** An installation of `a` that `a` gives to `b`, and `b` to `c`. */
function story() {
  const record = recorder();
  const registered = record(
    stream,
    {
      type: 'InstallationRegistered',
      data: {
        installationId: 'i',
        account: 'a',
        token: 'T-1',
        properties: { brand: 'Daikin', serialNumber: 'SN 12/3', notes: 'on the roof' },
        placement: { ...placement('a', 'A-1'), buildingId: 'a-building', customerReference: 'K-9' },
      },
    },
    { at: '2026-03-01T09:00:00.000Z' },
  );
  const granted = (given: Grant, reference: string) =>
    record(stream, {
      type: 'InstallationAccessGranted',
      data: { installationId: 'i', grant: given, placement: placement(given.holder, reference) },
    });
  const withdrawn = (given: Grant, kind: 'revoked' | 'cascade', withdrawnAt: string) =>
    record(stream, {
      type: 'InstallationAccessWithdrawn',
      data: {
        installationId: 'i',
        grantId: given.grantId,
        shareId: given.shareId,
        giver: given.giver,
        holder: given.holder,
        cause: { kind, account: 'a', shareId: 'share-a-b', grantId: 'a>b' },
        withdrawnAt,
      },
    });
  const changed = (brand: string) =>
    record(stream, {
      type: 'InstallationPropertiesChanged',
      data: { installationId: 'i', account: 'a', changes: { brand } },
    });
  return { record, registered, granted, withdrawn, changed };
}

describe('the installations view', () => {
  it('shows the account that registered it as its root', () => {
    const { registered } = story();
    const views = new Views(installationsProjection).apply(registered);
    expect(views.all(accountInstallations)).toStrictEqual([
      {
        id: 'i:a',
        installationId: 'i',
        account: 'a',
        token: 'T-1',
        placement: { ...placement('a', 'A-1'), buildingId: 'a-building', customerReference: 'K-9' },
        archived: false,
        access: { kind: 'root', since: '2026-03-01T09:00:00.000Z' },
        properties: { brand: 'Daikin', serialNumber: 'SN 12/3' },
      },
    ]);
    expect(views.get(installations, 'i')).toMatchObject({ revision: 0, frozen: {} });
  });

  it('gives every holder a row of its own, with its giver and until when that one may revoke (R-V2)', () => {
    const { registered, granted } = story();
    const views = new Views(installationsProjection).apply(
      registered,
      granted(grant('a', 'b', 'installation-manager'), 'B-1'),
      granted(grant('b', 'c', 'on-loan', 'a>b'), 'C-1'),
    );
    expect(views.get(accountInstallations, 'i:b')).toMatchObject({
      placement: placement('b', 'B-1'),
      access: {
        kind: 'live',
        type: 'installation-manager',
        via: 'a',
        shareId: 'share-a-b',
        since: placedAt,
        revocableUntil: '2026-03-13T09:00:00.000Z',
      },
    });
    expect(views.get(accountInstallations, 'i:c')?.access).toStrictEqual({
      kind: 'live',
      type: 'on-loan',
      via: 'b',
      shareId: 'share-b-c',
      grantId: 'b>c',
      since: placedAt,
      revocableUntil: 'any-time',
    });
  });

  it('finds what was given on from a share, however far and also when it has ended (R-V4)', () => {
    const { registered, granted, withdrawn } = story();
    const last = grant('c', 'd', 'on-loan', 'b>c');
    const views = new Views(installationsProjection).apply(
      registered,
      granted(grant('a', 'b', 'installation-manager'), 'B-1'),
    );
    expect(views.all(givenOn)).toStrictEqual([]);
    views.apply(
      granted(grant('b', 'c', 'installation-manager', 'a>b'), 'C-1'),
      granted(last, 'D-1'),
      withdrawn(last, 'cascade', placedAt),
    );
    expect(views.find(givenOn, 'by-share', ['share-a-b'])).toStrictEqual(['share-a-b:i']);
    expect(views.find(givenOn, 'by-share', ['share-b-c'])).toStrictEqual(['share-b-c:i']);
    expect(views.find(givenOn, 'by-share', ['share-c-d'])).toStrictEqual([]);
  });

  it('counts what each account keeps, by how it has access', () => {
    const { registered, granted, withdrawn } = story();
    const given = grant('a', 'b', 'on-loan');
    const views = new Views(installationsProjection).apply(registered, granted(given, 'B-1'));
    expect(views.get(installationCounts, 'a')?.amounts).toStrictEqual({ root: 1 });
    expect(views.get(installationCounts, 'b')?.amounts).toStrictEqual({ 'on-loan': 1 });
    views.apply(withdrawn(given, 'revoked', placedAt));
    expect(views.get(installationCounts, 'b')?.amounts).toStrictEqual({ former: 1 });
  });

  it('shows a change of properties to all, and a placement or archive to its own account alone (R-G1, R-G2)', () => {
    const { record, registered, granted, changed } = story();
    const views = new Views(installationsProjection).apply(
      registered,
      granted(grant('a', 'b', 'subcontractor'), 'B-1'),
      changed('Mitsubishi'),
      record(stream, {
        type: 'InstallationMoved',
        data: { installationId: 'i', account: 'b', placement: placement('b', 'B-2') },
      }),
      record(stream, { type: 'InstallationArchived', data: { installationId: 'i', account: 'a' } }),
    );
    const [a, b] = [views.get(accountInstallations, 'i:a'), views.get(accountInstallations, 'i:b')];
    expect([a?.properties.brand, b?.properties.brand]).toStrictEqual(['Mitsubishi', 'Mitsubishi']);
    expect([a?.placement.reference, b?.placement.reference]).toStrictEqual(['A-1', 'B-2']);
    expect([a?.archived, b?.archived]).toStrictEqual([true, false]);
    views.apply(
      record(stream, { type: 'InstallationRestored', data: { installationId: 'i', account: 'a' } }),
    );
    expect(views.get(accountInstallations, 'i:a')?.archived).toBe(false);
  });

  it('freezes a former holder at the withdrawal: archived, nothing later visible (R-V5)', () => {
    const { registered, granted, withdrawn, changed } = story();
    const given = grant('a', 'b', 'subcontractor');
    const views = new Views(installationsProjection).apply(
      registered,
      granted(given, 'B-1'),
      withdrawn(given, 'revoked', '2026-03-20T09:00:00.000Z'),
      changed('Mitsubishi'),
    );
    expect(views.get(accountInstallations, 'i:b')).toMatchObject({
      archived: true,
      properties: { brand: 'Daikin' },
      access: {
        kind: 'former',
        type: 'subcontractor',
        via: 'a',
        endedAt: '2026-03-20T09:00:00.000Z',
        readableRevision: 2,
      },
    });
    expect(views.get(accountInstallations, 'i:a')?.properties.brand).toBe('Mitsubishi');
    const document = views.get(installations, 'i');
    if (document === undefined) throw new Error('There is no document.');
    expect([propertiesFor(document, 'b').brand, readableRevision(document, 'b')]).toStrictEqual([
      'Daikin',
      2,
    ]);
    expect(readableRevision(document, 'a')).toBe(document.revision);
  });

  it('shows the installation of today again when access comes back', () => {
    const { registered, granted, withdrawn, changed } = story();
    const first = grant('a', 'b', 'subcontractor');
    const again = { ...first, grantId: 'again', shareId: 'share-2' };
    const views = new Views(installationsProjection).apply(
      registered,
      granted(first, 'B-1'),
      withdrawn(first, 'revoked', '2026-03-20T09:00:00.000Z'),
      changed('Mitsubishi'),
      granted(again, 'B-2'),
    );
    expect(views.get(accountInstallations, 'i:b')).toMatchObject({
      archived: false,
      placement: { reference: 'B-2' },
      properties: { brand: 'Mitsubishi' },
      access: { kind: 'live', grantId: 'again' },
    });
    expect(views.get(installations, 'i')?.frozen).toStrictEqual({});
  });

  it('freezes no one who keeps access along another path (R-V4, R-A5)', () => {
    const { registered, granted, withdrawn, changed } = story();
    const first = grant('a', 'b', 'installation-manager');
    const other = { ...grant('a', 'b', 'on-loan'), grantId: 'other' };
    const views = new Views(installationsProjection).apply(
      registered,
      granted(first, 'B-1'),
      granted(other, 'B-1'),
      withdrawn(first, 'revoked', '2026-03-10T10:00:00.000Z'),
      changed('Mitsubishi'),
    );
    expect(views.get(accountInstallations, 'i:b')).toMatchObject({
      archived: false,
      properties: { brand: 'Mitsubishi' },
      access: { kind: 'live', type: 'on-loan', grantId: 'other' },
    });
  });

  it('advances its revision with the logbook, but not for a former holder (R-V5)', () => {
    const { record, registered, granted, withdrawn } = story();
    const given = grant('a', 'b', 'subcontractor');
    const views = new Views(installationsProjection).apply(
      registered,
      granted(given, 'B-1'),
      withdrawn(given, 'revoked', '2026-03-20T09:00:00.000Z'),
    );
    const before = views.get(accountInstallations, 'i:b');
    views.apply(
      record(stream, {
        type: 'ActivityAdded',
        data: {
          installationId: 'i',
          activityId: 'v',
          account: 'a',
          activity: { kind: 'note', performedOn: '2026-03-21', summary: 'Noise' },
        },
      }),
    );
    expect(views.get(installations, 'i')?.revision).toBe(3);
    expect(views.get(accountInstallations, 'i:b')).toStrictEqual(before);
  });

  it('finds by place, access, reference, serial number and token; what is archived comes last', () => {
    const { record, registered } = story();
    const second = record('installation-j', {
      type: 'InstallationRegistered',
      data: {
        installationId: 'j',
        account: 'a',
        token: 'T-2',
        properties: {},
        placement: placement('a', 'A-0'),
      },
    });
    const archived = record('installation-j', {
      type: 'InstallationArchived',
      data: { installationId: 'j', account: 'a' },
    });
    const views = new Views(installationsProjection).apply(registered, second);
    const find = (index: string, ...prefix: unknown[]) => views.find(accountInstallations, index, prefix);
    expect(find('by-account', 'a')).toStrictEqual(['j:a', 'i:a']);
    views.apply(archived);
    expect(find('by-account', 'a')).toStrictEqual(['i:a', 'j:a']);
    expect(find('by-account', 'a', true)).toStrictEqual(['j:a']);
    expect(find('by-customer', 'a', 'a-customer')).toStrictEqual(['i:a', 'j:a']);
    expect(find('by-location', 'a', 'a-location', false)).toStrictEqual(['i:a']);
    expect(find('by-building', 'a', 'a-building')).toStrictEqual(['i:a']);
    expect(find('by-access', 'a', 'root')).toStrictEqual(['i:a', 'j:a']);
    expect(find('by-access', 'a', 'on-loan')).toStrictEqual([]);
    expect(find('by-reference-key', 'a', 'a-customer', 'a-0')).toStrictEqual(['j:a']);
    expect(find('by-serial-key', 'a', 'sn123')).toStrictEqual(['i:a']);
    expect(find('by-token', 'a', 'T-2')).toStrictEqual(['j:a']);
    expect(find('customer-order', 'a', 'a-customer')).toStrictEqual(['i:a', 'j:a']);
    expect(views.find(installations, 'by-token', ['T-1'])).toStrictEqual(['i']);
  });

  it('is searched by token, references, serial number, brand and model, and by its place', () => {
    const { registered } = story();
    const [row] = new Views(installationsProjection).apply(registered).all(accountInstallations);
    expect(row && accountInstallations.text?.(row)).toStrictEqual({
      scope: 'a',
      words: 't 1 t1 a 1 a1 k 9 k9 sn 12 3 sn123 daikin @a-location @a-building'.split(' '),
    });
  });

  it('stays as it is when events are delivered again', () => {
    const { registered, granted, withdrawn, changed } = story();
    const given = grant('a', 'b', 'subcontractor');
    const history = [
      registered,
      granted(given, 'B-1'),
      withdrawn(given, 'revoked', '2026-03-20T09:00:00.000Z'),
      changed('Mitsubishi'),
    ];
    const views = new Views(installationsProjection).apply(...history);
    const before = views.get(installations, 'i');
    expect(views.apply(...history).get(installations, 'i')).toBe(before);
  });

  it('ignores an installation whose registration is missing, and other events', () => {
    const { record, changed } = story();
    expect(new Views(installationsProjection).apply(changed('X')).all(installations)).toStrictEqual([]);
    const cancelled = record('connection-c', { type: 'ConnectionCancelled', data: { connectionId: 'c' } });
    expect(installationsProjection.project(cancelled)).toStrictEqual([]);
  });
});
