import { describe, expect, it } from '@jest/globals';
import type { AccessType, Grant } from './events.ts';
import {
  descendants,
  findGrant,
  type GrantTree,
  knownTo,
  liveGrants,
  pathTo,
  standsAbove,
  strongestAccess,
  strongestGrant,
  withdrawnWith,
  withGrant,
  withWithdrawal,
} from './grants.ts';
import { grantOf, NOW, ROOT, revokedBy } from './testing/index.ts';

const bare: GrantTree = { root: ROOT, grants: [] };
const tree = (...grants: Grant[]) => grants.reduce(withGrant, bare);
const ended = (from: GrantTree, grantId: string) =>
  withWithdrawal(from, grantId, { cause: revokedBy(ROOT, grantId), withdrawnAt: NOW });
const ids = (grants: readonly Grant[]) => grants.map((grant) => grant.grantId);

/** frost → polar → nordic → arctic → boreal. */
const chain = tree(
  grantOf(ROOT, 'polar', 'installation-manager'),
  grantOf('polar', 'nordic', 'subcontractor', { parent: 'frost-polar' }),
  grantOf('nordic', 'arctic', 'subcontractor', { parent: 'polar-nordic' }),
  grantOf('arctic', 'boreal', 'on-loan', { parent: 'nordic-arctic' }),
);

/** boreal holds access by way of polar and by way of nordic. */
const diamond = tree(
  grantOf(ROOT, 'polar', 'installation-manager'),
  grantOf(ROOT, 'nordic', 'installation-manager'),
  grantOf('polar', 'boreal', 'subcontractor', { parent: 'frost-polar' }),
  grantOf('nordic', 'boreal', 'on-loan', { parent: 'frost-nordic' }),
);

describe('the tree of grants', () => {
  it('survives being stored as JSON', () => {
    const stored: unknown = JSON.parse(JSON.stringify(ended(chain, 'frost-polar')));
    expect(stored).toStrictEqual(ended(chain, 'frost-polar'));
  });

  it('keeps an ended grant with its cause, and leaves the former tree as it was', () => {
    const after = ended(chain, 'arctic-boreal');
    expect(findGrant(after, 'arctic-boreal')?.withdrawal).toStrictEqual({
      cause: revokedBy(ROOT, 'arctic-boreal'),
      withdrawnAt: NOW,
    });
    expect(findGrant(chain, 'arctic-boreal')?.withdrawal).toBeUndefined();
    expect(liveGrants(after, 'boreal')).toStrictEqual([]);
  });

  it('leads from the root to a grant', () => {
    const grant = findGrant(chain, 'nordic-arctic');
    expect(grant && ids(pathTo(chain, grant))).toStrictEqual([
      'frost-polar',
      'polar-nordic',
      'nordic-arctic',
    ]);
  });
});

describe('the part of the tree an account may know', () => {
  it.each([
    [ROOT, ['frost-polar', 'polar-nordic', 'nordic-arctic', 'arctic-boreal']],
    ['polar', ['frost-polar', 'polar-nordic', 'nordic-arctic', 'arctic-boreal']],
    ['arctic', ['frost-polar', 'polar-nordic', 'nordic-arctic', 'arctic-boreal']],
    ['stranger', []],
  ])('is for %s the way to it and all below it', (account, known) => {
    expect(ids(knownTo(chain, account).grants)).toStrictEqual(known);
  });

  it('does not include grants along another path', () => {
    expect(ids(knownTo(diamond, 'polar').grants)).toStrictEqual(['frost-polar', 'polar-boreal']);
    expect(ids(knownTo(diamond, 'boreal').grants)).toStrictEqual(ids(diamond.grants));
  });

  it('includes grants that have ended', () => {
    expect(ids(knownTo(ended(chain, 'polar-nordic'), 'nordic').grants)).toStrictEqual(ids(chain.grants));
  });
});

describe('R-A5: several grants on one installation', () => {
  const strengths: readonly [AccessType, AccessType, string][] = [
    ['on-loan', 'subcontractor', 'nordic-boreal'],
    ['subcontractor', 'on-loan', 'polar-boreal'],
    ['subcontractor', 'installation-manager', 'nordic-boreal'],
    ['operator', 'installation-manager', 'polar-boreal'],
    ['subcontractor', 'subcontractor', 'polar-boreal'],
  ];
  it.each(strengths)('of an older %s and a newer %s, %s decides', (older, newer, strongest) => {
    const both = tree(grantOf('polar', 'boreal', older), grantOf('nordic', 'boreal', newer));
    expect(strongestGrant(both, 'boreal')?.grantId).toBe(strongest);
  });

  it('each ends by itself, and the strongest left decides', () => {
    expect(strongestAccess(diamond, 'boreal')).toBe('subcontractor');
    expect(strongestAccess(ended(diamond, 'polar-boreal'), 'boreal')).toBe('on-loan');
    expect(strongestAccess(ended(ended(diamond, 'polar-boreal'), 'nordic-boreal'), 'boreal')).toBeUndefined();
  });

  it('the root needs no grant', () => {
    expect(strongestAccess(bare, ROOT)).toBe('root');
    expect(strongestGrant(bare, ROOT)).toBeUndefined();
  });
});

describe('R-V4: what ends with a grant', () => {
  it('everything given on from it, however deep, parents before children', () => {
    expect(ids(descendants(chain, 'frost-polar'))).toStrictEqual([
      'polar-nordic',
      'nordic-arctic',
      'arctic-boreal',
    ]);
    expect(ids(withdrawnWith(chain, ['polar-nordic']))).toStrictEqual([
      'polar-nordic',
      'nordic-arctic',
      'arctic-boreal',
    ]);
  });

  it('nothing that has ended before, or came by another path', () => {
    expect(ids(descendants(ended(chain, 'arctic-boreal'), 'frost-polar'))).toStrictEqual([
      'polar-nordic',
      'nordic-arctic',
    ]);
    expect(ids(descendants(diamond, 'frost-polar'))).toStrictEqual(['polar-boreal']);
  });

  it('counts each grant once when several end together', () => {
    expect(ids(withdrawnWith(chain, ['nordic-arctic', 'polar-nordic']))).toStrictEqual([
      'polar-nordic',
      'nordic-arctic',
      'arctic-boreal',
    ]);
  });
});

describe('R-A3: who is above whom', () => {
  it('the root above everybody, a giver above all who hold through it', () => {
    for (const account of ['polar', 'nordic', 'stranger'])
      expect(standsAbove(chain, ROOT, account)).toBe(true);
    expect(standsAbove(chain, 'polar', 'boreal')).toBe(true);
    expect(standsAbove(chain, 'nordic', 'arctic')).toBe(true);
  });

  it('nobody above itself, or above its own giver', () => {
    for (const account of [ROOT, 'polar', 'boreal']) expect(standsAbove(chain, account, account)).toBe(false);
    expect(standsAbove(chain, 'boreal', 'polar')).toBe(false);
    expect(standsAbove(diamond, 'nordic', 'polar')).toBe(false);
  });

  it('only along live grants', () => {
    expect(standsAbove(diamond, 'polar', 'boreal')).toBe(true);
    expect(standsAbove(ended(diamond, 'polar-boreal'), 'polar', 'boreal')).toBe(false);
  });
});
