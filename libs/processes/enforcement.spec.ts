import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CommandPort } from '#application/core';
import { connection } from '#domain/connection';
import { explainAccess, installation } from '#domain/installation';
import { share } from '#domain/share';
import { installationsProjection } from '#projections/installations';
import { endConnection } from './end-connection.ts';
import { PromptEnforcement } from './enforcement.ts';
import { grantIdOf } from './grant-id.ts';
import { ImportStep } from './import-step.ts';
import { preparePackage } from './prepare-package.ts';
import { FailingPort, RecordingPort, recordedAfter, uid, World } from './testing/world.ts';
import { withdrawAccess } from './withdraw-access.ts';

const [provider, requester, third] = [uid(1), uid(2), uid(3)];
const [toRequester, toThird] = [uid(11), uid(12)];
const machines = [31, 32, 33, 34].map(uid);
const [first, second, third_, confirmed] = machines as [string, string, string, string];
const [shareId, onward] = [uid(41), uid(42)];

let before: World;
let world: World;

/** Three machines are placed and given on; one is confirmed, and its import has not begun. */
beforeAll(async () => {
  before = await World.open();
  for (const account of [provider, requester, third]) await before.register(account, 'service');
  await before.connect(toRequester, provider, requester);
  await before.connect(toThird, requester, third);
  await before.keep(provider, uid(21), uid(22));
  await before.keep(requester, uid(61), uid(62));
  await before.keep(third, uid(63), uid(64));
  for (const machine of machines) await before.install(provider, machine, { locationId: uid(22) });
  await before.request(shareId, toRequester, requester);
  await before.approve(shareId, provider, 'installation', machines);
  await before.run(preparePackage);
  await take(requester, shareId, uid(62), [first, second, third_]);
  await before.run(new ImportStep());
  await before.request(onward, toThird, third);
  await before.approve(onward, requester, 'installation', [first]);
  await before.run(preparePackage);
  await take(third, onward, uid(64), [first]);
  await before.run(new ImportStep());
  await take(requester, shareId, uid(62), [confirmed]);
});

afterAll(() => before.close());

beforeEach(async () => {
  world = await World.open(before);
});

afterEach(() => world.close());

async function take(
  account: string,
  from: string,
  locationId: string,
  installations: readonly string[],
): Promise<void> {
  await before.ask(account, 'ProcessShare', {
    shareId: from,
    referenceStyle: 'original',
    installations: installations.map((installationId) => ({ installationId, target: { locationId } })),
  });
}

/** Decides, and nothing more: as a service that is killed right after the append. */
async function decided(in_: World, type: string, data: object, account = provider) {
  const id = await in_.ask(account, type, data);
  const of = type === 'EndConnection' ? connection : type === 'RevokeShare' ? share : installation;
  const { revision, position } = await in_.aggregates.refresh<unknown>(of, Object.values(data)[0]);
  return [
    { id, type, account },
    { id: Object.values(data)[0], revision, position, replayed: false },
  ] as const;
}

const revoked = (in_: World, installations?: readonly string[]) =>
  decided(in_, 'RevokeShare', { shareId, installations, reason: 'sold' });

async function holders(installationId: string): Promise<string[]> {
  const state = await world.aggregates.state(installation, installationId);
  if (state.status === 'none') return [];
  return [requester, third].filter((account) => explainAccess(state.tree, account, 'read').allowed);
}

const enforcement = (atOnce?: number) => new PromptEnforcement(world.dependencies, atOnce);

describe('a revocation, when it is answered (R-V8)', () => {
  it('has ended access, also further down, and leaves the process nothing to withdraw (R-V4)', async () => {
    expect(await holders(first)).toStrictEqual([requester, third]);
    const enforced = await enforcement().enforce(...(await revoked(world)), world.commands);
    expect(await Promise.all(machines.map(holders))).toStrictEqual([[], [], [], []]);
    expect(enforced).toStrictEqual({ position: await world.store.head() });
    const port = new RecordingPort(world.commands);
    await world.run(withdrawAccess, port);
    expect(port.issued()).toStrictEqual([]);
  });

  it('is reflected in the view by which access is checked, as its consistency token says', async () => {
    const { position } = await enforcement().enforce(...(await revoked(world)), world.commands);
    const checkpoint = await world.views.checkpoint(installationsProjection.name);
    expect(checkpoint).toBeGreaterThanOrEqual(position as number);
  });

  it('blocks installations whose import is in progress', async () => {
    await enforcement().enforce(...(await revoked(world)), world.commands);
    await world.run(new ImportStep());
    expect(await holders(confirmed)).toStrictEqual([]);
  });

  it('of single installations does not affect the others', async () => {
    await enforcement().enforce(...(await revoked(world, [second])), world.commands);
    expect(await Promise.all(machines.map(holders))).toStrictEqual([[requester, third], [], [requester], []]);
  });

  it('takes effect when the command is repeated after the first answer was lost together with its effect', async () => {
    await revoked(world);
    const again = await revoked(world);
    const { progress } = await enforcement().enforce(...again, world.commands);
    expect(progress).toBeUndefined();
    expect(await holders(first)).toStrictEqual([]);
  });

  it('that is too large is answered with its progress, and completed by the process', async () => {
    const [command, outcome] = await revoked(world);
    const large = enforcement(2);
    const enforced = await large.enforce(command, outcome, world.commands);
    expect(enforced).toStrictEqual({
      position: outcome.position,
      progress: { phase: 'revoking', done: 2, of: 4 },
    });
    await world.run(withdrawAccess);
    expect(await Promise.all(machines.map(holders))).toStrictEqual([[], [], [], []]);
    expect((await large.enforce(command, outcome, world.commands)).progress).toBeUndefined();
  });

  it('that could not take effect in full is answered with its progress, not refused', async () => {
    const port = new FailingPort(world.commands, 2, 'the command');
    const { progress } = await enforcement().enforce(...(await revoked(world)), port);
    expect(progress).toMatchObject({ phase: 'revoking', of: 4 });
  });

  it('is not reported as in effect while the view by which access is checked is behind', async () => {
    const views = { ...world.views, waitFor: () => Promise.resolve(false) };
    const blind = new PromptEnforcement({ ...world.dependencies, views: views as never });
    const { progress } = await blind.enforce(...(await revoked(world)), world.commands);
    expect(progress).toStrictEqual({ phase: 'revoking', done: 4, of: 4 });
  });
});

describe('a return, when it is answered (R-V8)', () => {
  it('has ended access with everything given on from it, and is reflected in the view', async () => {
    const data = { installationId: first, grantId: grantIdOf(shareId, first) };
    const returned = await decided(world, 'ReturnAccess', data, requester);
    const { position, progress } = await enforcement().enforce(...returned, world.commands);
    expect(progress).toBeUndefined();
    expect(await holders(first)).toStrictEqual([]);
    const checkpoint = await world.views.checkpoint(installationsProjection.name);
    expect(checkpoint).toBeGreaterThanOrEqual(position as number);
  });
});

describe('the end of a connection that revokes, when it is answered (R-V8, R-C4)', () => {
  it('has ended the access its shares gave', async () => {
    const ended = await decided(world, 'EndConnection', { connectionId: toRequester, revokeShares: true });
    const { progress } = await enforcement().enforce(...ended, world.commands);
    expect(progress).toBeUndefined();
    expect(await Promise.all(machines.map(holders))).toStrictEqual([[], [], [], []]);
    const port = new RecordingPort(world.commands);
    await world.run(endConnection, port);
    await world.run(withdrawAccess, port);
    expect(port.issued('WithdrawAccess')).toStrictEqual([]);
  });

  it('withdraws nothing when the account chose not to revoke', async () => {
    const ended = await decided(world, 'EndConnection', { connectionId: toRequester });
    const port = new RecordingPort(world.commands);
    await enforcement().enforce(...ended, port);
    expect(port.issued()).toStrictEqual([]);
  });
});

describe('when command handling or the process is killed in between', () => {
  /** The command path or the process, killed at its `n`th command, before or after that took effect. */
  const attempt = fc.record({
    by: fc.constantFrom('command path', 'process'),
    failsAt: fc.integer({ min: 1, max: 5 }),
    loses: fc.constantFrom('the command' as const, 'the answer' as const),
  });

  it('the outcome equals that of an undisturbed process, whatever the order', async () => {
    const decision = await revoked(before);
    const alone = await World.open(before);
    await alone.run(withdrawAccess);
    const undisturbed = await recordedAfter(alone, before);
    await alone.close();

    await fc.assert(
      fc.asyncProperty(fc.array(attempt, { minLength: 1, maxLength: 4 }), async (attempts) => {
        const copy = await World.open(before);
        const enforce = (port: CommandPort) =>
          new PromptEnforcement(copy.dependencies).enforce(...decision, port);
        for (const { by, failsAt, loses } of attempts) {
          const port = new FailingPort(copy.commands, failsAt, loses);
          if (by === 'process') await copy.run(withdrawAccess, port).catch(() => undefined);
          else await enforce(port);
        }
        await copy.run(withdrawAccess);
        expect(await recordedAfter(copy, before)).toStrictEqual(undisturbed);
        expect((await enforce(copy.commands)).progress).toBeUndefined();
        expect(await recordedAfter(copy, before)).toStrictEqual(undisturbed);
        await copy.close();
      }),
      { numRuns: 12 },
    );
  });
});
