import 'reflect-metadata';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { applicationModule, CommandGateway, newId, systemClock } from '#application';
import { SqliteEventStore } from '#event-store/sqlite';
import { SqliteViewReader } from '#view-store/sqlite';
import type { Renamer } from './renamer.ts';

/** The service's command side: gateway, bus, handler, log. */
export async function openTessera(directory: string): Promise<Renamer> {
  const eventStore = await SqliteEventStore.open({ directory });
  const views = new SqliteViewReader({ path: join(directory, 'views.db') });
  const application = await NestFactory.createApplicationContext(
    applicationModule({
      eventStore,
      views,
      clock: systemClock,
      revocationWindow: { kind: 'window', milliseconds: 1, from: 'placed' },
      tokenKey: Buffer.alloc(32, 2),
    }),
    { logger: false },
  );
  const gateway = application.get(CommandGateway);
  return {
    rename: ({ id, account }, label) =>
      gateway.send({
        id: newId(),
        type: 'RenameConnection',
        data: { connectionId: id, label },
        actor: { account, user: 'bench', roles: ['administrator'] },
      }),
    close: async () => {
      await application.close();
      await eventStore.close();
    },
  };
}
