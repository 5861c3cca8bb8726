import { describe, expect, it } from '@jest/globals';
import type { Exchange } from './exchange.ts';
import { flag, given, listRequest, moment, oneOf, oneOfAliased, parameters } from './list-request.ts';
import { HttpProblem } from './problem.ts';

const FILTERS = { role: oneOf('requester', 'provider'), revocable: flag, asOf: moment };

function asking(query: Record<string, unknown>) {
  return { request: { query } } as Pick<Exchange, 'request'>;
}

function faults(ask: () => unknown) {
  try {
    ask();
  } catch (error) {
    if (error instanceof HttpProblem) {
      return {
        status: error.status,
        at: error.extra.errors?.map(({ pointer, code }) => `${pointer} ${code}`),
      };
    }
  }
  return undefined;
}

describe('what a list is asked for', () => {
  it('is its first fifty by default', () => {
    expect(listRequest(asking({}), FILTERS)).toEqual({
      page: { pageSize: 50, pageToken: undefined, q: undefined },
      filter: {},
    });
  });

  it('is read parameter by parameter', () => {
    const query = { pageSize: '200', pageToken: 'abc', q: 'ice', role: 'provider', revocable: 'false' };
    expect(listRequest(asking(query), FILTERS, { searchable: true })).toEqual({
      page: { pageSize: 200, pageToken: 'abc', q: 'ice' },
      filter: { role: 'provider', revocable: false },
    });
  });

  it('takes another name of a value for the value', () => {
    const access = oneOfAliased(['on-loan', 'former'], new Map([['borrowed', 'on-loan']]));
    const asked = (text: string) => parameters(asking({ access: text }), { access });
    expect(asked('borrowed')).toEqual({ access: 'on-loan' });
    expect(asked('former')).toEqual({ access: 'former' });
    expect(faults(() => asked('lent'))).toMatchObject({ at: ['/access invalid-parameter'] });
  });

  it.each([
    [{ pageSize: '0' }, '/pageSize invalid-parameter'],
    [{ pageSize: '201' }, '/pageSize invalid-parameter'],
    [{ pageSize: '1e2' }, '/pageSize invalid-parameter'],
    [{ pageToken: '' }, '/pageToken invalid-parameter'],
    [{ role: 'owner' }, '/role invalid-parameter'],
    [{ role: ['provider', 'requester'] }, '/role repeated-parameter'],
    [{ revocable: 'yes' }, '/revocable invalid-parameter'],
    [{ asOf: '2026-01-01' }, '/asOf invalid-parameter'],
    [{ asOf: '2026-02-30T09:00:00Z' }, '/asOf invalid-parameter'],
    [{ asOf: '2026-02-28T24:00:00Z' }, '/asOf invalid-parameter'],
    [{ asOf: '2026-06-30T23:59:60Z' }, '/asOf invalid-parameter'],
    [{ asOf: '2026-03-01 09:00:00Z' }, '/asOf invalid-parameter'],
    [{ asOf: '2026-03-01T09:00:00+01:00' }, '/asOf invalid-parameter'],
    [{ colour: 'red' }, '/colour unknown-parameter'],
    [{ q: 'ice' }, '/q unknown-parameter'],
    [{ constructor: 'x' }, '/constructor unknown-parameter'],
  ])('is refused by name: %j', (query, fault) => {
    expect(faults(() => listRequest(asking(query), FILTERS))).toEqual({ status: 400, at: [fault] });
  });

  it.each(['\0', 'two\nlines', '   ', '\ud800', 'x'.repeat(201)])(
    'is searched by one line of text, not by %j',
    (q) => {
      expect(faults(() => listRequest(asking({ q }), FILTERS, { searchable: true }))).toEqual({
        status: 400,
        at: ['/q invalid-parameter'],
      });
    },
  );

  it('is refused with every fault at once', () => {
    const query = { pageSize: 'x', colour: 'red', role: 'owner' };
    expect(faults(() => listRequest(asking(query), FILTERS))?.at).toHaveLength(3);
  });

  it('has moments in the precision of those given out, so that they compare', () => {
    expect(parameters(asking({ asOf: '2026-03-01T09:00:00Z' }), FILTERS)).toEqual({
      asOf: '2026-03-01T09:00:00.000Z',
    });
  });

  it('must have what is required', () => {
    expect(given('installation', 'x')).toBe('x');
    expect(faults(() => given('installation', undefined))).toEqual({
      status: 400,
      at: ['/installation required'],
    });
  });
});
