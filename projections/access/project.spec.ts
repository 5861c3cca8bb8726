import { describe, expect, it } from '@jest/globals';
import type { InstallationEvent } from '#domain/installation';
import { CHILLER, granted, ROOT, registered, revokedBy, withdrawn } from '#domain/installation/testing';
import { recorder, Views } from '../testing.ts';
import {
  accessDecisions,
  accessProjection,
  accessTrees,
  countOn,
  countYearId,
  givenCounts,
  givenCountYears,
  intervalsOf,
  knownIntervals,
} from './index.ts';

const REGISTERED = '2026-02-01T09:00:00.000Z';
const GIVEN = '2026-03-01T09:00:00.000Z';
const ENDED = '2026-03-10T09:00:00.000Z';
const LATER = '2026-03-20T09:00:00.000Z';

/** frost registers, gives to polar, and polar to nordic; frost revokes what polar has, and gives to arctic later. */
function story() {
  const record = recorder();
  const at = (event: InstallationEvent, moment: string, role: 'administrator' | 'system' = 'system') =>
    record(`installation-${CHILLER}`, event, { at: moment, role, correlation: `request at ${moment}` });
  const cause = revokedBy(ROOT, 'frost-polar');
  return {
    record,
    history: [
      at(registered, REGISTERED, 'administrator'),
      at(granted('frost', 'polar', 'installation-manager', { grantedAt: GIVEN }), GIVEN),
      at(granted('polar', 'nordic', 'on-loan', { parent: 'frost-polar', grantedAt: GIVEN }), GIVEN),
      at(withdrawn('frost', 'polar', cause, ENDED), ENDED),
      at(withdrawn('polar', 'nordic', { ...cause, kind: 'cascade' }, ENDED), ENDED),
      at(granted('frost', 'arctic', 'subcontractor', { grantedAt: LATER }), LATER),
    ],
  };
}

/** `<knower> of <whose> since–until`, with the day of the month. */
function known(views: Views): string[] {
  return views
    .all(knownIntervals)
    .map(({ knower, account, since, until }) => `${knower} of ${account} ${day(since)}–${day(until)}`);
}

function day(moment: string | undefined): string {
  return moment?.slice(5, 10) ?? '';
}

describe('the access view', () => {
  it('has a row for each interval and each account that may know of it', () => {
    const { history } = story();
    const views = new Views(accessProjection).apply(...history);
    expect(known(views).toSorted()).toStrictEqual([
      'arctic of arctic 03-20–',
      'arctic of frost 02-01–',
      'frost of arctic 03-20–',
      'frost of frost 02-01–',
      'frost of nordic 03-01–03-10',
      'frost of polar 03-01–03-10',
      'nordic of frost 02-01–',
      'nordic of nordic 03-01–03-10',
      'nordic of polar 03-01–03-10',
      'polar of frost 02-01–',
      'polar of nordic 03-01–03-10',
      'polar of polar 03-01–03-10',
    ]);
  });

  it('shows a former holder nothing that changed after its own access ended (R-V5)', () => {
    const { record, history } = story();
    const [registration, toPolar, toNordic] = history;
    const returned = record(`installation-${CHILLER}`, {
      ...withdrawn('polar', 'nordic', { ...revokedBy('nordic', 'polar-nordic'), kind: 'returned' }, ENDED),
    });
    const later = record(`installation-${CHILLER}`, {
      ...withdrawn('frost', 'polar', revokedBy(ROOT, 'frost-polar'), LATER),
    });
    const story3 = [registration, toPolar, toNordic].flatMap((event) => event ?? []);
    const views = new Views(accessProjection).apply(...story3, returned, later);
    expect(known(views)).toContain('nordic of polar 03-01–');
    expect(known(views)).toContain('frost of polar 03-01–03-20');
    const tree = views.get(accessTrees, CHILLER);
    expect(tree && intervalsOf(tree, 'nordic').map(({ account, until }) => [account, until])).toStrictEqual([
      ['frost', undefined],
      ['polar', undefined],
      ['nordic', ENDED],
    ]);
  });

  it('shows a stranger nothing, and an auditor everything', () => {
    const { history } = story();
    const tree = new Views(accessProjection).apply(...history).get(accessTrees, CHILLER);
    expect(tree && intervalsOf(tree, 'boreal')).toStrictEqual([]);
    expect(tree && intervalsOf(tree)).toHaveLength(4);
  });

  it('finds live ones by their beginning, and those that ended where they are kept in the tree of time', () => {
    const { history } = story();
    const views = new Views(accessProjection).apply(...history);
    const find = (index: string, ...prefix: unknown[]) => views.find(knownIntervals, index, prefix);
    expect(find('account-live', 'frost')).toStrictEqual(['chiller:frost-arctic:frost', 'chiller:root:frost']);
    expect(find('account-ended-by-end', 'frost')).toStrictEqual([
      'chiller:polar-nordic:frost',
      'chiller:frost-polar:frost',
    ]);
    expect(find('account-begun', 'nordic', 'polar')).toStrictEqual(['chiller:frost-polar:nordic']);
  });

  it('finds what an account gave, directly or through others, also by its own customer', () => {
    const { record, history } = story();
    const views = new Views(accessProjection).apply(...history);
    const find = (index: string, ...prefix: unknown[]) => views.find(knownIntervals, index, prefix);
    const ended = ['chiller:frost-polar:frost', 'chiller:polar-nordic:frost'];
    expect(find('given-live', 'frost')).toStrictEqual(['chiller:frost-arctic:frost']);
    expect(find('given-of-ended-by-end', 'frost', 'frost-customer')).toStrictEqual(ended);
    expect(find('given-to-ended-by-end', 'polar', 'nordic')).toStrictEqual(['chiller:polar-nordic:polar']);
    expect(find('given-live', 'arctic')).toStrictEqual([]);
    const placement = { customerId: 'other', locationId: 'l', reference: 'R' };
    const data = { installationId: CHILLER, account: ROOT, placement };
    views.apply(record(`installation-${CHILLER}`, { type: 'InstallationMoved', data }));
    expect(find('given-of-ended-by-end', 'frost', 'frost-customer')).toStrictEqual([]);
    expect(find('given-of-live', 'frost', 'other')).toStrictEqual(['chiller:frost-arctic:frost']);
  });

  it('finds what accounts have now, for themselves and for those who gave it: each installation once (R-A5, R-G3)', () => {
    const { record, history } = story();
    const more = record(
      `installation-${CHILLER}`,
      granted('frost', 'arctic', 'installation-manager', { grantId: 'more', grantedAt: LATER }),
    );
    const [registration, toPolar, toNordic] = history;
    const live = [registration, toPolar, toNordic].flatMap((event) => event ?? []);
    const views = new Views(accessProjection).apply(...live, more);
    const decisive = (...prefix: string[]) => views.find(knownIntervals, 'decisive', prefix);
    expect(decisive('frost', 'frost')).toStrictEqual(['chiller:root:frost']);
    expect(decisive('frost', 'nordic')).toStrictEqual(['chiller:polar-nordic:frost']);
    expect(decisive('polar', 'nordic')).toStrictEqual(['chiller:polar-nordic:polar']);
    expect(decisive('nordic', 'polar')).toStrictEqual([]);
    expect(decisive('nordic', 'frost')).toStrictEqual([]);
    views.apply(
      record(
        `installation-${CHILLER}`,
        granted('polar', 'arctic', 'on-loan', { parent: 'frost-polar', grantId: 'weaker', grantedAt: LATER }),
      ),
    );
    expect(decisive('frost', 'arctic')).toStrictEqual(['chiller:more:frost']);
    expect(decisive('polar', 'arctic')).toStrictEqual(['chiller:weaker:polar']);
    expect(decisive('arctic', 'arctic')).toStrictEqual(['chiller:more:arctic']);
  });

  it('counts installations, not grants, as of any day', () => {
    const { record, history } = story();
    const again = record(
      `installation-${CHILLER}`,
      granted('frost', 'arctic', 'on-loan', { grantId: 'again', grantedAt: '2027-01-02T09:00:00.000Z' }),
    );
    const views = new Views(accessProjection).apply(...history, again);
    const countOf = (by: string, of: string, day: string) => {
      const count = views.get(givenCounts, `frost:${by}:${of}`);
      return count && countOn(day, count, views.get(givenCountYears, countYearId(count, day)));
    };
    const days = ['2026-02-28', '2026-03-01', '2026-03-09', '2026-03-10', '2026-03-20', '2027-06-01'];
    const counts = (by: string, of: string) => days.map((day) => countOf(by, of, day));
    expect(counts('account', 'polar')).toStrictEqual([0, 1, 1, 0, 0, 0]);
    expect(counts('account', 'arctic')).toStrictEqual([0, 0, 0, 0, 1, 1]);
    expect(counts('customer', 'frost-customer')).toStrictEqual([0, 1, 1, 0, 1, 1]);
    expect(views.get(givenCounts, 'frost:account:arctic')?.amounts).toStrictEqual({
      ever: 1,
      live: 1,
      '2026': 1,
    });
    expect(views.find(givenCounts, 'by-giver', ['frost', 'account'])).toHaveLength(3);
  });

  it('has the place of the decision that ended access, and no person’s name', () => {
    const { record, history } = story();
    const person = { role: 'administrator', user: 'ann', correlation: `request at ${ENDED}` } as const;
    const revoked = record(
      'share-s',
      {
        type: 'ShareItemsWithdrawn',
        data: {
          shareId: 's',
          installations: [CHILLER],
          from: { offered: 0, placing: 0, placed: [] },
          cause: { kind: 'revoked', account: ROOT, shareId: 's' },
          withdrawnAt: ENDED,
        },
      },
      person,
    );
    const followed = record('share-s', { ...revoked }, { ...person, role: 'system' });
    const views = new Views(accessProjection).apply(...history, revoked, followed);
    expect(views.get(accessTrees, CHILLER)?.ends).toStrictEqual({
      'frost-polar': { correlation: `request at ${ENDED}` },
      'polar-nordic': { correlation: `request at ${ENDED}` },
    });
    expect(views.all(accessDecisions)).toStrictEqual([
      { id: `request at ${ENDED}`, stream: 'share-s', revision: 0 },
    ]);
    const given = record(
      `installation-${CHILLER}`,
      withdrawn('frost', 'arctic', { ...revokedBy('arctic', 'frost-arctic'), kind: 'returned' }, LATER),
      { role: 'administrator' },
    );
    views.apply(given);
    expect(views.get(accessTrees, CHILLER)?.ends).toMatchObject({ 'frost-arctic': { revision: 6 } });
    expect(JSON.stringify(views.all(accessTrees))).not.toContain('someone');
  });

  it('stays as it is when events are delivered again, and takes none that it does not know', () => {
    const { record, history } = story();
    const views = new Views(accessProjection).apply(...history);
    const before = views.get(accessTrees, CHILLER);
    expect(views.apply(...history).get(accessTrees, CHILLER)).toBe(before);
    const cancelled = record('connection-c', { type: 'ConnectionCancelled', data: { connectionId: 'c' } });
    expect(accessProjection.project(cancelled)).toStrictEqual([]);
  });
});
