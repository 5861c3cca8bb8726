// What is given away as evidence is checked by the verifier that goes with it, which shares no code with us.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { serialise, type TesseraEvent } from '#contracts';
import type { Grant, InstallationEvent } from '#domain/installation';
import type { RecordedEvent } from '#event-store';
import { newSignerKey, parseSignerKey, readCheckpoint, signCheckpoint } from '#evidence';
import { parseSealingKeys, SEAL, Sealer } from '#seal';
import { SqliteViewStore } from '#view-store/sqlite';
import { recorder } from '../../../projections/testing.ts';
import { sample } from '../../../test/compatibility/samples.ts';
import { Refused, verify } from '../../evidence/verify.mjs';
import { MemoryLog, STEP } from '../../subscriptions/testing/memory-log.ts';
import { type EvidencePack, GetEvidence, GetEvidenceHandler } from './evidence.ts';

const VERIFIER = fileURLToPath(new URL('../../evidence/verify.mjs', import.meta.url));
/** What others keep of this format: it is never written anew. */
const FROZEN = readFileSync(new URL('../../evidence/testing/frozen/evidence', import.meta.url));

const [root, manager, helper, outsider] = ['root', 'manager', 'helper', 'outsider'] as const;
const ACCOUNTS = [root, manager, helper, outsider];
const SEALED_WITH = newSignerKey('tessera.example', Buffer.alloc(32, 7));
const KEY = parseSignerKey(SEALED_WITH).verifier.text;
const placement = { customerId: 'c', locationId: 'l', reference: 'R-1' };
const terms = {
  accessType: 'subcontractor',
  documentIdentity: 'performer',
  revocation: { kind: 'any-time' },
  approvedAt: '2026-03-01T09:00:00.000Z',
} as const;

/** Installations that end up with many grants, given on and withdrawn in any order. */
const RANDOM = fc.sample(
  fc.array(fc.tuple(fc.constantFrom('give', 'give', 'end'), fc.nat(), fc.nat(2)), { maxLength: 12 }),
  { numRuns: 30, seed: 14 },
);
/** Every event of an installation that says nothing about who had access. */
const BESIDE: Readonly<
  Record<
    Exclude<
      InstallationEvent['type'],
      'InstallationRegistered' | 'InstallationAccessGranted' | 'InstallationAccessWithdrawn'
    >,
    true
  >
> = {
  InstallationPropertiesChanged: true,
  InstallationMoved: true,
  InstallationArchived: true,
  InstallationRestored: true,
  ActivityAdded: true,
  ActivityChanged: true,
  ActivityRemoved: true,
  InstallationAccessExtended: true,
  InstallationAccessBlocked: true,
};
/** More events than one answer rests on. */
const TOO_MANY = 5_001;

let store: SqliteViewStore;
let log: MemoryLog;
let handler: GetEvidenceHandler;

const auditor = { account: '', user: 'eve', roles: ['auditor'] } as const;
const ask = (installation: string, account: string) =>
  handler.execute(new GetEvidence(auditor, installation, account));
const written = (pack: EvidencePack) => Buffer.from(JSON.stringify(pack));

beforeAll(async () => {
  const events = history();
  log = new MemoryLog(events);
  store = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
  const sealer = new Sealer({
    reader: log,
    views: store,
    keys: parseSealingKeys(SEALED_WITH),
    intervalMs: 60_000,
    clock: { now: () => '2026-03-02T09:00:00.000Z' },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  await sealer.start();
  await store.waitFor(SEAL, await log.head(), 60_000);
  await sealer.stop();
  const [last] = events.slice(-1) as [RecordedEvent];
  const archived = { type: 'InstallationArchived', data: { installationId: 'readable', account: root } };
  const { metadata } = last;
  await log.append(last.stream, [{ id: randomUUID(), ...archived, metadata }], 'any');
  handler = new GetEvidenceHandler(log, store);
});

afterAll(() => store.close());

/** A log of installations: one that is readable, one that is frozen, those of chance, one with a logbook that is too long. */
function history(): RecordedEvent[] {
  const record = recorder();
  const events: RecordedEvent[] = [];
  const append = (
    stream: string,
    event: TesseraEvent,
    account: string = root,
    role: 'administrator' | 'system' = 'administrator',
  ) => {
    const recorded = record(stream, event, {
      account,
      user: `user of ${account}`,
      role,
      correlation: 'file',
    });
    const position = events.length * STEP;
    const { type, data, schemaVersion } = serialise(recorded);
    const metadata = { ...recorded.metadata, schemaVersion };
    events.push({ ...recorded, type, data, metadata, position } as unknown as RecordedEvent);
  };
  const register = (installationId: string, role?: 'system') => {
    const data = { installationId, account: root, token: 'T', properties: {}, placement };
    append(`installation-${installationId}`, { type: 'InstallationRegistered', data }, root, role);
  };
  const give = (installationId: string, grantId: string, giver: string, holder: string, parent?: string) => {
    const shareId = `of-${grantId}`;
    const asked = { shareId, connectionId: 'c', requester: holder, provider: giver, name: 'All' };
    const requestedAt = terms.approvedAt;
    const data = { ...asked, suggestedLevel: 'installation', requestedAt } as const;
    append(`share-${shareId}`, { type: 'ShareRequested', data }, holder);
    const approved = { shareId, level: 'installation', selection: [installationId], terms } as const;
    append(`share-${shareId}`, { type: 'ShareApproved', data: approved }, giver);
    const grantedAt = '2026-03-01T10:00:00.417Z';
    const grant: Grant = { grantId, giver, holder, shareId, ...terms, grantedAt, ...(parent && { parent }) };
    const granted = { installationId, grant, placement };
    append(`installation-${installationId}`, { type: 'InstallationAccessGranted', data: granted }, holder);
    return grant;
  };
  const end = (installationId: string, { grantId, shareId, giver, holder }: Grant) => {
    const cause = { kind: 'revoked', account: giver, shareId, grantId } as const;
    const withdrawnAt = '2026-03-01T11:00:00.000Z';
    const data = { installationId, grantId, shareId, giver, holder, cause, withdrawnAt };
    append(`installation-${installationId}`, { type: 'InstallationAccessWithdrawn', data }, giver);
  };

  const company = sample('AccountRegistered').data.company;
  for (const accountId of ACCOUNTS) {
    const data = { accountId, kind: 'service', name: `The ${accountId} & “Co”`, company } as const;
    append(`account-${accountId}`, { type: 'AccountRegistered', data }, '');
  }
  register('frozen');
  const first = give('frozen', 'frozen-1', root, manager);
  give('frozen', 'frozen-2', manager, helper, first.grantId);
  end('frozen', first);

  append('import-file', sample('CatalogueImportStarted'), root);
  register('imported', 'system');
  register('eventful');
  for (const type of Object.keys(BESIDE) as (keyof typeof BESIDE)[]) {
    append('installation-eventful', {
      type,
      data: { ...sample(type).data, account: root },
    } as InstallationEvent);
  }
  append('installation-eventful', { type: 'CommandHadNoEffect', data: {} });

  for (const [n, story] of RANDOM.entries()) {
    const id = `random-${n}`;
    register(id);
    const live: Grant[] = [];
    for (const [at, [kind, which, to]] of story.entries()) {
      const over = live[which % (live.length + 1)];
      if (kind === 'give')
        live.push(give(id, `${id}-${at}`, over?.holder ?? root, ACCOUNTS[to + 1] as string, over?.grantId));
      else if (over !== undefined) {
        end(id, over);
        live.splice(live.indexOf(over), 1);
      }
    }
  }
  register('old');
  give('old', 'old-1', root, manager);
  const given = events.pop() as RecordedEvent;
  const metadata = { ...given.metadata, schemaVersion: 1 };
  events.push({ ...given, type: 'InstallationAccessGranted', metadata });

  register('busy');
  for (let n = 1; n < TOO_MANY; n += 1) {
    const data = { installationId: 'busy', account: root, changes: { brand: `${n}` } };
    append('installation-busy', { type: 'InstallationPropertiesChanged', data });
  }
  register('readable');
  return events;
}

describe('evidence of an access', () => {
  it('says from when to when, through which grants, authorised by whom', async () => {
    const { statement } = await ask('frozen', manager);
    expect(statement).toMatchObject({
      account: { id: manager, name: 'The manager & “Co”' },
      revision: 3,
      access: [
        {
          type: 'subcontractor',
          from: '2026-03-01T10:00:00.417Z',
          until: '2026-03-01T11:00:00.000Z',
          grants: [{ giver: { id: root }, authorisedBy: { user: 'user of root', role: 'administrator' } }],
        },
      ],
    });
    expect(statement.words).toMatch(
      /The manager & “Co” \(manager\) had access .* to 2026-03-01T11:00:00\.000Z\./,
    );
    expect((await ask('frozen', helper)).statement.access[0]?.grants).toHaveLength(2);
    const old = (await ask('old', manager)).statement.access[0];
    expect(old).toMatchObject({ from: '2026-03-01T10:00:00.000Z' });
    expect((await ask('frozen', outsider)).statement.words).toContain('never had access');
    const imported = (await ask('imported', root)).statement.access[0];
    expect(imported).toMatchObject({ type: 'root', authorisedBy: { user: 'user of root' } });
  });

  it('is what the verifier derives, of whatever happened', async () => {
    const installations = ['frozen', 'imported', 'eventful', 'old', ...RANDOM.map((_, n) => `random-${n}`)];
    for (const installation of installations) {
      for (const account of ACCOUNTS) {
        const pack = await ask(installation, account);
        expect(verify(written(pack), KEY)).toMatchObject({ statement: pack.statement });
      }
    }
  });

  it('is refused to everyone but auditors, whether there is anything or not', async () => {
    const caller = { account: root, user: 'ann', roles: ['administrator'] } as const;
    for (const installation of ['frozen', 'nothing']) {
      const asked = handler.execute(new GetEvidence(caller, installation, root));
      await expect(asked).rejects.toMatchObject({ code: 'role-not-allowed' });
    }
    await expect(ask('nothing', root)).rejects.toMatchObject({ code: 'not-found' });
    await expect(ask('frozen', 'nobody')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is not given of what is newer than the last checkpoint, or too much for one answer', async () => {
    await expect(ask('readable', root)).rejects.toMatchObject({ kind: 'conflict', code: 'not-yet-sealed' });
    await expect(ask('busy', root)).rejects.toMatchObject({ kind: 'impossible', code: 'too-much-evidence' });
  });
});

describe('the verifier', () => {
  const frozen = (): EvidencePack => JSON.parse(FROZEN.toString());
  const refused = (pack: object, key?: string) =>
    expect(() => verify(Buffer.from(JSON.stringify(pack)), key)).toThrow(Refused);

  it('takes what was given at any time', async () => {
    const { statement, events } = frozen();
    expect(verify(FROZEN, KEY)).toMatchObject({ statement, events: events.length });
    expect((await ask('frozen', helper)).statement).toEqual(statement);
  });

  it('refuses whichever byte is another', () => {
    const taken: number[] = [];
    for (let at = 0; at < FROZEN.length; at += 1) {
      const altered = Buffer.from(FROZEN);
      altered[at] = (altered[at] as number) ^ (1 + (at % 255));
      try {
        verify(altered);
        taken.push(at);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
    expect(taken).toEqual([]);
  });

  it('refuses what is shorter, longer or formatted', () => {
    for (const cut of [0, 1, FROZEN.length - 1]) {
      expect(() => verify(FROZEN.subarray(0, cut))).toThrow(Refused);
    }
    expect(() => verify(Buffer.concat([FROZEN, Buffer.from('\n')]))).toThrow(Refused);
    expect(() => verify(Buffer.from(JSON.stringify(frozen(), undefined, 2)))).toThrow(Refused);
    for (const text of ['null', '[]', '{}', '"x"']) expect(() => verify(Buffer.from(text))).toThrow(Refused);
  });

  it('refuses what lacks an event, has one twice, in another order, or one more than it needs', async () => {
    const pack = frozen();
    const { events } = pack;
    for (const at of events.keys()) refused({ ...pack, events: events.toSpliced(at, 1) });
    for (const event of events) refused({ ...pack, events: [...events, event] });
    refused({ ...pack, events: [events[1], events[0], ...events.slice(2)] });
    const [more] = (await ask('imported', root)).events;
    const asGiven = await ask('frozen', helper);
    refused({ ...asGiven, events: [...asGiven.events, more] });
  });

  it('refuses what another key has sealed, where the key is known', () => {
    const pack = frozen();
    const stranger = parseSignerKey(newSignerKey('tessera.example', Buffer.alloc(32, 8)));
    const checkpoint = signCheckpoint(readCheckpoint(pack.checkpoint), [stranger]);
    const forged = { ...pack, checkpoint, keys: [stranger.verifier.text] };
    expect(() => verify(Buffer.from(JSON.stringify(forged)))).not.toThrow();
    refused(forged, KEY);
    refused({ ...pack, keys: [stranger.verifier.text] });
    refused({ ...pack, keys: [] });
    refused({ ...pack, keys: [KEY, stranger.verifier.text] }, KEY);
  });

  it('says so by its exit code', () => {
    const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
    try {
      const file = join(folder, 'evidence.json');
      const run = (...asked: string[]) =>
        spawnSync(process.execPath, [VERIFIER, ...asked], { encoding: 'utf8' });
      writeFileSync(file, FROZEN);
      const taken = run(file, '--key', KEY);
      expect(taken).toMatchObject({ status: 0, stderr: '' });
      expect(taken.stdout).toContain(frozen().statement.words);
      expect(run()).toMatchObject({ status: 2, stdout: '' });
      writeFileSync(file, FROZEN.subarray(1));
      expect(run(file)).toMatchObject({ status: 1, stdout: '' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
