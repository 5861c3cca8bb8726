// A story is found by any of its events, costs a page however long it is, and tells nobody what is not theirs.
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { TesseraEvent } from '#contracts';
import type { Actor } from '#domain/kernel';
import { accountsProjection } from '#projections/accounts';
import { importsProjection } from '#projections/imports';
import { installationsProjection } from '#projections/installations';
import { storiesProjection } from '#projections/stories';
import { type AuditStory, GetStory, GetStoryHandler } from './audit-story.ts';
import {
  changed,
  granted,
  holder,
  owner,
  RecordedLog,
  registered,
  withdrawn,
} from './testing/recorded-log.ts';

const auditor: Actor = { account: '', user: 'eve', roles: ['auditor'] };
const member = (account: string): Actor => ({ account, user: 'ann', roles: ['technician'] });
const imported: TesseraEvent = {
  type: 'CatalogueImportStarted',
  data: {
    ...{ importId: 'm', account: owner, existing: 'keep', startedAt: '2026-03-01T09:00:00.000Z' },
    file: { columns: [], separator: ',', sha256: 'x' },
  },
};

let recorded: RecordedLog;

beforeEach(() => {
  recorded = new RecordedLog();
});

async function shown() {
  const projections = [storiesProjection, installationsProjection, importsProjection, accountsProjection];
  const { log, views, read } = await recorded.open(...projections);
  const handler = new GetStoryHandler(log, views);
  const ask = (caller: Actor, event: string | undefined, pageSize = 50, pageToken?: string) =>
    handler.execute(new GetStory(caller, event ?? '', { pageSize, pageToken }));
  return { ask, read };
}

const typesOf = ({ items }: AuditStory) => items.map(({ type }) => type);

describe('a story', () => {
  it('has what one request led to in every stream, in order, and the chain that leads to the event', async () => {
    const [start] = recorded.recordCaused('one', undefined, 'import-m', imported);
    const [first] = recorded.recordCaused('one', start, 'installation-i', registered);
    recorded.recordCaused('two', undefined, 'installation-i', changed('Another request'));
    const [last] = recorded.recordCaused('one', first, 'installation-i', changed('Of the import'));
    const { ask } = await shown();
    for (const event of [start, first, last]) {
      const story = await ask(auditor, event?.id);
      expect(story.event.id).toBe(event?.id);
      expect(story.items.map(({ id, cause }) => [id, cause])).toEqual([
        [start?.id, start?.metadata.commandId],
        [first?.id, start?.id],
        [last?.id, first?.id],
      ]);
    }
    expect((await ask(auditor, last?.id)).causes?.map(({ id }) => id)).toEqual([start?.id, first?.id]);
    expect((await ask(auditor, start?.id)).causes).toEqual([]);
  });

  it('shows a party what it may read, and a stranger not even that it exists (R-V5)', async () => {
    const [start] = recorded.recordCaused('one', undefined, 'import-m', imported);
    const [first] = recorded.recordCaused('one', start, 'installation-i', registered);
    recorded.record('installation-i', granted('g'));
    const [end] = recorded.recordCaused('one', first, 'installation-i', withdrawn('g'));
    const [after] = recorded.recordCaused('one', end, 'installation-i', changed('Afterwards'));
    const { ask } = await shown();
    expect(typesOf(await ask(member(owner), end?.id))).toEqual([
      'CatalogueImportStarted',
      'InstallationRegistered',
      'InstallationAccessWithdrawn',
      'InstallationPropertiesChanged',
    ]);
    const theirs = await ask(member(holder), end?.id);
    expect(typesOf(theirs)).toEqual(['InstallationRegistered', 'InstallationAccessWithdrawn']);
    expect(theirs.causes?.map(({ type }) => type)).toEqual(['InstallationRegistered']);
    for (const [who, event] of [
      [holder, start],
      [holder, after],
      ['stranger', end],
    ] as const) {
      await expect(ask(member(who), event?.id)).rejects.toMatchObject({ code: 'not-found' });
    }
    await expect(ask(auditor, 'nowhere')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('reads little more than a page shows, and goes on where the page before ended', async () => {
    const [start] = recorded.recordCaused('one', undefined, 'installation-i', registered);
    for (let n = 0; n < 2_000; n++)
      recorded.recordCaused('one', start, 'installation-i', changed(`Brand ${n}`));
    const { ask, read } = await shown();
    const first = await ask(auditor, start?.id, 50);
    expect(first.items).toHaveLength(50);
    expect(read.length).toBeLessThan(4 * 50);
    const revisions: number[] = [];
    let pageToken: string | undefined;
    do {
      const page = await ask(auditor, start?.id, 150, pageToken);
      revisions.push(...page.items.map(({ revision }) => revision));
      expect(page.causes === undefined).toBe(pageToken !== undefined);
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    expect(revisions).toEqual(Array.from({ length: 2_001 }, (_, n) => n));
  });
});
