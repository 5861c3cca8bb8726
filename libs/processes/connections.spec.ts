import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { completeConnection } from './complete-connection.ts';
import { cancelLateRequest, endConnection } from './end-connection.ts';
import { ImportStep } from './import-step.ts';
import { preparePackage } from './prepare-package.ts';
import { RecordingPort, uid, World } from './testing/world.ts';

const [one, other] = [uid(1), uid(2)];
const connectionId = uid(11);
const [locationOfOne, locationOfOther] = [uid(22), uid(24)];
const [asked, given, taken] = [uid(41), uid(42), uid(43)];

let world: World;
let port: RecordingPort;

beforeEach(async () => {
  world = await World.open();
  port = new RecordingPort(world.commands);
  await world.register(one, 'service');
  await world.register(other, 'service');
});

afterEach(() => world.close());

describe('the end of a connection (R-C4)', () => {
  beforeEach(async () => {
    await world.connect(connectionId, one, other);
    await world.keep(one, uid(21), locationOfOne);
    await world.keep(other, uid(23), locationOfOther);
    await world.install(one, uid(31), { locationId: locationOfOne });
    await world.install(one, uid(32), { locationId: locationOfOne });
    await world.install(other, uid(33), { locationId: locationOfOther });
    await world.request(given, connectionId, other);
    await world.approve(given, one, 'installation', [uid(31)]);
    await world.request(taken, connectionId, one);
    await world.approve(taken, other, 'installation', [uid(33)]);
    await world.request(asked, connectionId, other);
  });

  it('cancels the open requests and keeps what was given', async () => {
    await world.ask(one, 'EndConnection', { connectionId });
    await world.run(endConnection, port);
    expect(port.issued()).toStrictEqual([{ type: 'CancelForEndedConnection', data: { shareId: asked } }]);
  });

  it('revokes what the account that ended it gave, if it chose so, and nothing it was given', async () => {
    await world.ask(one, 'EndConnection', { connectionId, revokeShares: true });
    await world.run(endConnection, port);
    const byShare = port.issued().sort((a, b) => (JSON.stringify(a.data) < JSON.stringify(b.data) ? -1 : 1));
    expect(byShare).toStrictEqual([
      { type: 'CancelForEndedConnection', data: { shareId: asked } },
      { type: 'RevokeShare', data: { shareId: given } },
    ]);
    expect(port.sent.every(({ actor }) => actor.account === one)).toBe(true);
  });

  /** As of a decision that was taken while the connection was active, and recorded when it had ended. */
  async function recordApproval(shareId: string): Promise<void> {
    const approved = (await world.history()).find(({ type }) => type === 'ShareApproved');
    if (approved?.type !== 'ShareApproved') throw new Error('nothing was approved yet');
    await world.record(`share-${shareId}`, one, {
      type: approved.type,
      data: { ...approved.data, shareId },
    });
  }

  it('revokes what was approved at the last moment', async () => {
    await world.ask(other, 'EndConnection', { connectionId });
    const asking = uid(45);
    const again = uid(12);
    await world.connect(again, one, other);
    await world.request(asking, again, other);
    await world.ask(one, 'EndConnection', { connectionId: again, revokeShares: true });
    await world.caughtUp();
    const commands = {
      send: async (command: Parameters<RecordingPort['send']>[0]) => {
        if (
          command.type === 'CancelForEndedConnection' &&
          (command.data as { shareId: string }).shareId === asking
        ) {
          await recordApproval(asking);
        }
        return port.send(command);
      },
    };
    await world.run(endConnection, commands);
    expect(port.issued('RevokeShare')).toStrictEqual([{ type: 'RevokeShare', data: { shareId: asking } }]);
  });

  it('leaves what can no longer be revoked', async () => {
    const held = uid(44);
    await world.request(held, connectionId, other);
    await world.approve(held, one, 'installation', [uid(32)], 'installation-manager');
    await world.run(preparePackage);
    await world.ask(other, 'ProcessShare', {
      shareId: held,
      referenceStyle: 'original',
      installations: [{ installationId: uid(32), target: { locationId: locationOfOther } }],
    });
    await world.run(new ImportStep());
    world.now = '2026-03-04T09:00:00.001Z';
    await world.ask(one, 'EndConnection', { connectionId, revokeShares: true });
    await world.run(endConnection, port);
    expect(port.issued('RevokeShare')).toContainEqual({ type: 'RevokeShare', data: { shareId: held } });
    const withdrawn = (await world.history()).filter(({ type }) => type === 'ShareItemsWithdrawn');
    expect(withdrawn).toMatchObject([{ data: { shareId: given } }]);
  });

  it('cancels a request that was made while it ended', async () => {
    await world.ask(one, 'EndConnection', { connectionId });
    await world.run(cancelLateRequest, port);
    expect(port.issued()).toStrictEqual([{ type: 'CancelForEndedConnection', data: { shareId: asked } }]);
  });

  it('does not cancel requests along an active connection', async () => {
    await world.run(cancelLateRequest, port);
    expect(port.issued()).toStrictEqual([]);
  });
});

describe('a connection whose token was used (R-C2)', () => {
  /** As a crash just after the token was used leaves it. */
  const tokenUsed = (connection: string) =>
    world.record(`connection-${connection}`, other, {
      type: 'ConnectionTokenUsed',
      data: { connectionId: connection, account: other, label: 'theirs' },
    });
  const lastOf = async (connection: string) =>
    (await world.history()).filter(({ stream }) => stream === `connection-${connection}`).at(-1);

  beforeEach(async () => {
    await world.ask(one, 'CreateConnection', { connectionId, label: 'ours', tokenHash: connectionId });
  });

  it('has nothing left to do once it is authenticated', async () => {
    await world.ask(other, 'AuthenticateConnection', {
      connectionId,
      tokenHash: connectionId,
      label: 'theirs',
    });
    expect(await world.workOf(completeConnection)).toMatchObject([
      { data: { connectionId, account: other } },
    ]);
    await world.run(completeConnection, port);
    expect(port.issued()).toStrictEqual([]);
  });

  it('is completed on the account’s behalf when that was lost', async () => {
    await tokenUsed(connectionId);
    world.now = '2026-03-08T09:00:00.001Z';
    await world.run(completeConnection, port);
    expect(port.issued()).toStrictEqual([
      {
        type: 'ClaimConnectionPair',
        data: { connectionId, creator: one, tokenHash: connectionId, label: 'theirs' },
      },
      { type: 'SettleConnection', data: { connectionId } },
    ]);
    expect(port.sent.every(({ actor }) => actor.account === other)).toBe(true);
    expect(await lastOf(connectionId)).toMatchObject({
      type: 'ConnectionAuthenticated',
      data: { connectionId, account: other, label: 'theirs' },
    });
  });

  it('is cancelled when another connection of the two came first', async () => {
    const second = uid(12);
    await world.ask(one, 'CreateConnection', { connectionId: second, label: 'ours', tokenHash: second });
    await tokenUsed(connectionId);
    await tokenUsed(second);
    await world.run(completeConnection);
    expect(await lastOf(connectionId)).toMatchObject({ type: 'ConnectionAuthenticated' });
    expect(await lastOf(second)).toMatchObject({
      type: 'ConnectionCancelled',
      data: { connectionId: second, reason: 'already-connected' },
    });
  });
});
