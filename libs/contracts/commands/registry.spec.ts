import { describe, expect, it } from '@jest/globals';
import { MAX_STEP_SOURCES } from '#domain/share';
import { compile } from './compile.ts';
import { byType, DuplicateCommand, publicCommand, publicCommands } from './registry.ts';
import { resourceBody } from './resource-body.ts';

const ID = '0193c2a4-7b00-7000-8000-000000000001';

describe('the public commands', () => {
  it('are found by type', () => {
    expect(publicCommand('ApproveShare')).toMatchObject({ type: 'ApproveShare' });
    expect(publicCommand('CreateConnection')).toMatchObject({ creates: 'connectionId' });
  });

  it.each(['GrantAccess', 'WithdrawAccess', 'RecordPlacedItems', 'ClaimConnectionPair', 'toString'])(
    'do not include %s, which only our own processes send',
    (type) => {
      expect(publicCommand(type)).toBeUndefined();
    },
  );

  it('are each declared once', () => {
    expect(() => byType([{ type: 'A' }, { type: 'B' }, { type: 'A' }])).toThrow(new DuplicateCommand('A'));
  });

  it.each(publicCommands)('$type has a summary of one sentence', ({ description }) => {
    expect(description).toMatch(/^[A-Z].+\.$/);
  });

  it.each(publicCommands.filter(({ creates }) => creates))(
    '$type may leave out $creates, which the server then generates',
    (command) => {
      expect(command.schema.properties[command.creates ?? '']).toEqual({ type: 'string', format: 'uuid' });
      expect(command.schema.required).not.toContain(command.creates);
    },
  );

  /** As JSON, what the longest body takes; the log takes 1 MiB an event. */
  it('of maximum size still fit into one event', () => {
    const character = '😀';
    const component = {
      name: character.repeat(200),
      serialNumber: character.repeat(100),
      brand: character.repeat(100),
      model: character.repeat(100),
      notes: character.repeat(500),
    };
    const installation = {
      installationId: ID,
      notes: character.repeat(10_000),
      components: Array.from({ length: 200 }, () => component),
    };
    const created = { source: ID, target: { create: true, customerId: ID } };
    const step = {
      shareId: ID,
      referenceStyle: 'original',
      customers: Array.from({ length: MAX_STEP_SOURCES }, () => ({ source: ID, target: { create: true } })),
      locations: Array.from({ length: MAX_STEP_SOURCES }, () => created),
      installations: [],
    };
    expect(publicCommand('ChangeInstallation').validate(installation)).toBeUndefined();
    expect(publicCommand('ProcessShare').validate(step)).toBeUndefined();
    const withIds = JSON.stringify(step).replaceAll('"create":true', `"create":"${ID}"`);
    for (const body of [JSON.stringify(installation), withIds]) {
      expect(Buffer.byteLength(body)).toBeLessThan(1_000 * 1024);
    }
  });
});

describe('a command as the body of a resource', () => {
  const activity = { kind: 'note', performedOn: '2026-03-02', summary: 'Checked.' };
  const validate = compile(resourceBody(publicCommand('AddActivity'), ['installationId']));

  it('leaves out what the path gives, and calls what it creates id', () => {
    expect(validate({ ...activity, id: ID })).toBeUndefined();
    expect(validate(activity)).toBeUndefined();
    expect(validate({ ...activity, installationId: ID, activityId: ID })).toMatchObject([
      { pointer: '/installationId', code: 'unknown-field' },
      { pointer: '/activityId', code: 'unknown-field' },
    ]);
  });

  it('requires nothing where the path gives all fields', () => {
    expect(compile(resourceBody(publicCommand('CancelShare'), ['shareId']))({})).toBeUndefined();
  });
});
