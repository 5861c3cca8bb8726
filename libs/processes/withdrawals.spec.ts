import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { followWithdrawal } from './follow-withdrawal.ts';
import { grantIdOf } from './grant-id.ts';
import { ImportStep } from './import-step.ts';
import { preparePackage } from './prepare-package.ts';
import { RecordingPort, uid, World } from './testing/world.ts';
import { withdrawAccess } from './withdraw-access.ts';

const [provider, requester, third] = [uid(1), uid(2), uid(3)];
const [toRequester, toThird] = [uid(11), uid(12)];
const [first, second, last] = [uid(31), uid(32), uid(33)];
const machines = [first, second, last];
const [shareId, onward] = [uid(41), uid(42)];
const ownLocation = uid(62);

let world: World;
let port: RecordingPort;

beforeEach(async () => {
  world = await World.open();
  port = new RecordingPort(world.commands);
  for (const account of [provider, requester, third]) await world.register(account, 'service');
  await world.connect(toRequester, provider, requester);
  await world.connect(toThird, requester, third);
  await world.keep(provider, uid(21), uid(22));
  await world.keep(requester, uid(61), ownLocation);
  await world.keep(third, uid(63), uid(64));
  for (const machine of machines) await world.install(provider, machine, { locationId: uid(22) });
  await world.request(shareId, toRequester, requester);
  await world.approve(shareId, provider, 'installation', machines);
  await world.run(preparePackage);
});

afterEach(() => world.close());

async function take(
  account: string,
  share: string,
  locationId: string,
  installations: readonly string[],
): Promise<void> {
  await world.ask(account, 'ProcessShare', {
    shareId: share,
    referenceStyle: 'original',
    installations: installations.map((installationId) => ({ installationId, target: { locationId } })),
  });
}

async function giveOn(): Promise<void> {
  await take(requester, shareId, ownLocation, machines);
  await world.run(new ImportStep());
  await world.request(onward, toThird, third);
  await world.approve(onward, requester, 'installation', machines);
  await world.run(preparePackage);
  await take(third, onward, uid(64), machines);
  await world.run(new ImportStep());
}

describe('withdrawing access on the installations of a revoked share', () => {
  it('withdraws what was placed, blocks what is being imported, and leaves the rest unchanged (R-V3)', async () => {
    await take(requester, shareId, ownLocation, [first]);
    await world.run(new ImportStep());
    await take(requester, shareId, ownLocation, [second]);
    await world.ask(provider, 'RevokeShare', { shareId, reason: 'sold' });
    await world.run(withdrawAccess, port);
    const withdrawal = (installationId: string) => ({
      type: 'WithdrawAccess',
      data: {
        installationId,
        grantId: grantIdOf(shareId, installationId),
        shareId,
        holder: requester,
        cause: {
          kind: 'revoked',
          account: provider,
          shareId,
          grantId: grantIdOf(shareId, installationId),
          reason: 'sold',
        },
      },
    });
    expect(port.issued()).toStrictEqual([withdrawal(first), withdrawal(second)]);
    const [, withdrawn, blocked] = (await world.history()).filter(({ type }) =>
      type.startsWith('InstallationAccess'),
    );
    expect(withdrawn).toMatchObject({
      type: 'InstallationAccessWithdrawn',
      data: { installationId: first },
    });
    expect(blocked).toMatchObject({ type: 'InstallationAccessBlocked', data: { installationId: second } });
  });

  it('does nothing for access that ended for a cause outside the share', async () => {
    await giveOn();
    await world.ask(third, 'ReturnAccess', { installationId: first, grantId: grantIdOf(onward, first) });
    await world.run(followWithdrawal);
    expect(await world.workOf(withdrawAccess)).toStrictEqual([]);
  });
});

describe('recording in a share access that ended for a cause outside it', () => {
  it('records a cascade once for all installations it ended, with its cause (R-V4)', async () => {
    await giveOn();
    await world.ask(provider, 'RevokeShare', { shareId, reason: 'sold' });
    await world.run(withdrawAccess);
    await world.run(followWithdrawal, port);
    expect(port.issued()).toStrictEqual([
      {
        type: 'RecordWithdrawnItems',
        data: {
          shareId: onward,
          installations: machines,
          cause: { kind: 'cascade', account: provider, shareId, reason: 'sold' },
        },
      },
    ]);
  });

  it('records access that a holder returned (R-V7)', async () => {
    await giveOn();
    await world.ask(requester, 'ReturnAccess', { installationId: first, grantId: grantIdOf(shareId, first) });
    await world.run(followWithdrawal, port);
    expect(port.issued()).toStrictEqual([
      {
        type: 'RecordWithdrawnItems',
        data: { shareId, installations: [first], cause: { kind: 'returned', account: requester, shareId } },
      },
      {
        type: 'RecordWithdrawnItems',
        data: {
          shareId: onward,
          installations: [first],
          cause: { kind: 'cascade', account: requester, shareId },
        },
      },
    ]);
  });

  it('does not record a revocation by the giver, which the share recorded itself', async () => {
    await giveOn();
    await world.ask(requester, 'RevokeShare', { shareId: onward });
    await world.run(withdrawAccess);
    expect(await world.workOf(followWithdrawal)).toStrictEqual([]);
  });

  it('continues work that was grouped differently before', async () => {
    await giveOn();
    await world.ask(provider, 'RevokeShare', { shareId });
    await world.run(withdrawAccess);
    const [one, ...others] = await world.workOf(followWithdrawal);
    const dependencies = { ...world.dependencies, commands: port };
    await followWithdrawal.step([one as never], dependencies);
    await followWithdrawal.step([one, ...others] as never, dependencies);
    expect(
      port.issued().map(({ data }) => (data as { installations: string[] }).installations),
    ).toStrictEqual([[first], [second, last]]);
  });
});
