// An export is a history as its pages tell it, and holds no more of it than is being taken.
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Actor } from '#domain/kernel';
import { accountsProjection } from '#projections/accounts';
import { installationsProjection } from '#projections/installations';
import { type AuditHistory, GetHistory, GetHistoryHandler } from './audit.ts';
import type { AuditEntry } from './audit-entries.ts';
import { type AuditedTime, ExportHistory, ExportHistoryHandler } from './audit-export.ts';
import {
  changed,
  happenings,
  holder,
  owner,
  RecordedLog,
  recordLife,
  registered,
} from './testing/recorded-log.ts';

const auditor: Actor = { account: '', user: 'eve', roles: ['auditor'] };
const member = (account: string): Actor => ({ account, user: 'ann', roles: ['technician'] });
const installation = { kind: 'installation', id: 'i' } as const;
const at = (n: number) => new Date(Date.UTC(2026, 2, 1) + 1_000 * n).toISOString();

/** A page of 200; a history reads on in growing steps until it has one, and begins with one event more. */
const MAX_HELD = 320;

let recorded: RecordedLog;

beforeEach(() => {
  recorded = new RecordedLog();
});

async function shown() {
  const { log, views, read } = await recorded.open(installationsProjection, accountsProjection);
  const exporting = new ExportHistoryHandler(log, views);
  const histories = new GetHistoryHandler(log, views, { now: () => at(0) });
  return { exporting, histories, views, read };
}

async function all(pages: AsyncIterable<readonly AuditEntry[]>): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const page of pages) entries.push(...page);
  return entries;
}

/** The items of all pages of the history, one page after the other. */
async function paged(histories: GetHistoryHandler, caller: Actor, pageSize: number): Promise<AuditEntry[]> {
  const items: AuditEntry[] = [];
  let pageToken: string | undefined;
  do {
    const asked = new GetHistory(caller, 'installation', 'i', {}, { pageSize, pageToken });
    const page: AuditHistory = await histories.execute(asked);
    items.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return items;
}

describe('an export of one history', () => {
  it('has the items of its pages, for every caller', async () => {
    const stories = fc.array(fc.constantFrom(...happenings), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(stories, fc.integer({ min: 1, max: 30 }), async (story, pageSize) => {
        recorded = new RecordedLog();
        recordLife(recorded, story);
        const { exporting, histories, views } = await shown();
        for (const caller of [member(owner), member(holder), auditor]) {
          const asked = new ExportHistory(caller, installation, {});
          const pages = await exporting.execute(asked).catch(() => undefined);
          const items = await paged(histories, caller, pageSize).catch(() => undefined);
          expect(pages && (await all(pages.pages))).toEqual(items);
        }
        await views.close();
      }),
      { numRuns: 30 },
    );
  });

  it('is of nobody else, and of nothing that is not there', async () => {
    recorded.record('installation-i', registered);
    const { exporting } = await shown();
    for (const [caller, id] of [
      [member('stranger'), 'i'],
      [auditor, 'nowhere'],
    ] as const) {
      const asked = new ExportHistory(caller, { kind: 'installation', id }, {});
      await expect(exporting.execute(asked)).rejects.toMatchObject({ code: 'not-found' });
    }
  });
});

describe('an export of everything', () => {
  it('has every event that changed anything, in the order of the log, for auditors alone', async () => {
    recorded.record('installation-i', registered, { type: 'CommandHadNoEffect', data: {} });
    recorded.record('installation-j', registered);
    recorded.record('installation-i', changed('Brand'));
    const { exporting } = await shown();
    const { pages } = await exporting.execute(new ExportHistory(auditor, undefined, {}));
    expect((await all(pages)).map(({ subject, revision }) => [subject.kind, subject.id, revision])).toEqual([
      ['installation', 'i', 0],
      ['installation', 'j', 0],
      ['installation', 'i', 2],
    ]);
    const refused = exporting.execute(new ExportHistory(member(owner), undefined, {}));
    await expect(refused).rejects.toMatchObject({ code: 'role-not-allowed' });
  });

  it('holds what was read at once, however much there is, and reads no more once nobody takes it', async () => {
    recorded.record('installation-i', registered);
    for (let n = 0; n < 5_000; n++) recorded.record('installation-i', changed(`Brand ${n}`));
    const { exporting, read } = await shown();
    for (const thing of [undefined, installation]) {
      read.length = 0;
      const { pages } = await exporting.execute(new ExportHistory(auditor, thing, {}));
      let taken = 0;
      for await (const page of pages) {
        taken += page.length;
        expect(read.splice(0).length).toBeLessThanOrEqual(MAX_HELD);
        if (taken >= 2_000) break;
      }
      await new Promise(setImmediate);
      expect(read).toEqual([]);
    }
  });
});

describe('an event that this release does not know', () => {
  const unknown = { type: 'InstallationPainted', data: { installationId: 'i', colour: 'red' } };

  it.each([undefined, installation])('is shown to auditors as it is stored: of %j', async (of) => {
    recorded.record('installation-i', registered);
    recorded.recordUnknown('installation-i', unknown.type, unknown.data);
    recorded.recordUnknown('installation-i', 'InstallationRegistered.v9', {});
    recorded.record('installation-i', changed('Brand'));
    const { exporting } = await shown();
    const { pages } = await exporting.execute(new ExportHistory(auditor, of, {}));
    const entries = await all(pages);
    expect(entries.map(({ revision, type }) => [revision, type])).toEqual([
      [0, 'InstallationRegistered'],
      [1, unknown.type],
      [2, 'InstallationRegistered.v9'],
      [3, 'InstallationPropertiesChanged'],
    ]);
    const [first, second] = entries;
    expect(second).toMatchObject({
      ...unknown,
      subject: installation,
      sentence: 'This release does not know events of type InstallationPainted: it is shown as it is stored.',
      actor: (first as AuditEntry).actor,
    });
  });

  it('is shown to no party, because it is not known who may see it', async () => {
    recorded.record('installation-i', registered);
    recorded.recordUnknown('installation-i', unknown.type, unknown.data);
    recorded.record('installation-i', changed('Brand'));
    const { exporting, histories } = await shown();
    const { pages } = await exporting.execute(new ExportHistory(member(owner), installation, {}));
    expect((await all(pages)).map(({ revision }) => revision)).toEqual([0, 2]);
    expect((await paged(histories, auditor, 10)).map(({ revision }) => revision)).toEqual([0, 1, 2]);
  });

  it('is shown where another program wrote it without our metadata', async () => {
    recorded.recordUnknown('installation-i', unknown.type, {});
    const [event] = recorded.events as { metadata?: object }[];
    (event as { metadata: object }).metadata = {};
    const { exporting } = await shown();
    const { pages } = await exporting.execute(new ExportHistory(auditor, undefined, {}));
    expect(await all(pages)).toMatchObject([
      { type: unknown.type, time: '', actor: { account: { id: '' } } },
    ]);
  });
});

describe('an export of a part', () => {
  const exported = async (of: typeof installation | undefined, time: AuditedTime) => {
    const { exporting } = await shown();
    const { pages } = await exporting.execute(new ExportHistory(auditor, of, time));
    return (await all(pages)).map((entry) => entry.time);
  };

  it.each([undefined, installation])(
    'has what happened after one moment, up to and including another: of %j',
    async (of) => {
      recorded.recordAt(at(0), 'installation-i', registered);
      for (let n = 1; n < 1_000; n++) recorded.recordAt(at(n), 'installation-i', changed(`Brand ${n}`));
      expect(await exported(of, { from: at(10), to: at(13) })).toEqual([at(11), at(12), at(13)]);
      expect(await exported(of, { from: at(998) })).toEqual([at(999)]);
      expect(await exported(of, { to: at(0) })).toEqual([at(0)]);
      expect(await exported(of, { from: at(999) })).toEqual([]);
    },
  );

  it('leaves nothing out where the clocks of processes differ', async () => {
    for (const n of [5, 1, 7, 3]) recorded.recordAt(at(n), `installation-${n}`, registered);
    expect(await exported(undefined, { from: at(2), to: at(5) })).toEqual([at(5), at(3)]);
  });
});
