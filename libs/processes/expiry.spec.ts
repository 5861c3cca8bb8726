// Shares that were approved until a date: announced in time, ended at the moment, extended (R-E1 to R-E4).
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accessOf, findGrant, installation, treeByClock } from '#domain/installation';
import { plusMillis } from '#domain/kernel';
import { share, wasApproved } from '#domain/share';
import { expireShares } from './expire-shares.ts';
import { ExtendAccess } from './extend-access.ts';
import { followWithdrawal } from './follow-withdrawal.ts';
import { grantIdOf } from './grant-id.ts';
import { ImportStep } from './import-step.ts';
import { preparePackage } from './prepare-package.ts';
import { RecordingPort, uid, World } from './testing/world.ts';
import { withdrawAccess } from './withdraw-access.ts';

const [provider, requester, third] = [uid(1), uid(2), uid(3)];
const [toRequester, toThird] = [uid(11), uid(12)];
const [first, second] = [uid(31), uid(32)];
const machines = [first, second];
const [shareId, onward] = [uid(41), uid(42)];
const DAY = 86_400_000;

let world: World;
let until: string;

beforeEach(async () => {
  world = await World.open();
  until = plusMillis(world.now, 30 * DAY);
  for (const account of [provider, requester, third]) await world.register(account, 'service');
  await world.connect(toRequester, provider, requester);
  await world.connect(toThird, requester, third);
  for (const [index, account] of [provider, requester, third].entries()) {
    await world.keep(account, uid(60 + 2 * index), uid(61 + 2 * index));
  }
  for (const machine of machines) await world.install(provider, machine, { locationId: uid(61) });
  await world.request(shareId, toRequester, requester);
  await world.approve(shareId, provider, 'installation', machines, 'installation-manager', until);
  await world.run(preparePackage);
});

afterEach(() => world.close());

async function take(account: string, of: string, locationId: string, installations: readonly string[]) {
  await world.ask(account, 'ProcessShare', {
    shareId: of,
    referenceStyle: 'original',
    installations: installations.map((installationId) => ({ installationId, target: { locationId } })),
  });
}

async function giveOn(): Promise<void> {
  await take(requester, shareId, uid(63), [first]);
  await world.run(new ImportStep());
  await world.request(onward, toThird, third);
  await world.approve(onward, requester, 'installation', [first]);
  await world.run(preparePackage);
  await take(third, onward, uid(65), [first]);
  await world.run(new ImportStep());
}

const stateOf = async (id: string) => {
  const found = await world.aggregates.state(share, id);
  if (!wasApproved(found)) throw new Error('It was not approved.');
  return found.summary;
};
const grantOf = async (id = first, of = shareId) => {
  const found = await world.aggregates.state(installation, id);
  if (found.status === 'none') throw new Error('There is no such installation.');
  return findGrant(found.tree, grantIdOf(of, id));
};
const types = async () => (await world.history()).map(({ type }) => type);
const note = (by: string, activityId = uid(91)) =>
  world.ask(by, 'AddActivity', {
    installationId: first,
    activityId,
    kind: 'note',
    performedOn: '2026-03-02',
    summary: 'Seen',
  });

describe('the end of a share', () => {
  it('is announced seven days and one day before, and then ends everything that was given on', async () => {
    await giveOn();
    await world.run(expireShares);
    expect((await types()).filter((type) => type === 'ShareExpiryAnnounced')).toEqual([]);
    for (const days of [7, 1]) {
      world.now = plusMillis(until, -days * DAY);
      await world.run(expireShares);
      await world.run(expireShares);
    }
    const announcements = (await world.history()).filter(({ type }) => type === 'ShareExpiryAnnounced');
    expect(announcements).toMatchObject([
      { data: { until, daysBefore: 7 } },
      { data: { until, daysBefore: 1 } },
    ]);

    world.now = plusMillis(until, 5);
    for (const process of [expireShares, withdrawAccess, followWithdrawal]) await world.run(process);
    expect(await stateOf(shareId)).toMatchObject({
      status: 'expired',
      expiredAt: until,
      counts: { offered: 0, placed: 0, withdrawn: 2 },
    });
    expect((await grantOf())?.withdrawal).toMatchObject({ cause: { kind: 'expired' }, withdrawnAt: until });
    expect((await grantOf(first, onward))?.withdrawal).toMatchObject({
      cause: { kind: 'cascade', shareId },
      withdrawnAt: until,
    });
    expect(await stateOf(onward)).toMatchObject({ status: 'revoked', counts: { withdrawn: 1 } });
  });

  it('holds before it is recorded: nothing more of the former holder is accepted (R-E2)', async () => {
    await giveOn();
    world.now = plusMillis(until, -1);
    await note(requester);
    world.now = until;
    await expect(note(requester)).rejects.toMatchObject({ code: 'access-expired' });
    await expect(note(third)).rejects.toMatchObject({ code: 'access-withdrawn' });
    await expect(take(requester, shareId, uid(63), [second])).rejects.toMatchObject({
      code: 'share-expired',
    });
  });

  it('holds for what is being imported: it does not begin any more (R-P4)', async () => {
    await take(requester, shareId, uid(63), machines);
    world.now = until;
    await world.run(new ImportStep());
    expect(await stateOf(shareId)).toMatchObject({ status: 'expired', counts: { withdrawn: 2, placed: 0 } });
    expect(await grantOf()).toBeUndefined();
  });
});

describe('an extension', () => {
  const later = () => plusMillis(until, 30 * DAY);

  it('reaches every grant of the share, and moves the end and its announcements', async () => {
    await take(requester, shareId, uid(63), machines);
    await world.run(new ImportStep());
    await world.ask(provider, 'ExtendShare', { shareId, until: later() });
    await world.run(new ExtendAccess());
    for (const machine of machines) expect(await grantOf(machine)).toMatchObject({ until: later() });
    world.now = plusMillis(until, DAY);
    await world.run(expireShares);
    expect(await stateOf(shareId)).toMatchObject({ status: 'processed', expiresAt: later() });
    await note(requester);
    world.now = plusMillis(later(), -7 * DAY);
    await world.run(expireShares);
    expect(await stateOf(shareId)).toMatchObject({ announced: { until: later(), daysBefore: 7 } });
  });

  it('holds before it has reached the grants, also after their former end', async () => {
    await take(requester, shareId, uid(63), [first]);
    await world.run(new ImportStep());
    await world.ask(provider, 'ExtendShare', { shareId, until: later() });
    world.now = plusMillis(until, DAY);
    await note(provider);
    await note(requester, uid(92));
    expect((await grantOf())?.withdrawal).toBeUndefined();
    await world.run(new ExtendAccess());
    expect(await grantOf()).toMatchObject({ until: later() });
  });

  it('reaches what was granted until the former end while it was decided', async () => {
    await take(requester, shareId, uid(63), [first]);
    let isExtended = false;
    const port = new RecordingPort({
      send: async (command) => {
        const outcome = await world.commands.send(command);
        if (command.type === 'GrantAccess' && !isExtended) {
          isExtended = true;
          await world.ask(provider, 'ExtendShare', { shareId, until: later() });
        }
        return outcome;
      },
    });
    await world.run(new ImportStep(), port);
    expect(await grantOf()).toMatchObject({ until: later() });
    const state = await world.aggregates.state(installation, first);
    if (state.status === 'none') throw new Error('There is no such installation.');
    expect(accessOf(treeByClock(state.tree, until), requester).kind).toBe('live');
  });
});
