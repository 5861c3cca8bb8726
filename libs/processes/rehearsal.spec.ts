import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CommandAnswer, ListAnnounced } from '#application';
import { cursorAt } from '#contracts';
import { type PublicCommandType, publicCommands } from '#contracts/commands';
import { type Actor, plusMillis, type Role } from '#domain/kernel';
import { type RecordedEvent, START } from '#event-store';
import { notifications } from '#projections/inbox';
import { type WebhookDelivery, webhookDeliveries } from '#webhooks/deliveries';
import { grantIdOf } from './grant-id.ts';
import { ImportStep } from './import-step.ts';
import { preparePackage } from './prepare-package.ts';
import { uid, World } from './testing/world.ts';

const [provider, requester] = [uid(1), uid(2)];
const [connectionId, cancelled] = [uid(11), uid(12)];
const [customerId, locationId, buildingId, placeId] = [uid(21), uid(22), uid(23), uid(24)];
const machines = [31, 32, 33, 34, 35].map(uid) as [string, string, string, string, string];
const [activityId] = [uid(41)];
const [given, withdrawn, rejected, revoked] = [uid(51), uid(52), uid(53), uid(54)];
const [webhookId, deliveryId] = [uid(71), uid(72)];

const address = { street: 'Havenstraat 1', postalCode: '3011 AA', city: 'Rotterdam', country: 'NL' };
const company = { name: 'Koelwerk', vatNumber: 'NL001234567B01', ...address };

/** A public command, its sender, and its data, which may depend on those executed before it. */
type Step = readonly [
  account: string,
  type: PublicCommandType,
  data: () => object | Promise<object>,
  role?: Role,
];

let world: World;
let token: string;

const notification = async (): Promise<string> => {
  await world.caughtUp();
  const { items } = await world.views.find(notifications, {
    index: 'by-account',
    prefix: [requester],
    limit: 1,
  });
  return items[0]?.notificationId as string;
};
const approve = (shareId: string, selection: readonly string[], days?: number) => () => {
  const end = days !== undefined && { until: inDays(days) };
  return { shareId, level: 'installation', selection, accessType: 'subcontractor', ...end } as const;
};
const inDays = (days: number) => plusMillis(world.now, days * 86_400_000);
const take = (shareId: string, installations: readonly string[]) => () => ({
  shareId,
  referenceStyle: 'original',
  installations: installations.map((installationId) => ({ installationId, target: { locationId: placeId } })),
});

/** Every public command, in an order in which each is possible. */
const STEPS: readonly Step[] = [
  [
    provider,
    'RegisterAccount',
    () => ({ accountId: provider, kind: 'service', name: 'Koelwerk', company }),
    'operator',
  ],
  [
    requester,
    'RegisterAccount',
    () => ({ accountId: requester, kind: 'service', name: 'Other', company }),
    'operator',
  ],
  [provider, 'ChangeAccountDetails', () => ({ accountId: provider, name: 'Koelwerk & Co' })],
  [provider, 'CreateConnection', () => ({ connectionId, label: 'Ours' })],
  [provider, 'ReissueConnectionToken', () => ({ connectionId })],
  [requester, 'AuthenticateConnection', () => ({ token, label: 'Theirs' })],
  [requester, 'RenameConnection', () => ({ connectionId, label: 'The best' })],
  [provider, 'CreateConnection', () => ({ connectionId: cancelled, label: 'Too much' })],
  [provider, 'CancelConnection', () => ({ connectionId: cancelled })],
  [provider, 'AddCustomer', () => ({ customerId, name: 'Harbour Foods', address })],
  [provider, 'ChangeCustomer', () => ({ customerId, contact: 'Ann' })],
  [provider, 'AddLocation', () => ({ locationId, customerId, name: 'Plant', address })],
  [provider, 'ChangeLocation', () => ({ locationId, name: 'Plant 1' })],
  [provider, 'AddBuilding', () => ({ buildingId, locationId, name: 'Hall' })],
  [provider, 'ChangeBuilding', () => ({ buildingId, name: 'Hall 1' })],
  ...machines.map(
    (installationId): Step => [
      provider,
      'RegisterInstallation',
      () => ({ installationId, locationId, reference: `R-${installationId.slice(-2)}` }),
    ],
  ),
  [provider, 'ChangeInstallation', () => ({ installationId: machines[0], brand: 'Frigo', buildingId })],
  [provider, 'ArchiveInstallation', () => ({ installationId: machines[0] })],
  [provider, 'RestoreInstallation', () => ({ installationId: machines[0] })],
  [
    provider,
    'AddActivity',
    () => ({
      installationId: machines[0],
      activityId,
      kind: 'note',
      performedOn: '2026-02-01',
      summary: 'Leak test',
    }),
    'technician',
  ],
  [
    provider,
    'ChangeActivity',
    () => ({ installationId: machines[0], activityId, summary: 'Leak test: tight' }),
  ],
  [provider, 'RemoveActivity', () => ({ installationId: machines[0], activityId })],
  [
    requester,
    'RequestShare',
    () => ({ shareId: withdrawn, connectionId, name: 'W', suggestedLevel: 'location' }),
  ],
  [requester, 'CancelShare', () => ({ shareId: withdrawn })],
  [
    requester,
    'RequestShare',
    () => ({ shareId: rejected, connectionId, name: 'R', suggestedLevel: 'location' }),
  ],
  [provider, 'RejectShare', () => ({ shareId: rejected, reason: 'No.' })],
  [
    requester,
    'RequestShare',
    () => ({ shareId: given, connectionId, name: 'G', suggestedLevel: 'location' }),
  ],
  [provider, 'ApproveShare', approve(given, machines.slice(0, 3))],
  [requester, 'ProcessShare', take(given, machines.slice(0, 2))],
  [requester, 'FinishShare', () => ({ shareId: given })],
  [
    requester,
    'ReturnAccess',
    () => ({ installationId: machines[0], grantId: grantIdOf(given, machines[0]) }),
  ],
  [provider, 'RevokeGrant', () => ({ installationId: machines[1], grantId: grantIdOf(given, machines[1]) })],
  [
    requester,
    'RequestShare',
    () => ({ shareId: revoked, connectionId, name: 'V', suggestedLevel: 'location' }),
  ],
  [provider, 'ApproveShare', approve(revoked, machines.slice(3), 1)],
  [provider, 'ExtendShare', () => ({ shareId: revoked, until: inDays(2) })],
  [provider, 'RevokeShare', () => ({ shareId: revoked, reason: 'Sold.' })],
  [requester, 'ReadNotification', async () => ({ notificationId: await notification() })],
  [requester, 'ReadAllNotifications', () => ({})],
  [provider, 'EndConnection', () => ({ connectionId, revokeShares: false })],
  [provider, 'RegisterWebhook', () => ({ webhookId, url: 'https://hooks.example.com' })],
  [provider, 'ChangeWebhook', () => ({ webhookId, description: 'Planning' })],
  [provider, 'RotateWebhookSecret', () => ({ webhookId })],
  [provider, 'ReplayWebhook', () => ({ webhookId, cursor: cursorAt(START) })],
  [provider, 'TestWebhook', () => ({ webhookId })],
  [provider, 'RetryWebhookDelivery', () => ({ webhookId, deliveryId })],
  [provider, 'RemoveWebhook', () => ({ webhookId })],
];

/** It needs a log that seals what is personal: `test/acceptance/erasure.spec.ts` rehearses it there. */
const TRIED_ELSEWHERE: readonly PublicCommandType[] = ['EraseDataSubject'];

/** What processes make of a command, before the next one is possible. */
const AFTERWARDS: Partial<Record<PublicCommandType, () => Promise<void>>> = {
  RegisterAccount: async () => {
    if (placeKept || (await world.history()).length < 2) return;
    placeKept = true;
    await world.keep(requester, uid(61), placeId);
  },
  ApproveShare: () => world.run(preparePackage),
  ProcessShare: () => world.run(new ImportStep()),
  TestWebhook: () => deliver(),
};
let placeKept = false;

/** What the process that delivers keeps of it. */
async function deliver(): Promise<void> {
  const follower = 'deliveries';
  const position = await world.store.head();
  const subject = { kind: 'webhook', id: webhookId };
  const document: WebhookDelivery = {
    ...{ id: deliveryId, webhookId, account: provider, position, run: 0, replay: 0 },
    ...{
      change: { id: deliveryId, type: 'webhook.test', subject },
      status: 'failed',
      failures: 1,
      attempts: [],
    },
  };
  const from = await world.viewStore.checkpoint(follower);
  const writes = [{ collection: webhookDeliveries, id: deliveryId, document }];
  await world.viewStore.commit({ follower, from, to: position, writes });
}

beforeAll(async () => {
  world = await World.open();
});

afterAll(() => world.close());

describe('a command that is only rehearsed', () => {
  it('records nothing, and announces exactly what it then records and is answered with', async () => {
    for (const [number, [account, type, data, role = 'administrator']] of STEPS.entries()) {
      const actor: Actor = { account, user: 'ann', roles: [role] };
      const request = { id: uid(7_000_000 + number), repeatable: true, type, data: await data(), actor };
      await world.caughtUp();
      const head = await world.store.head();

      const rehearsed = await world.gateway.rehearse(request);
      const announced = await world.queries.execute(new ListAnnounced(actor, rehearsed.log));
      expect([type, await world.store.head()]).toStrictEqual([type, head]);

      const answer = await world.gateway.send(request);
      const recorded = await world.store.readAll({ after: head });
      expect(recorded.length).toBeGreaterThan(0);
      expect([type, rehearsed.log.rehearsed.map(unplaced)]).toStrictEqual([type, recorded.map(unplaced)]);
      expect([type, outcomeOf(rehearsed.answer)]).toStrictEqual([type, outcomeOf(answer)]);
      for (const secret of ['token', 'secret']) expect(rehearsed.answer).not.toHaveProperty(secret);
      const history = await world.history(head);
      expect(announced.map((event) => event.type)).toStrictEqual(history.map((event) => event.type));
      expect(JSON.stringify(announced)).not.toContain('tokenHash');

      const again = await world.gateway.rehearse(request);
      expect(again.log.rehearsed).toStrictEqual([]);
      expect(again.answer).toStrictEqual({ ...rehearsed.answer, position: answer.position, replayed: true });

      token = answer.token ?? token;
      await AFTERWARDS[type]?.();
    }
    const tried = new Set([...STEPS.map(([, type]) => type), ...TRIED_ELSEWHERE]);
    expect(publicCommands.map(({ type }) => type).filter((type) => !tried.has(type))).toStrictEqual([]);
  });
});

/** All of an event but its place in the log, which is only known once it is there. */
function unplaced({ id, stream, revision, type, data, metadata }: RecordedEvent) {
  return { id, stream, revision, type, data, metadata };
}

/** What is answered, but for the token and the place in the log. */
function outcomeOf({ id, revision, replayed }: CommandAnswer) {
  return { id, revision, replayed };
}
