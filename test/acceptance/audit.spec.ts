// What auditors and parties ask of the history beside its pages: whole as files, as one story, between two moments.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Member } from './client.ts';
import { type Company, ok, refusalOf, shareUntil, type View, World } from './world.ts';

let world: World;
let giver: Company;
let taker: Company;
let stranger: Company;
let connection: string;
let auditor: Member;

beforeAll(async () => {
  world = await World.begin();
  giver = await world.company('service', '=Frigo "North", Ltd');
  taker = await world.company('service', 'Cold Hands');
  stranger = await world.company('service', 'Nosy');
  connection = await world.connect(giver, taker);
  auditor = await world.member('', 'auditor');
});

afterAll(() => world.end());

/** A share of installations that the taker has processed. */
async function give(count: number, accessType = 'subcontractor') {
  const { installations } = await giver.addSite(count);
  const approval = { level: 'installation', selection: installations, accessType } as const;
  const share = await world.give(giver, taker, connection, approval);
  await taker.take(share, await taker.addLocation(await taker.addCustomer()));
  return { share, installations };
}

async function fileOf(who: Member, query: string): Promise<{ headers: Headers; text: string }> {
  const answer = await who.open('GET', `/v1/audit/export?${query}`);
  expect(answer.status).toBe(200);
  return { headers: answer.headers, text: await answer.text() };
}

const linesOf = (text: string): View[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

describe('an export', () => {
  it('of one subject has the items of its history, as the caller may see them, as a file', async () => {
    const { share, installations } = await give(1);
    for (const who of [giver.technician, taker.technician, auditor]) {
      for (const [kind, id] of [
        ['share', share],
        ['installation', installations[0]],
        ['connection', connection],
      ]) {
        const { headers, text } = await fileOf(who, `${kind}=${id}`);
        const { items } = await ok(who.get(`/v1/audit/${kind}s/${id}?pageSize=200`));
        expect(linesOf(text)).toEqual(items);
        expect(headers.get('content-type')).toBe('application/x-ndjson');
        expect(headers.get('content-disposition')).toBe(`attachment; filename="audit-${kind}-${id}.ndjson"`);
      }
    }
  });

  it('as CSV opens in a spreadsheet as text, also where names look like formulas', async () => {
    const { share } = await give(1);
    const { headers, text } = await fileOf(auditor, `share=${share}&format=csv`);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="audit-share-${share}.csv"`);
    const rows: View[] = parse(text, { bom: true, columns: true });
    const { items } = await ok(auditor.get(`/v1/audit/shares/${share}`));
    expect(rows.map(({ event_id, type, data }) => [event_id, type, JSON.parse(data)])).toEqual(
      items.map(({ id, type, data }: View) => [id, type, data]),
    );
    expect(rows.map(({ account_name }) => account_name)).toContain(`'=Frigo "North", Ltd`);
  });

  it('of everything is for auditors, and has everything in order', async () => {
    const before = (await world.now()).toISOString();
    const { share, installations } = await give(1);
    const after = (await world.now()).toISOString();
    const everything = linesOf((await fileOf(auditor, `from=${before}&to=${after}`)).text);
    const about = (id: string | undefined) => everything.filter(({ subject }) => subject.id === id);
    const { items } = await ok(auditor.get(`/v1/audit/shares/${share}`));
    expect(about(share)).toEqual(items);
    expect(about(installations[0]).map(({ type }) => type)).toEqual([
      'InstallationRegistered',
      'InstallationAccessGranted',
    ]);
    expect(everything.every(({ time }) => time > before && time <= after)).toBe(true);
    expect(JSON.stringify(everything)).not.toContain('tokenHash');
    expect(await refusalOf(giver.administrator.get('/v1/audit/export'))).toMatchObject({
      status: 403,
      code: 'role-not-allowed',
    });
  });

  it('is not found by strangers, nor of a former holder’s later time (R-V5)', async () => {
    const { share, installations } = await give(1);
    const [installation] = installations;
    const refused = { status: 404, code: 'not-found' };
    expect(await refusalOf(stranger.administrator.get(`/v1/audit/export?share=${share}`))).toEqual(refused);
    await ok(giver.administrator.post(`/v1/shares/${share}/revoke`));
    await ok(giver.manager.patch(`/v1/installations/${installation}`, { brand: 'Afterwards' }));
    const { text } = await fileOf(taker.administrator, `installation=${installation}`);
    expect(linesOf(text).at(-1)).toMatchObject({ type: 'InstallationAccessWithdrawn' });
    expect(text).not.toContain('Afterwards');
  });

  it.each([
    ['share=x', '/share'],
    ['format=xml', '/format'],
    ['from=yesterday', '/from'],
    [`share=${crypto.randomUUID()}&account=${crypto.randomUUID()}`, '/account'],
  ])('with %s is refused, naming what is wrong', async (query, pointer) => {
    const { status, body } = await auditor.get(`/v1/audit/export?${query}`);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ pointer }]);
  });

  it('requested by HEAD reads nothing', async () => {
    const { share } = await give(1);
    const answer = await auditor.open('HEAD', `/v1/audit/export?share=${share}`);
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });
});

describe('a story', () => {
  /** Each event under the one that it follows from, as far as the reader may know both. */
  function nested({ items }: View): string[] {
    const depths = new Map<string, number>();
    return items.map(({ id, cause, subject, type }: View) => {
      const depth = (depths.get(cause) ?? -1) + 1;
      depths.set(id, depth);
      return `${'  '.repeat(depth)}${subject.kind} ${type}`;
    });
  }
  const storyOf = (who: Member, event: string) => ok(who.get(`/v1/audit/stories/${event}?pageSize=200`));
  const last = async (who: Member, path: string, type: string): Promise<View> =>
    (await ok(who.get(`/v1/audit/${path}?pageSize=200`))).items.findLast((item: View) => item.type === type);

  it('shows a revocation with everything that ended by it, over three accounts (R-V4)', async () => {
    const third = await world.company('service', 'Third');
    const onward = await world.connect(taker, third);
    const { installations, share } = await give(1, 'installation-manager');
    const [installation = ''] = installations;
    const approval = { level: 'installation', selection: [installation], accessType: 'on-loan' } as const;
    const below = await world.give(taker, third, onward, approval);
    await third.take(below, await third.addLocation(await third.addCustomer()));
    await ok(giver.administrator.post(`/v1/shares/${share}/revoke`, { reason: 'Sold.' }));
    await shareUntil(third, below, ({ status }) => status === 'revoked');
    const { id: event, command } = await last(auditor, `shares/${share}`, 'ShareRevoked');
    const story = await storyOf(auditor, event);
    const within = (id: string) => story.items.filter(({ subject }: View) => subject.id === id);
    expect(within(installation).map(({ type }: View) => type)).toEqual([
      'InstallationAccessWithdrawn',
      'InstallationAccessWithdrawn',
    ]);
    for (const id of [share, below]) {
      expect(within(id).map(({ type }: View) => type)).toEqual(
        expect.arrayContaining(['ShareItemsWithdrawn', 'ShareRevoked']),
      );
    }
    const [begin] = story.items;
    expect(begin).toMatchObject({ subject: { id: share }, command, cause: command });
    for (const [place, { cause, correlation }] of story.items.entries()) {
      const earlier = story.items.slice(0, place).map(({ id }: View) => id);
      expect([command, ...earlier]).toContain(cause);
      expect(correlation).toBe(begin.correlation);
    }
    const lines = nested(story);
    expect(lines[0]).toMatch(/^share /);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2,}installation InstallationAccessWithdrawn$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {4,}\S/));

    const end = await last(third.technician, `installations/${installation}`, 'InstallationAccessWithdrawn');
    const theirs = await storyOf(third.technician, end.id);
    const about = new Set(theirs.items.map(({ subject }: View) => subject.id));
    expect(about).toEqual(new Set([installation, below]));
    expect(JSON.stringify(theirs)).not.toMatch(new RegExp(`Sold|${share}`));
    const gone = await refusalOf(third.technician.get(`/v1/audit/stories/${event}`));
    expect(gone).toEqual({ status: 404, code: 'not-found' });
  });
});

describe('two moments', () => {
  it('of a share differ by its status and its items, as each party may know them', async () => {
    const before = (await world.now()).toISOString();
    const { share, installations } = await give(2);
    const { items } = await ok(auditor.get(`/v1/audit/shares/${share}`));
    const available = items.find(({ type }: View) => type === 'SharePackageCompleted').time;
    const { differences, total } = await ok(
      taker.technician.get(`/v1/audit/shares/${share}?from=${available}`),
    );
    expect(differences.fields).toContainEqual({
      pointer: '/status',
      before: 'available',
      after: 'processed',
    });
    const [list] = differences.lists.filter(({ pointer }: View) => pointer === '/items');
    expect(list).toMatchObject({ added: { total: 0 }, changed: { total: 2 }, removed: { total: 0 } });
    expect(list.changed.items).toEqual(
      expect.arrayContaining(
        installations.map((installationId) => ({
          before: { installationId, status: 'offered' },
          after: { installationId, status: 'placed' },
        })),
      ),
    );
    expect(total).toBe(items.filter(({ time }: View) => time > available).length);
    const whole = await ok(auditor.get(`/v1/audit/shares/${share}?from=${before}&to=${available}`));
    expect(whole.differences.fields).toContainEqual({
      pointer: '/status',
      before: 'none',
      after: 'available',
    });
  });

  it.each([
    ['to=2026-01-01T00:00:00Z', '/from'],
    ['from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', '/to'],
    ['from=2026-01-01T00:00:00Z&asOf=2026-01-01T00:00:00Z', '/asOf'],
  ])('that are invalid, %s, are refused', async (query, pointer) => {
    const { status, body } = await auditor.get(`/v1/audit/connections/${connection}?${query}`);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ pointer }]);
  });
});

describe('a report', () => {
  it('is a page to be printed, by itself, of what its reader may know', async () => {
    const { share, installations } = await give(1);
    for (const path of [`shares/${share}`, `installations/${installations[0]}`]) {
      for (const who of [auditor, taker.technician]) {
        const answer = await who.open('GET', `/v1/audit/${path}/report`);
        const page = await answer.text();
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(answer.headers.get('content-security-policy')).toMatch(
          /^default-src 'none'; style-src 'sha256-/,
        );
        expect(page).toContain('=Frigo &quot;North&quot;, Ltd');
        expect(page).toMatch(/End of the report\.<\/p>\s+<\/div>\s+<\/body>\s+<\/html>\n$/);
        expect(page.includes('dev:administrator of =Frigo')).toBe(who === auditor);
      }
    }
  });
});
