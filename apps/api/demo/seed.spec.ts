import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { Aggregates, applicationModule, CommandGateway, newId, StreamContended } from '#application';
import { toMillis } from '#domain/kernel';
import { EventStoreUnavailable } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { newSignerKey } from '#evidence';
import { projections } from '#projections';
import { imports } from '#projections/imports';
import { partyShares, shares } from '#projections/shares';
import { parseSealingKeys } from '#seal';
import { ProjectionViews } from '#subscriptions';
import { type ViewReader, ViewStoreUnavailable } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { AdjustableClock } from '../../adjustable-clock.ts';
import { followers, Worker } from '../../worker/worker.ts';
import { CatalogueReceiver } from '../imports/receiver.ts';
import { companies, platformOperator } from './companies.ts';
import { type DemoOutcome, type DemoSeeding, seedDemoWorld } from './seed.ts';

const WAIT_MS = 120_000;
const DAY_MS = 24 * 60 * 60 * 1000;
const nothing = () => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** The service without its HTTP edge, on a directory's stores. */
class Service {
  private constructor(
    readonly events: SqliteEventStore,
    readonly views: ViewReader,
    readonly gateway: CommandGateway,
    readonly imports: CatalogueReceiver,
    readonly clock: AdjustableClock,
    private readonly worker: Worker,
    readonly stop: () => Promise<void>,
  ) {}

  static async start(directory: string, tokenKey = new Uint8Array(32)): Promise<Service> {
    const events = await SqliteEventStore.open({ directory });
    const store = new SqliteViewStore({ path: join(directory, 'views.db'), discarded: () => undefined });
    const views = new ProjectionViews(store, projections);
    const clock = new AdjustableClock(directory);
    const application = await NestFactory.createApplicationContext(
      applicationModule({
        eventStore: events,
        views,
        clock,
        revocationWindow: { kind: 'window', milliseconds: 72 * 60 * 60 * 1000, from: 'placed' },
        tokenKey,
      }),
      { logger: false },
    );
    const gateway = application.get(CommandGateway);
    const commands = { send: gateway.sendCaused.bind(gateway) };
    const webhooks = { key: tokenKey, allowPrivate: true };
    const sealing = { keys: parseSealingKeys(newSignerKey('demo')), intervalMs: 60_000 };
    const ports = { reader: events, views: store, commands, clock, log: silent };
    const worker = new Worker({ ...ports, webhooks, sealing });
    await worker.start();
    const imports = new CatalogueReceiver(gateway, application.get(Aggregates));
    return new Service(events, views, gateway, imports, clock, worker, async () => {
      await worker.stop();
      await application.close();
      await Promise.all([views.close(), events.close()]);
    });
  }

  seed(seeding: Partial<DemoSeeding> = {}): Promise<DemoOutcome> {
    const { gateway, imports, events, views, clock } = this;
    const signal = new AbortController().signal;
    return seedDemoWorld({ gateway, imports, events, views, clock, log: silent, signal, ...seeding });
  }

  /** Resolves when all that follows from what was recorded has been recorded too. */
  async settled(): Promise<void> {
    for (;;) {
      const head = await this.events.head();
      const come = await Promise.all(followers.map((name) => this.views.waitFor(name, head, WAIT_MS)));
      expect(come).not.toContain(false);
      const { processes } = await this.worker.status();
      const busy = Object.values(processes.open).some((count) => count > 0);
      if (!busy && (await this.events.head()) === head) return;
      await setImmediate();
    }
  }

  /** The types of the events of each stream, independent of the order of concurrent work. */
  async recorded(): Promise<Readonly<Record<string, readonly string[]>>> {
    const streams: Record<string, string[]> = {};
    for (const { stream, type } of await this.events.readAll({ limit: 100_000 })) {
      streams[stream] = [...(streams[stream] ?? []), type].sort();
    }
    return streams;
  }

  /** The statuses of shares, as their requesters read them. */
  async requested(): Promise<Readonly<Record<string, string>>> {
    const read: Record<string, string> = {};
    for (const { id } of Object.values(companies)) {
      const query = { index: 'by-role', prefix: [id, 'requester'], limit: 200 };
      const { items } = await this.views.find(partyShares, query);
      for (const share of await this.views.getMany(
        shares,
        items.map(({ shareId }) => shareId),
      )) {
        if (share === undefined) continue;
        const { name, status, partlyRevoked, counts } = share.summary;
        const partly = status === 'available' && counts.placed > 0 ? ', partly processed' : '';
        const revoked = partlyRevoked ? ', partly revoked' : '';
        const withdrawn = counts.withdrawn > 0 ? `, ${counts.withdrawn} withdrawn` : '';
        read[name] = `${status}${partly}${revoked}${withdrawn}`;
      }
    }
    return read;
  }
}

/** Executes commands until the `last`th, and none after it, as if the service were killed there. */
function dyingAfter(gateway: CommandGateway, last: number): DemoSeeding['gateway'] {
  let sent = 0;
  return {
    send: (command) => {
      sent += 1;
      return sent > last ? Promise.reject(new Error('killed')) : gateway.send(command);
    },
  };
}

/** Executes every command; the `last`th stops the service. */
function stoppingAfter(
  gateway: CommandGateway,
  last: number,
  stopping: AbortController,
): DemoSeeding['gateway'] {
  let sent = 0;
  return {
    send: (command) => {
      sent += 1;
      if (sent === last) stopping.abort(new Error('stopping'));
      return gateway.send(command);
    },
  };
}

/** Cannot answer every third command, before or after it took effect. */
function faltering(gateway: CommandGateway): DemoSeeding['gateway'] {
  const failures = [
    new ViewStoreUnavailable('The view is behind.'),
    new EventStoreUnavailable('No answer.'),
    new StreamContended('share-1'),
  ];
  let sent = 0;
  return {
    send: async (command) => {
      sent += 1;
      const failure = sent % 3 === 0 ? failures[(sent / 3) % failures.length] : undefined;
      if (failure && sent % 2 === 0) throw failure;
      const answer = await gateway.send(command);
      if (failure) throw failure;
      return answer;
    },
  };
}

describe('seeding the demo world', () => {
  let directory: string;
  let service: Service;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tessera-demo-'));
    service = await Service.start(directory);
  });

  afterEach(async () => {
    await service.stop();
    await rm(directory, { recursive: true });
  });

  it('creates shares in every lasting status, and none of its commands is refused', async () => {
    const warnings: unknown[] = [];
    const log = { ...silent, warn: (details: unknown) => warnings.push(details) };
    expect(await service.seed({ log })).toMatchObject({ kind: 'created' });
    await service.settled();
    expect(warnings).toEqual([]);
    const query = { index: 'by-account', prefix: [companies.koudewacht.id], limit: 2 };
    expect((await service.views.find(imports, query)).items).toMatchObject([
      { status: 'completed', rows: 10, created: 5, failed: 5 },
    ]);
    expect(await service.requested()).toEqual({
      'Onderhoudscontract 2026': 'processed',
      'Onderaanneming winkels': 'processed',
      'Storingsdienst in de vakantie': 'processed, 1 withdrawn',
      'Betriebsführung Kälte': 'processed',
      'Wartung Kaltwassersätze': 'revoked, 8 withdrawn',
      'Renfort équipe de nuit': 'revoked, 4 withdrawn',
      'Filialen Tirol': 'available, partly processed',
      'Hotel da cidade': 'revoked, 6 withdrawn',
      'Manutenção hotéis da costa': 'available',
      'Egne anlæg': 'processed',
      'Campagne de détection de fuites': 'processed, partly revoked, 2 withdrawn',
      'Audit énergétique': 'processed',
      'Audit énergétique, phase 2': 'cancelled',
      'Angebot Wartung Zentrallager': 'rejected',
      'Bakkerijen (dubbel aangevraagd)': 'cancelled',
      'Anlagen in unseren Häusern': 'requested',
      Zentrallager: 'requested',
      'Onderhoudscontract supermarkten': 'processed',
      'Onderaanneming supermarkten oost': 'processed',
      'Vervanging tijdens het bouwverlof': 'processed',
      'Parkeergarages, eerste ronde': 'processed',
      'Serverruimten alle kantoren': 'rejected',
      'Spoed: ventilatie parkeergarage': 'revoked, 3 withdrawn',
      'Parkeergarages, tweede ronde': 'processed',
      'Laadstations (dubbel)': 'cancelled',
      'Vervanging luchtbehandeling': 'processed',
      'Parkeergarage Boulevard': 'processed',
      'Parkeergarage Stationsplein': 'processed',
      'Wintercontrole parkeergarages': 'available',
      'Logboeken van de oude winkels': 'rejected',
      'Koelcellen Kralingen': 'cancelled',
      'Machines die u bij ons hebt geregistreerd': 'requested',
      'Zorgcentra, lekcontroles najaar': 'processed',
      'Storingsdienst weekend': 'revoked, 3 withdrawn',
      'Zorgcentra, tweede deel': 'processed',
      'Keukenkoeling zorgcentra': 'rejected',
      'Zorgcentrum, inregelen warmtepomp': 'available',
      'Storingsdienst feestdagen': 'requested',
      'Buurtwinkels Gent': 'processed',
      'Buurtwinkels kust': 'processed',
      Hoofdkantoor: 'rejected',
      'Winkel in verbouwing': 'processed',
      'Nieuwe buurtwinkel': 'processed',
      'Buurtwinkels Limburg': 'requested',
      'Machines in onze supermarkten': 'requested',
      'Campus, noodkoeling operatiekwartier': 'revoked, 3 withdrawn',
      'Campus, jaarlijkse controle': 'processed',
      'Campus, apotheekkoeling': 'available',
      'Grensdienst Zeeuws-Vlaanderen': 'processed',
      'Zomercheck koelcellen 2026': 'requested',
    });

    // It exists already.
    const head = await service.events.head();
    expect(await service.seed()).toEqual({ kind: 'exists' });
    expect(await service.events.head()).toBe(head);
  });

  it('continues after a crash without repeating a command', async () => {
    await service.seed();
    await service.settled();
    const whole = await service.recorded();
    await service.stop();
    await rm(directory, { recursive: true });
    service = await Service.start(directory);

    for (const crash of [1, 40, 700, 1_150, 1_250]) {
      const gateway = dyingAfter(service.gateway, crash);
      await expect(service.seed({ gateway })).rejects.toThrow('killed');
      await service.stop();
      service = await Service.start(directory);
    }
    expect(await service.seed()).toMatchObject({ kind: 'created' });
    await service.settled();
    expect(await service.recorded()).toEqual(whole);
  });

  it('has a past, also where the service was stopped while it was created', async () => {
    const stopping = new AbortController();
    const gateway = stoppingAfter(service.gateway, 1_200, stopping);
    await expect(service.seed({ gateway, signal: stopping.signal })).rejects.toThrow('stopping');
    await service.stop();
    service = await Service.start(directory);
    expect(toMillis(service.clock.now())).toBeLessThan(Date.now() - DAY_MS);
    expect(await service.seed()).toMatchObject({ kind: 'created' });
    await service.settled();

    expect(toMillis(service.clock.now())).toBeGreaterThan(Date.now() - DAY_MS);
    const moments = (await service.events.readAll({ limit: 100_000 })).map(({ metadata }) =>
      toMillis(String(metadata.at)),
    );
    const late = moments.filter((at, index) => at < (moments[index - 1] ?? 0) - 1_000);
    expect(late).toEqual([]);
    expect(moments[0]).toBeLessThan(Date.now() - 84 * DAY_MS);
    expect(moments.at(-1)).toBeGreaterThan(Date.now() - DAY_MS);
    // Effects of a command have its date: weeks are between two commands.
    const days = new Set(moments.map((at) => Math.floor(at / DAY_MS)));
    expect(days.size).toBeGreaterThan(30);
  });

  it('sets the clock to the present where it fails', async () => {
    const gateway = dyingAfter(service.gateway, 200);
    await expect(service.seed({ gateway })).rejects.toThrow('killed');
    expect(toMillis(service.clock.now())).toBeGreaterThan(Date.now() - DAY_MS);
  });

  it('continues while the views are being rebuilt, and with another secret', async () => {
    const gateway = dyingAfter(service.gateway, 700);
    await expect(service.seed({ gateway })).rejects.toThrow('killed');
    await service.stop();
    const views = (await readdir(directory)).filter((name) => name.startsWith('views'));
    await Promise.all(views.map((name) => rm(join(directory, name))));
    service = await Service.start(directory, new Uint8Array(32).fill(1));
    const warnings: unknown[] = [];
    const log = { ...silent, warn: (details: unknown) => warnings.push(details) };
    expect(await service.seed({ log })).toMatchObject({ kind: 'created' });
    expect(warnings).toEqual([]);
  });

  it('retries with the same command id while a store or a view cannot answer yet', async () => {
    const gateway = faltering(service.gateway);
    expect(await service.seed({ gateway, pauseMs: 0 })).toMatchObject({ kind: 'created' });
    await service.settled();
    expect(await service.requested()).toMatchObject({ 'Audit énergétique': 'processed' });
  });

  it('leaves a store with other data unchanged', async () => {
    await service.gateway.send({
      id: newId(),
      type: 'RegisterAccount',
      data: { kind: 'service', name: 'Somebody', company: companies.noordlicht.details },
      actor: platformOperator,
    });
    const head = await service.events.head();
    expect(await service.seed()).toEqual({ kind: 'not-empty' });
    expect(await service.events.head()).toBe(head);
  });

  it('stops when the service stops', async () => {
    const signal = AbortSignal.abort(new Error('stopping'));
    await expect(service.seed({ signal })).rejects.toThrow('stopping');
  });
});
