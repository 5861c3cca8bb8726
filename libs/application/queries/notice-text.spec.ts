import { describe, expect, it } from '@jest/globals';
import { type NoticeNames, noticeText } from './notice-text.ts';

const names: NoticeNames = { who: 'Koelwerk BV', share: 'Winter round', connection: 'Our installer' };

describe('the text of a notification (R-S3)', () => {
  it.each<[Parameters<typeof noticeText>[0], string]>([
    [
      { kind: 'connection-active' },
      'Koelwerk BV authenticated the connection “Our installer”: it is active.',
    ],
    [{ kind: 'connection-ended' }, 'Koelwerk BV ended the connection “Our installer”.'],
    [
      { kind: 'share-requested' },
      'Koelwerk BV asks for the share “Winter round”, along the connection “Our installer”.',
    ],
    [
      { kind: 'share-cancelled' },
      'Koelwerk BV cancelled the request for the share “Winter round”, along the connection “Our installer”.',
    ],
    [
      { kind: 'share-cancelled', following: 'connection-ended' },
      'Koelwerk BV ended the connection “Our installer” and so cancelled the request for the share “Winter round”.',
    ],
    [
      { kind: 'share-rejected', reason: 'Not ours' },
      'Koelwerk BV rejected the request for the share “Winter round”, along the connection “Our installer”: Not ours',
    ],
    [
      { kind: 'share-available', installations: 1 },
      'Koelwerk BV made the share “Winter round” available, along the connection “Our installer”: 1 installation to process.',
    ],
    [
      { kind: 'share-processed' },
      'Koelwerk BV processed the share “Winter round”, along the connection “Our installer”.',
    ],
    [
      { kind: 'share-partly-revoked', installations: 2 },
      'Koelwerk BV revoked access to 2 installations of the share “Winter round”, along the connection “Our installer”.',
    ],
    [
      { kind: 'share-partly-revoked', installations: 2, following: 'connection-ended' },
      'Koelwerk BV ended the connection “Our installer” and revoked access to 2 installations of the share “Winter round”.',
    ],
    [
      { kind: 'share-revoked', reason: 'Sold' },
      'Koelwerk BV revoked the share “Winter round”, along the connection “Our installer”: Sold',
    ],
    [
      { kind: 'share-revoked', following: 'connection-ended' },
      'Koelwerk BV ended the connection “Our installer” and revoked the share “Winter round”.',
    ],
    [
      { kind: 'share-revoked', following: 'access-lost' },
      'The share “Winter round”, along the connection “Our installer”, came to its end: its giver lost its own access by a decision of Koelwerk BV.',
    ],
    [
      { kind: 'access-withdrawn', installations: 3 },
      'Access to 3 installations of the share “Winter round”, along the connection “Our installer”, ended: its giver lost its own by a decision of Koelwerk BV.',
    ],
    [
      { kind: 'access-returned', installations: 1 },
      'Koelwerk BV gave back access to 1 installation of the share “Winter round”, along the connection “Our installer”.',
    ],
    [
      { kind: 'access-refused', installations: 2, refusal: 'not-yours' },
      'Access to 2 installations of the share “Winter round”, along the connection “Our installer”, could not begin: the giver has no access any more.',
    ],
  ])('names who did what to which share along which connection: $kind', (details, text) => {
    expect(noticeText(details, names)).toBe(text);
  });

  it('leaves the connection out where the reader keeps none', () => {
    const { connection: _, ...unlabelled } = names;
    expect(noticeText({ kind: 'share-requested' }, unlabelled)).toBe(
      'Koelwerk BV asks for the share “Winter round”.',
    );
  });

  it.each([
    [
      { reason: 'failing', since: '2026-03-01T09:00:30.000Z' },
      'every delivery failed since 2026-03-01 09:00 UTC',
    ],
    [{ reason: 'failing' }, 'every delivery failed'],
    [{ reason: 'gone' }, 'its receiver answered that it is gone (410)'],
  ] as const)('says why a webhook was disabled: %j', (disabled, why) => {
    expect(noticeText({ kind: 'webhook-disabled', disabled }, { ...names, webhook: 'Planning' })).toBe(
      `The webhook “Planning” was disabled: ${why}. What happens is delivered once it is enabled again.`,
    );
  });
});
