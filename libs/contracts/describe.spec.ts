import { describe, expect, it } from '@jest/globals';
import type { GrantRefusal } from '#domain/installation';
import { CONTRACTOR, OWNER, TOKEN_HASH } from '../../test/compatibility/expected.ts';
import { sample } from '../../test/compatibility/samples.ts';
import { describe as sentenceOf } from './describe.ts';
import { eventTypes } from './events.ts';
import type { Recorded, TesseraEvent } from './registry.ts';

const names = (id: string) =>
  new Map([
    [OWNER, 'Lakeside Dairies'],
    [CONTRACTOR, 'Nordic Cooling'],
  ]).get(id) ?? 'The platform';

type Type = TesseraEvent['type'];
type DataOf<T extends Type> = Extract<TesseraEvent, { type: T }>['data'];

const say = (type: Type) => sentenceOf(sample(type) as Recorded, names);

/** The sample with other data. */
function sayOf<T extends Type>(type: T, changes: Partial<DataOf<T>>): string {
  const event: Recorded = sample(type);
  return sentenceOf({ ...event, data: { ...event.data, ...changes } } as Recorded, names);
}

describe('an event in a sentence', () => {
  it.each([...eventTypes.keys()])('%s', (type) => {
    expect(say(type)).toMatch(/^[A-Z0-9][^\n]+[^.]\.$/);
    expect(say(type)).not.toMatch(/undefined|null|NaN|\[object|[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it.each<[Type, string]>([
    [
      'ConnectionAuthenticated',
      'Lakeside Dairies authenticated with the one-time token: the connection is active.',
    ],
    [
      'ShareRequested',
      'Nordic Cooling asked Lakeside Dairies for the share “Gentbrugge maintenance 2026”, suggesting the customer level.',
    ],
    ['ShareRejected', 'Lakeside Dairies rejected the request, saying “Please ask for one location only.”.'],
    [
      'ShareApproved',
      'Lakeside Dairies approved the share at location level, as installation manager, revocable for 72 hours after an installation is placed.',
    ],
    ['SharePackageCompleted', 'The package became available: 3 installations.'],
    ['ShareItemsPlaced', '2 installations were placed; access began.'],
    [
      'ShareItemsWithdrawn',
      '1 installation was withdrawn: revoked by Lakeside Dairies, saying “The contract was not renewed.”.',
    ],
    [
      'InstallationAccessGranted',
      'Lakeside Dairies gave Nordic Cooling access to the installation as installation manager, revocable for 72 hours after an installation is placed.',
    ],
    ['InstallationPropertiesChanged', 'Nordic Cooling changed the installation: charge kg, notes.'],
  ])('%s says who did what on which terms', (type, sentence) => {
    expect(say(type)).toBe(sentence);
  });

  it('names no actor when a share ends because all its items ended', () => {
    const event: Recorded = sample('ShareRevoked');
    const actor = { ...event.metadata.actor, role: 'system' as const };
    const ended = { ...event, metadata: { ...event.metadata, actor } } as Recorded;
    expect(sentenceOf(ended, names)).toMatch(/^Nothing of the share is left: /);
  });

  it.each(['ShareRevoked', 'SharePartlyRevoked'] as const)(
    '%s by the end of a connection says who ended it (R-C4)',
    (type) => {
      const event: Recorded = sample(type);
      for (const role of ['system', 'service'] as const) {
        const actor = { account: OWNER, user: 'process:end-connection', role };
        const ended = { ...event, metadata: { ...event.metadata, actor } } as Recorded;
        expect(sentenceOf(ended, names)).toMatch(
          /^Lakeside Dairies revoked (a part of )?the share by ending the connection: /,
        );
      }
    },
  );

  it('ends in one full stop, also after a name that ends in one', () => {
    const event: Recorded = sample('ActivityAdded');
    if (event.type !== 'ActivityAdded' || event.data.document === undefined) throw new Error('no document');
    const issuedBy = { ...event.data.document.issuedBy, name: 'Koelmeester B.V.' };
    const sentence = sayOf('ActivityAdded', { document: { ...event.data.document, issuedBy } });
    expect(sentence).toMatch(/issued by Koelmeester B\.V\.$/);
  });

  it('says when access ended by a decision of others', () => {
    const { cause } = sample('InstallationAccessWithdrawn').data;
    expect(sayOf('InstallationAccessWithdrawn', { cause: { ...cause, kind: 'cascade' } })).toBe(
      'The access of Nordic Cooling to the installation ended: the access it was given on from ended by a decision of Lakeside Dairies.',
    );
  });

  it('says which rule refused the access', () => {
    const said = {
      'not-yours': 'the giver has no access any more',
      'access-type-not-givable': 'the giver may not give this type of access any more',
      'already-shared': 'the receiver has access from the same giver already',
      'requester-above': 'the giver has its own access from the receiver',
    };
    for (const [code, rule] of Object.entries(said)) {
      expect(sayOf('ShareItemsWithdrawn', { cause: { kind: 'refused', code: code as GrantRefusal } })).toBe(
        `1 installation was withdrawn: access could not begin, because ${rule}.`,
      );
    }
  });

  it('says whose details a subcontractor’s documents show', () => {
    const { terms } = sample('ShareApproved').data;
    const given = {
      ...terms,
      accessType: 'subcontractor',
      documentIdentity: 'giver',
      revocation: { kind: 'any-time' },
    } as const;
    expect(sayOf('ShareApproved', { terms: given })).toBe(
      'Lakeside Dairies approved the share at location level, as subcontractor, revocable at any time, documents carrying the giver’s details.',
    );
  });

  it.each([
    [5_400_000, '90 minutes'],
    [3_600_000, '1 hour'],
    [1_500, '1500 ms'],
  ])('describes a window of %d ms as %s', (milliseconds, words) => {
    const { terms } = sample('ShareApproved').data;
    const revocation = { kind: 'window', milliseconds, from: 'granted' } as const;
    expect(sayOf('ShareApproved', { terms: { ...terms, revocation } })).toContain(
      `revocable for ${words} after the approval`,
    );
  });

  it('quotes the beginning of a long text, on one line', () => {
    const sentence = sayOf('ShareRejected', { reason: `First\nsecond ${'long '.repeat(1_000)}` });
    expect(sentence).toContain('saying “First second long');
    expect(sentence.length).toBeLessThan(300);
  });

  it.each([...eventTypes.keys()])('%s contains nothing that only one party may know', (type) => {
    const secrets = [
      TOKEN_HASH,
      'Dairies, via Peter',
      'Our cooling people',
      'Nordic (until 2027)',
      'trade fair',
      'NC-1042-1',
      'Milk 1',
      'KM-01',
    ];
    for (const secret of secrets) expect(say(type)).not.toContain(secret);
  });
});
