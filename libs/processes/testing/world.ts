import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { QueryBus } from '@nestjs/cqrs';
import {
  Aggregates,
  applicationModule,
  type CausedCommand,
  CommandGateway,
  type CommandPort,
  WebhookSecrets,
} from '#application';
import { deserialise, type Recorded, type TesseraEvent } from '#contracts';
import type { AccountKind } from '#domain/account';
import type { AccessType } from '#domain/installation';
import type { Instant, Role } from '#domain/kernel';
import { type JsonObject, type Position, START } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import type { NewWork, ProcessDependencies, ProcessManager, Work } from '#processes';
import { projections } from '#projections';
import { type Log, ProjectionEngine, ProjectionViews, type SettledViews } from '#subscriptions';
import type { ViewStore } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { workDocument } from '../work.ts';

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const WAIT_MS = 120_000;

/** An id for the `n`th thing of a spec: a UUID of version 7, the same each time. */
export function uid(n: number): string {
  return `01980000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

/** The application on real stores, in a directory of its own, with its views but without any process. */
export class World {
  /** The service's clock; it does not move unless a spec moves it. */
  now = '2026-03-01T09:00:00.000Z';
  private asked = 0;

  private constructor(
    readonly directory: string,
    readonly store: SqliteEventStore,
    readonly viewStore: ViewStore,
    readonly views: SettledViews,
    readonly aggregates: Aggregates,
    readonly commands: CommandPort,
    readonly queries: QueryBus,
    /** The gateway that commands from outside come through. */
    readonly gateway: CommandGateway,
    private readonly engine: ProjectionEngine,
    private readonly closeApplication: () => Promise<void>,
  ) {}

  /** A new world, or one that continues from a copy of another's log. */
  static async open(from?: World): Promise<World> {
    const directory = await mkdtemp(join(tmpdir(), 'tessera-processes-'));
    if (from) await cp(from.directory, directory, { recursive: true });
    const store = await SqliteEventStore.open({ directory });
    const viewStore = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
    const views = new ProjectionViews(viewStore, projections);
    const clock = { now: () => world.now };
    const application = await NestFactory.createApplicationContext(
      applicationModule({
        eventStore: store,
        views,
        clock,
        revocationWindow: { kind: 'window', milliseconds: 72 * 60 * 60 * 1000, from: 'placed' },
        tokenKey: new Uint8Array(32),
        webhooks: { secrets: new WebhookSecrets(new Uint8Array(32)), urlRefusal: () => undefined },
      }),
      { logger: false },
    );
    const gateway = application.get(CommandGateway);
    const commands = { send: (command: CausedCommand) => gateway.sendCaused(command) };
    const engine = new ProjectionEngine({
      reader: store,
      views: viewStore,
      projections,
      deserialise,
      clock,
      log: silent,
    });
    engine.start();
    const world = new World(
      directory,
      store,
      viewStore,
      views,
      new Aggregates(store),
      commands,
      application.get(QueryBus),
      gateway,
      engine,
      () => application.close(),
    );
    return world;
  }

  get dependencies(): ProcessDependencies {
    const { aggregates, commands, store: reader, views } = this;
    return { aggregates, commands, reader, views, clock: { now: () => this.now } };
  }

  async close(): Promise<void> {
    await this.engine.stop();
    await this.closeApplication();
    await this.views.close();
    await this.store.close();
    await rm(this.directory, { recursive: true });
  }

  /** Executes an account's command, in its internal shape; returns the command's id. */
  async ask(account: string, type: string, data: object, role: Role = 'administrator'): Promise<string> {
    const id = uid(9_000_000 + ++this.asked);
    const actor = { account, user: 'someone', roles: [role] };
    await this.commands.send({ id, type, data, actor, correlationId: id, causationId: id });
    return id;
  }

  async register(account: string, kind: AccountKind): Promise<void> {
    const address = { street: 'Havenstraat 1', postalCode: '3011 AA', city: 'Rotterdam', country: 'NL' };
    const company = { name: account, vatNumber: 'NL001234567B01', ...address };
    await this.ask(
      account,
      'RegisterAccount',
      { accountId: account, kind, name: account, company },
      'operator',
    );
  }

  async connect(connectionId: string, creator: string, acceptor: string): Promise<void> {
    await this.ask(creator, 'CreateConnection', { connectionId, label: 'ours', tokenHash: connectionId });
    await this.ask(acceptor, 'AuthenticateConnection', {
      connectionId,
      label: 'theirs',
      tokenHash: connectionId,
    });
  }

  /** A customer with a location of the account's own. */
  async keep(account: string, customerId: string, locationId: string): Promise<void> {
    const address = { street: `Dijk ${customerId.slice(-3)}`, postalCode: '9711 AB', city: 'Groningen' };
    await this.ask(account, 'AddCustomer', {
      customerId,
      name: `Customer ${customerId.slice(-3)}`,
      vatNumber: `NL${customerId.slice(-9)}B01`,
      contact: 'not to be shared',
      address,
    });
    await this.ask(account, 'AddLocation', { locationId, customerId, name: 'Plant', address });
  }

  async install(
    account: string,
    installationId: string,
    spot: { readonly locationId: string } | { readonly buildingId: string },
    customerReference?: string,
  ): Promise<void> {
    await this.ask(account, 'RegisterInstallation', {
      installationId,
      token: `T-${installationId.slice(-4)}`,
      ...spot,
      reference: `R-${installationId.slice(-4)}`,
      customerReference,
      brand: 'Frigo',
      notes: 'in the logbook only',
    });
  }

  async request(shareId: string, connectionId: string, requester: string): Promise<void> {
    await this.ask(requester, 'RequestShare', {
      shareId,
      connectionId,
      name: 'A share',
      suggestedLevel: 'installation',
    });
  }

  async approve(
    shareId: string,
    provider: string,
    level: 'customer' | 'location' | 'installation',
    selection: readonly string[],
    accessType: AccessType = 'subcontractor',
    until?: Instant,
  ): Promise<void> {
    await this.caughtUp();
    const end = until !== undefined && { until };
    await this.ask(provider, 'ApproveShare', { shareId, level, selection, accessType, ...end });
  }

  /** Records an event as if its command had been interrupted right after it. */
  async record(stream: string, account: string, { type, data }: TesseraEvent): Promise<void> {
    const id = uid(8_000_000 + ++this.asked);
    const metadata = {
      at: this.now,
      actor: { account, user: 'someone', role: 'administrator' },
      commandId: id,
      commandHash: '',
      $correlationId: id,
      $causationId: id,
      schemaVersion: 1,
    };
    await this.store.append(stream, [{ id, type, data: data as unknown as JsonObject, metadata }], 'any');
  }

  /** Resolves when every view has reached the end of the log. */
  async caughtUp(): Promise<void> {
    const head = await this.store.head();
    for (const { name } of projections) {
      if (!(await this.views.waitFor(name, head, WAIT_MS)))
        throw new Error(`The view ${name} did not reach the end of the log in time.`);
    }
  }

  /** All events in the log after a position. */
  async history(after: Position = START): Promise<Recorded[]> {
    return (await this.store.readAll({ after, limit: 100_000 })).map((event) => deserialise(event));
  }

  /** All the work that the events of the log cause for the process. */
  async workOf(process: ProcessManager): Promise<Work[]> {
    return (await this.history())
      .filter(({ type }) => process.startedBy.includes(type))
      .flatMap((event) => {
        const work: NewWork<Work['data']> | undefined = process.workFor(event);
        return work === undefined ? [] : [workDocument(process, work, event)];
      });
  }

  /** Runs all the process's work to its end, one piece after the other, sending its commands to `commands`. */
  async run(process: ProcessManager, commands: CommandPort = this.commands): Promise<void> {
    const groups = new Map<string, Work[]>();
    for (const work of await this.workOf(process)) {
      const group = process.groupKey?.(work) ?? work.key;
      groups.set(group, [...(groups.get(group) ?? []), work]);
    }
    for (const [first, ...others] of groups.values()) {
      if (first === undefined) continue;
      while ((await process.step([first, ...others], { ...this.dependencies, commands })) === 'continue');
    }
  }
}

/** What was recorded since a world was copied, by stream: types, contents and commands. */
export async function recordedAfter(world: World, before: World): Promise<Map<string, unknown[]>> {
  const streams = new Map<string, unknown[]>();
  for (const { stream, id, type, data, metadata } of await world.history(await before.store.head())) {
    const events = streams.get(stream) ?? [];
    streams.set(stream, [...events, { id, type, data, command: metadata.commandId }]);
  }
  return new Map([...streams].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Passes commands on, and records them. */
export class RecordingPort implements CommandPort {
  readonly sent: CausedCommand[] = [];

  constructor(private readonly commands: CommandPort) {}

  send(command: CausedCommand) {
    this.sent.push(command);
    return this.commands.send(command);
  }

  /** Type and data of the commands of these types, or of all. */
  issued(...types: readonly string[]): { readonly type: string; readonly data: unknown }[] {
    return this.sent
      .filter(({ type }) => types.length === 0 || types.includes(type))
      .map(({ type, data }) => ({ type, data }));
  }
}

/** Passes commands on until the `n`th, which is lost, or is executed with its answer lost; none is passed on after it. */
export class FailingPort implements CommandPort {
  private sent = 0;

  constructor(
    private readonly commands: CommandPort,
    private readonly failsAt: number,
    private readonly loses: 'the command' | 'the answer',
  ) {}

  get failed(): boolean {
    return this.sent >= this.failsAt;
  }

  async send(command: CausedCommand) {
    this.sent += 1;
    if (this.sent > this.failsAt || (this.sent === this.failsAt && this.loses === 'the command')) {
      throw new Crash();
    }
    const outcome = await this.commands.send(command);
    if (this.sent === this.failsAt) throw new Crash();
    return outcome;
  }
}

export class Crash extends Error {
  override readonly name = 'Crash';
}
