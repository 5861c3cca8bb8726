import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { v7 as uuid } from 'uuid';
import { applicationModule, CommandGateway, systemClock } from '#application';
import type { Role } from '#domain/kernel';
import { PositionSignal } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { projections } from '#projections';
import { type ShareDocument, shares } from '#projections/shares';
import { type Log, ProjectionViews } from '#subscriptions';
import { ProgressSignals } from '#view-store';
import { SqliteViewReader } from '#view-store/sqlite';
import { ownFollowers, viewsPath } from '../index.ts';

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A share's status; `undefined` as long as no view shows it. */
export async function statusIn(views: ProjectionViews, shareId: string) {
  const found = await views.get<ShareDocument>(shares, shareId).catch(() => undefined);
  return found?.summary.status;
}

/** The surroundings of a worker: the log, the command side, and readers of the views. */
export async function openHost() {
  const dataDir = await mkdtemp(join(tmpdir(), 'tessera-worker-'));
  const events = new PositionSignal();
  const progress = ProgressSignals.create(ownFollowers);
  const store = await SqliteEventStore.open({ directory: dataDir, signal: events });
  const reader = new SqliteViewReader({ path: viewsPath(dataDir), signals: progress });
  const views = new ProjectionViews(reader, projections);
  const application = await NestFactory.createApplicationContext(
    applicationModule({
      eventStore: store,
      views,
      clock: systemClock,
      revocationWindow: { kind: 'window', milliseconds: 72 * 60 * 60 * 1000, from: 'placed' },
      tokenKey: new Uint8Array(32),
    }),
    { logger: false },
  );
  const gateway = application.get(CommandGateway);
  const execute = gateway.sendCaused.bind(gateway);

  async function ask(account: string, type: string, data: object, role: Role = 'administrator') {
    const id = uuid();
    const actor = { account, user: 'someone', roles: [role] };
    await execute({ id, type, data, actor, correlationId: id, causationId: id });
  }

  /** An approved share of one installation, from registering both accounts on. */
  async function share(): Promise<string> {
    const [provider, requester, connectionId, customerId, locationId, installationId, shareId] = Array.from(
      { length: 7 },
      () => uuid(),
    ) as [string, string, string, string, string, string, string];
    const address = { street: 'Kade 5', postalCode: '1011 CD', city: 'Amsterdam', country: 'NL' };
    for (const accountId of [provider, requester]) {
      const company = { name: 'Company', vatNumber: 'NL1', ...address };
      await ask(
        accountId,
        'RegisterAccount',
        { accountId, kind: 'service', name: 'Company', company },
        'operator',
      );
    }
    await ask(provider, 'CreateConnection', { connectionId, label: 'ours', tokenHash: connectionId });
    await ask(requester, 'AuthenticateConnection', {
      connectionId,
      label: 'theirs',
      tokenHash: connectionId,
    });
    await ask(provider, 'AddCustomer', { customerId, name: 'Bakker', address });
    await ask(provider, 'AddLocation', { locationId, customerId, name: 'Shop', address });
    await ask(provider, 'RegisterInstallation', { installationId, token: 'T', locationId, reference: 'R' });
    await ask(requester, 'RequestShare', {
      shareId,
      connectionId,
      name: 'A share',
      suggestedLevel: 'installation',
    });
    await ask(provider, 'ApproveShare', {
      shareId,
      level: 'installation',
      selection: [installationId],
      accessType: 'subcontractor',
    });
    return shareId;
  }

  return {
    dataDir,
    events,
    progress,
    store,
    views,
    execute,
    share,
    statusOf: (shareId: string) => statusIn(views, shareId),
    /** Readers of the view file that is there now. */
    newViews: () => new ProjectionViews(new SqliteViewReader({ path: viewsPath(dataDir) }), projections),
    async close() {
      await application.close();
      await views.close();
      await store.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

export type Host = Awaited<ReturnType<typeof openHost>>;

/** How webhooks are signed in specs, and that they may lead anywhere. */
export const webhooks = { key: new Uint8Array(32), allowPrivate: true };
