import { describe, expect, it } from '@jest/globals';
import { MAX_ISSUES, publicCommand } from './index.ts';
import type { PublicCommandType } from './shapes.ts';

const ID = '0193c2a4-7b00-7000-8000-000000000001';

const valid = {
  RequestShare: { connectionId: ID, name: 'Takeover north', suggestedLevel: 'location' },
  ApproveShare: { shareId: ID, level: 'location', selection: [ID], accessType: 'subcontractor' },
  ChangeInstallation: { installationId: ID, notes: null, chargeKg: 4.2 },
  AddActivity: { installationId: ID, kind: 'note', performedOn: '2026-03-02', summary: 'Checked.' },
  AddCustomer: { name: 'Cool Foods', address: { street: 'Dock 1', city: 'Ghent' } },
  ProcessShare: {
    shareId: ID,
    referenceStyle: 'original',
    installations: [{ installationId: ID, target: { locationId: ID } }],
  },
  ReadAllNotifications: {},
} satisfies Partial<Record<PublicCommandType, object>>;
type Example = keyof typeof valid;

const issues = (type: Example, changes: object) =>
  publicCommand(type)
    .validate({ ...valid[type], ...changes })
    ?.map(({ pointer, code }) => ({ pointer, code }));

const attachment = {
  name: 'a.pdf',
  mediaType: 'application/pdf',
  sha256: '0f'.repeat(32),
  url: 'https://a.b/c',
};

describe('a compiled validator', () => {
  it.each(Object.keys(valid) as Example[])('finds nothing wrong with a valid %s', (type) => {
    expect(publicCommand(type).validate(valid[type])).toBeUndefined();
  });

  it.each<[code: string, type: Example, pointer: string, changes: object]>([
    ['required', 'RequestShare', '/name', { name: undefined }],
    ['unknown-field', 'RequestShare', '/surplus', { surplus: 1 }],
    ['unknown-field', 'RequestShare', '/a~1b~0c', { 'a/b~c': 1 }],
    ['unknown-field', 'RequestShare', '/constructor', { constructor: 1 }],
    ['unknown-field', 'ReadAllNotifications', '/surplus', { surplus: 1 }],
    ['unknown-field', 'AddCustomer', '/copiedFrom', { copiedFrom: { shareId: ID, id: ID } }],
    ['wrong-type', 'RequestShare', '/name', { name: 3 }],
    ['wrong-type', 'RequestShare', '/name', { name: null }],
    ['wrong-type', 'ChangeInstallation', '/chargeKg', { chargeKg: '4.2' }],
    ['wrong-type', 'ChangeInstallation', '/chargeKg', { chargeKg: Number.POSITIVE_INFINITY }],
    ['wrong-type', 'ChangeInstallation', '/reference', { reference: null }],
    ['too-short', 'RequestShare', '/name', { name: '' }],
    ['too-long', 'RequestShare', '/name', { name: '😀'.repeat(201) }],
    ['not-a-line', 'RequestShare', '/name', { name: ' \u00A0 ' }],
    ['not-a-line', 'RequestShare', '/name', { name: 'two\nlines' }],
    ['not-a-line', 'RequestShare', '/name', { name: 'half \uD83D' }],
    ['not-a-text', 'RequestShare', '/explanation', { explanation: 'a\u0000b' }],
    ['not-a-text', 'AddActivity', '/summary', { summary: ' \n' }],
    ['not-one-of', 'RequestShare', '/suggestedLevel', { suggestedLevel: 'building' }],
    ['not-a-uuid', 'RequestShare', '/connectionId', { connectionId: ID.toUpperCase() }],
    ['not-a-date', 'ChangeInstallation', '/commissionedOn', { commissionedOn: '2025-02-29' }],
    ['not-a-date-or-moment', 'AddActivity', '/performedOn', { performedOn: '2026-03-02T09:00:00+02:00' }],
    [
      'not-a-sha256',
      'AddActivity',
      '/attachment/sha256',
      { attachment: { ...attachment, sha256: 'F'.repeat(64) } },
    ],
    [
      'not-a-media-type',
      'AddActivity',
      '/attachment/mediaType',
      { attachment: { ...attachment, mediaType: 'pdf' } },
    ],
    [
      'not-a-url',
      'AddActivity',
      '/attachment/url',
      { attachment: { ...attachment, url: 'javascript:alert(1)' } },
    ],
    ['too-small', 'ChangeInstallation', '/chargeKg', { chargeKg: -0.1 }],
    ['too-large', 'ChangeInstallation', '/chargeKg', { chargeKg: 1e10 }],
    ['too-few', 'ApproveShare', '/selection', { selection: [] }],
    ['too-many', 'ApproveShare', '/selection', { selection: uuids(5_001) }],
    ['not-unique', 'ApproveShare', '/selection', { selection: [ID, ID] }],
    ['not-both', 'ChangeInstallation', '', { locationId: ID, buildingId: ID }],
    ['not-exactly-one', 'ProcessShare', '/installations/0/target', { installations: [to({})] }],
    [
      'not-exactly-one',
      'ProcessShare',
      '/installations/0/target',
      { installations: [to({ followsLocation: true, buildingId: ID })] },
    ],
    [
      'not-without',
      'ProcessShare',
      '/locations/0/target/customerId',
      {
        locations: [{ source: ID, target: { locationId: ID, customerId: ID } }],
      },
    ],
  ])('says %s of %s%s', (code, type, pointer, changes) => {
    expect(issues(type, changes)).toEqual([{ pointer, code }]);
  });

  it('accepts lists up to their declared length', () => {
    expect(issues('ApproveShare', { selection: uuids(5_000) })).toBeUndefined();
    expect(issues('RequestShare', { name: '😀'.repeat(200) })).toBeUndefined();
  });

  it.each([null, 3, 'text', [valid.RequestShare]])('refuses %p, which is not an object', (body) => {
    expect(publicCommand('RequestShare').validate(body)).toEqual([
      { pointer: '', code: 'wrong-type', detail: 'The body must be an object.' },
    ]);
  });

  it('finds a member named __proto__ in parsed JSON', () => {
    const body: unknown = JSON.parse(`{"shareId":"${ID}","__proto__":{"reason":"x"}}`);
    expect(publicCommand('CancelShare').validate(body)).toMatchObject([{ code: 'unknown-field' }]);
  });

  it('describes each issue in a sentence', () => {
    const body = { ...valid.ProcessShare, installations: [to({})], decline: ['x'] };
    expect(
      publicCommand('ProcessShare')
        .validate(body)
        ?.map(({ detail }) => detail),
    ).toEqual([
      '/installations/0/target must have exactly one of buildingId, locationId, newBuilding, followsLocation.',
      '/decline/0 must be a UUID in lower case.',
    ]);
  });

  it.each([
    ['', '/summary must have at least 1 character.'],
    ['s'.repeat(10_001), '/summary must have at most 10000 characters.'],
  ])('counts characters as people do', (summary, detail) => {
    const body = { ...valid.AddActivity, summary };
    expect(publicCommand('AddActivity').validate(body)).toMatchObject([{ detail }]);
  });

  it('reports a limited number of issues', () => {
    const surplus = Object.fromEntries(uuids(MAX_ISSUES + 1).map((id) => [id, id]));
    expect(issues('RequestShare', surplus)).toHaveLength(MAX_ISSUES);
  });

  it('does not modify the value it checks', () => {
    const body = Object.freeze({ ...valid.RequestShare });
    expect(publicCommand('RequestShare').validate(body)).toBeUndefined();
    expect(body).toEqual(valid.RequestShare);
  });
});

function uuids(count: number): string[] {
  return Array.from({ length: count }, (_, index) => ID.slice(0, -6) + String(100_000 + index));
}

function to(target: object) {
  return { installationId: ID, target };
}
