import { describe, expect, it } from '@jest/globals';
import { fold } from '#domain/kernel';
import { installation } from './decide.ts';
import type { InstallationEvent } from './events.ts';
import { visibleTo } from './query.ts';
import { CHILLER, granted, ROOT, registered, revokedBy, withdrawn } from './testing/index.ts';

const brandedBy = (account: string, brand: string): InstallationEvent => ({
  type: 'InstallationPropertiesChanged',
  data: { installationId: CHILLER, account, changes: { brand } },
});
const lent = granted(ROOT, 'polar', 'on-loan');
const ended = withdrawn(ROOT, 'polar', revokedBy(ROOT, 'frost-polar'));
const history = [registered, lent, brandedBy('polar', 'Carrier'), ended, brandedBy(ROOT, 'Trane')];

describe('what an account reads of an installation', () => {
  it('the root and every live holder: all of it, from before the grant too (R-G1)', () => {
    expect(visibleTo(history, ROOT)).toStrictEqual(history);
    expect(visibleTo(history.slice(0, 3), 'polar')).toStrictEqual(history.slice(0, 3));
  });

  it('a former holder: as it was when its access ended, later activity never (R-V5)', () => {
    expect(visibleTo(history, 'polar')).toStrictEqual(history.slice(0, 4));
    expect(fold(installation, installation.initial, visibleTo(history, 'polar'))).toMatchObject({
      properties: { brand: 'Carrier' },
      placements: { polar: { archived: true } },
    });
  });

  it('a former holder: nothing of what ends for others afterwards (R-V5)', () => {
    const others = granted(ROOT, 'nordic', 'on-loan');
    const othersEnded = withdrawn(ROOT, 'nordic', revokedBy(ROOT, 'frost-nordic'));
    expect(visibleTo([...history, others, othersEnded], 'polar')).toStrictEqual(history.slice(0, 4));
    expect(visibleTo([registered, others, ...history.slice(1), othersEnded], 'polar')).toHaveLength(5);
  });

  it('a holder along two paths: until the last of them ends (R-V4)', () => {
    const second = granted('nordic', 'polar', 'subcontractor');
    const both = [registered, lent, second, ended, brandedBy(ROOT, 'Trane')];
    expect(visibleTo(both, 'polar')).toStrictEqual(both);

    const secondEnded = withdrawn('nordic', 'polar', revokedBy('nordic', 'nordic-polar'));
    const neither = [...both, secondEnded, brandedBy(ROOT, 'York')];
    expect(visibleTo(neither, 'polar')).toStrictEqual(neither.slice(0, 6));
  });

  it('a holder again: everything that happened in between', () => {
    const again = [...history, granted(ROOT, 'polar', 'on-loan', { grantId: 'again' })];
    expect(visibleTo(again, 'polar')).toStrictEqual(again);
  });

  it('a stranger: nothing', () => {
    expect(visibleTo(history, 'stranger')).toStrictEqual([]);
    expect(visibleTo([], ROOT)).toStrictEqual([]);
  });
});
