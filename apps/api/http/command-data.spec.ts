import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { InvalidCommand } from '#application';
import { commandData, validCommandData } from './command-data.ts';
import type { Exchange } from './exchange.ts';
import { HttpProblem } from './problem.ts';

const ID = '0193c2a4-7b00-7000-8000-000000000001';
const OTHER = '0193c2a4-7b00-7000-8000-000000000002';

function exchange(body: unknown): Exchange {
  return { request: { body } } as Exchange;
}

function faultOf(ask: () => unknown) {
  try {
    ask();
  } catch (error) {
    if (error instanceof HttpProblem) return [error.status, error.code, error.extra.errors?.[0]?.pointer];
    throw error;
  }
  return undefined;
}

describe('the data of a command', () => {
  it('is the body with the ids of the path', () => {
    const data = commandData(exchange({ reason: 'Too much.' }), 'RejectShare', { shareId: ID });
    expect(data).toEqual({ reason: 'Too much.', shareId: ID });
  });

  it('gives the id of a new resource its specific name', () => {
    const note = { kind: 'note', performedOn: '2026-03-02', summary: 'Checked.' };
    const data = commandData(exchange({ ...note, id: OTHER }), 'AddActivity', { installationId: ID });
    expect(data).toEqual({ ...note, activityId: OTHER, installationId: ID });
  });

  it('may be without a body', () => {
    expect(commandData(exchange(undefined), 'CancelShare', { shareId: ID })).toEqual({ shareId: ID });
    expect(commandData(exchange(null), 'CancelShare', { shareId: ID })).toEqual({ shareId: ID });
  });

  it.each([[[]], ['text'], [1]])('is not %j', (body) => {
    expect(faultOf(() => commandData(exchange(body), 'CancelShare', { shareId: ID }))).toEqual([
      400,
      'malformed-request',
      undefined,
    ]);
  });

  it('is not a file', () => {
    const read = () => commandData(exchange(Readable.from('No.')), 'RejectShare', { shareId: ID });
    expect(faultOf(read)).toEqual([415, 'unsupported-media-type', undefined]);
  });

  it('is refused for an invalid id', () => {
    expect(faultOf(() => commandData(exchange({}), 'CancelShare', { shareId: 'x' }))?.[0]).toBe(404);
  });

  it('is refused where it repeats an id of the path, or its id by another name', () => {
    const path = { installationId: ID };
    expect(faultOf(() => commandData(exchange({ installationId: ID }), 'AddActivity', path))).toEqual([
      400,
      'invalid-command',
      '/installationId',
    ]);
    expect(faultOf(() => commandData(exchange({ activityId: ID }), 'AddActivity', path))).toEqual([
      400,
      'invalid-command',
      '/activityId',
    ]);
  });

  it('is validated for a preview', () => {
    const ask = (body: object) => validCommandData(exchange(body), 'RevokeShare', { shareId: ID });
    expect(ask({ installations: [OTHER] })).toEqual({ shareId: ID, installations: [OTHER] });
    expect(() => ask({ installations: 'all' })).toThrow(InvalidCommand);
  });
});
