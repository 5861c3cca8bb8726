import { randomUUID } from 'node:crypto';
import { START } from '#event-store';
import type { Settings } from '../programs/program.ts';
import type { Stores } from '../programs/shared-stores.ts';
import { EventStoreDb, type Quirks } from '../servers/eventstoredb/index.ts';
import { databaseAt } from '../servers/mongodb/database.ts';
import { MongoServer, type MongoServerOptions } from '../servers/mongodb/index.ts';
import { TcpProxy } from '../servers/tcp-proxy.ts';
import { RestartableCluster, settings } from './restartable-cluster.ts';

/** What makes the stores harder to use than they need be. */
export interface StoreQuirks {
  readonly events?: Quirks;
  readonly views?: MongoServerOptions;
}

/** The distributed mode with faults in the stores, the network and the programs. */
export class FaultyCluster extends RestartableCluster {
  private constructor(
    stores: Stores,
    env: Settings,
    readonly events: EventStoreDb,
    readonly links: readonly TcpProxy[],
    readonly views: MongoServer,
  ) {
    super(stores, env);
  }

  /**
   * On an event store of two nodes and a view store, both test servers.
   * @param quirks of each store; none by default
   * @param env further settings of the programs
   */
  static async withQuirks(quirks: StoreQuirks = {}, env: Settings = {}): Promise<FaultyCluster> {
    const events = await EventStoreDb.start({ ...quirks.events, nodes: 2 });
    const links = await Promise.all(events.nodes.map(({ ownPort }) => TcpProxy.start(ownPort)));
    for (const [index, node] of events.nodes.entries()) node.advertise(links[index]?.port ?? 0);
    const views = await MongoServer.start(quirks.views);
    const newViews = async () => databaseAt(views.url, `tessera-${randomUUID()}`);
    const stores = { events: events.url, before: START, newViews };
    const cluster = new FaultyCluster(stores, { ...(await settings(stores)), ...env }, events, links, views);
    await cluster.begin();
    return cluster;
  }

  /** Ends all faults, and stops all programs and servers. */
  override async dispose(): Promise<void> {
    await this.heal();
    await super.dispose();
    await Promise.all(this.links.map((link) => link.close()));
    await Promise.all([this.events.close(), this.views.close()]);
  }

  /** Ends all faults: both stores answer again. */
  async heal(): Promise<void> {
    this.events.faults.clear();
    for (const node of this.events.nodes) {
      node.ready = true;
      await node.start();
    }
    for (const link of this.links) await link.heal();
    this.views.decide();
  }
}
