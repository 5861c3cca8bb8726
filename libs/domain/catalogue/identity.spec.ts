import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Address,
  type CustomerDetails,
  identifyBuilding,
  identifyCustomer,
  identifyLocation,
  type NamedCustomer,
} from './index.ts';

const gent: Address = { street: 'Kerkstraat 1', postalCode: '9000', city: 'Gent', country: 'BE' };
const brugge: Address = { street: 'Markt 2', postalCode: '8000', city: 'Brugge', country: 'BE' };

const kept = (id: string, details: Partial<CustomerDetails> = {}) => ({
  id,
  details: { name: 'Frost', address: gent, ...details },
});
const named = (said: Partial<NamedCustomer> = {}): NamedCustomer => ({
  name: 'Frost',
  address: gent,
  ...said,
});
const { address: _, ...nameAlone } = named();

describe('identifying a customer (R-K1)', () => {
  const found = (said: NamedCustomer, ...candidates: ReturnType<typeof kept>[]) => {
    const identity = identifyCustomer(said, candidates);
    switch (identity.kind) {
      case 'known':
        return identity.thing.id;
      case 'new':
        return 'new';
      default:
        return identity.among.map(({ id }) => id);
    }
  };

  it('uses the account’s own number first, whatever else is given', () => {
    const numbered = kept('k', { customerNumber: 'C 7', name: 'Other', address: brugge });
    expect(found(named({ customerNumber: 'c7' }), numbered, kept('other', { customerNumber: '8' }))).toBe(
      'k',
    );
  });

  it('is another one when the number differs', () => {
    const other = kept('k', { customerNumber: '8', vatNumber: 'BE0111222333' });
    expect(found(named({ customerNumber: '7', vatNumber: 'BE0111222333' }), other)).toBe('new');
  });

  it('ignores a placeholder for a number', () => {
    const other = kept('k', { customerNumber: '-', name: 'Other', address: brugge });
    expect(found(named({ customerNumber: '-' }), other)).toBe('new');
  });

  it('uses the VAT number next, with or without its country', () => {
    const company = kept('k', { vatNumber: 'BE 0111.222.333', name: 'Other', address: brugge });
    expect(found(named({ vatNumber: '0111222333' }), company)).toBe('k');
    expect(found({ ...nameAlone, vatNumber: '0111222333', country: 'BE' }, company)).toBe('k');
    expect(found(named({ vatNumber: 'BE0111222334' }), company, kept('frost', { vatNumber: 'BE1' }))).toBe(
      'new',
    );
  });

  it('ignores a placeholder for a VAT number (R-K5)', () => {
    const other = kept('k', { vatNumber: '/', name: 'Other' });
    expect(found(named({ vatNumber: '-' }), other)).toBe('new');
    expect(found(named({ vatNumber: '-' }), kept('k', { vatNumber: '/' }))).toBe('k');
  });

  it('uses name and address together next', () => {
    const [here, there] = [kept('here'), kept('there', { address: brugge })];
    expect(found(named({ name: 'FROST' }), here, there)).toBe('here');
    expect(found(named({ name: 'Thaw' }), here, there)).toBe('new');
    expect(found(named({ address: brugge }), here)).toBe('new');
    expect(found(named({ vatNumber: 'BE0111222333' }), here)).toBe('here');
  });

  it('uses the name alone when no address is given, if exactly one bears it', () => {
    expect(found(nameAlone, kept('k', { address: brugge }))).toBe('k');
    expect(found(nameAlone, kept('k'), kept('l', { address: brugge }))).toStrictEqual(['k', 'l']);
    expect(found({ ...nameAlone, vatNumber: 'BE0111222333' }, kept('k', { vatNumber: 'BE0111222334' }))).toBe(
      'new',
    );
  });

  it('is ambiguous when two criteria identify two customers, which are named', () => {
    const numbered = kept('k', { customerNumber: '7', address: brugge });
    const company = kept('l', { vatNumber: 'BE0111222333', name: 'Other' });
    const neighbour = kept('m');
    const said = { customerNumber: '7', vatNumber: 'BE0111222333' };
    expect(found(named(said), numbered, company)).toStrictEqual(['k', 'l']);
    expect(found(named({ vatNumber: 'BE0111222333' }), company, neighbour)).toStrictEqual(['l', 'm']);
    expect(found({ ...nameAlone, ...said }, numbered, company)).toStrictEqual(['k', 'l']);
  });

  it('uses the next criterion when one matches several', () => {
    const branches = [
      kept('k', { vatNumber: 'BE0111222333' }),
      kept('l', { vatNumber: 'BE0111222333', address: brugge }),
      kept('m', { vatNumber: 'BE0111222333', address: brugge, name: 'Thaw' }),
    ];
    const said = { vatNumber: 'BE0111222333' };
    expect(found(named(said), ...branches)).toBe('k');
    expect(
      found(named({ ...said, name: 'thaw', address: { street: 'Elsewhere', city: 'X' } }), ...branches),
    ).toBe('m');
    expect(found({ ...nameAlone, ...said }, ...branches)).toStrictEqual(['k', 'l', 'm']);
  });

  it('does not depend on the order of the candidates, and a customer is always itself', () => {
    const details = fc.record(
      {
        name: fc.constantFrom('Frost', 'FROST', 'Thaw'),
        address: fc.constantFrom(gent, brugge),
        vatNumber: fc.constantFrom('BE0111222333', '0111222333', 'BE0111222334', '-'),
        customerNumber: fc.constantFrom('7', '8', '-'),
      },
      { requiredKeys: ['name', 'address'] },
    );
    fc.assert(
      fc.property(details, fc.array(details, { maxLength: 5 }), (said, others) => {
        const candidates = others.map((one, index) => kept(String(index), one));
        const forwards = found(said, ...candidates);
        const backwards = found(said, ...candidates.toReversed());
        expect([backwards].flat().toSorted()).toStrictEqual([forwards].flat().toSorted());
        expect(found(said, kept('itself', said))).toBe('itself');
      }),
    );
  });
});

describe('identifying a location (R-K2)', () => {
  const at = (id: string, address: Address, name = 'Depot') => ({ id, details: { name, address } });

  it('uses its address, whatever its name', () => {
    expect(identifyLocation({ name: 'Site', address: gent }, [at('l', gent)])).toMatchObject({
      thing: { id: 'l' },
    });
    expect(identifyLocation({ address: gent }, [at('l', brugge)])).toStrictEqual({ kind: 'new' });
  });

  it('uses the name when several are at one address', () => {
    const two = [at('l', gent, 'North'), at('m', gent, 'South')];
    expect(identifyLocation({ name: 'south', address: gent }, two)).toMatchObject({ thing: { id: 'm' } });
    expect(identifyLocation({ name: 'East', address: gent }, two)).toStrictEqual({
      kind: 'ambiguous',
      among: two,
    });
  });
});

describe('identifying a building (R-K3)', () => {
  it('uses its name, ignoring only case and spacing', () => {
    const levels = ['Niveau 1', 'Niveau -1', 'A', 'A+'].map((name) => ({ details: { name } }));
    expect(identifyBuilding('NIVEAU  1', levels)).toStrictEqual({ kind: 'known', thing: levels[0] });
    expect(identifyBuilding('niveau -1', levels)).toStrictEqual({ kind: 'known', thing: levels[1] });
    expect(identifyBuilding('a+', levels)).toStrictEqual({ kind: 'known', thing: levels[3] });
    expect(identifyBuilding('Niveau 2', levels)).toStrictEqual({ kind: 'new' });
  });

  it('of several whose names differ in case or spacing only, means the one that is written so', () => {
    const halls = ['Hall A', 'hall a'].map((name) => ({ details: { name } }));
    expect(identifyBuilding('hall a', halls)).toStrictEqual({ kind: 'known', thing: halls[1] });
    expect(identifyBuilding('HALL A', halls)).toStrictEqual({ kind: 'ambiguous', among: halls });
  });
});
