import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { Faults } from './faults.ts';
import { Log } from './log.ts';
import { HOST, Node } from './node.ts';
import type { Quirks } from './quirks.ts';

export interface EventStoreDbOptions extends Quirks {
  /** 1 by default. They share one log, as if replication took no time. */
  readonly nodes?: number;
  readonly maxAppendSize?: number;
  /** In PEM; without it the connections are not encrypted. */
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer };
  /** Passwords by name; without them every client has all permissions. */
  readonly users?: { readonly [name: string]: string };
}

/**
 * An EventStoreDB in memory: it speaks the real one's gRPC on real sockets, with the semantics of appends, reads,
 * deletions, stream metadata and catch-up subscriptions. Unsupported calls are refused, and `close` then fails.
 */
export class EventStoreDb {
  readonly log: Log;
  readonly faults: Faults;
  /** Unsupported calls received, and internal errors. */
  readonly failures: unknown[] = [];
  readonly nodes: readonly Node[];
  /** Counters of what clients asked for: appends, those of them in batches, calls for batches, and reads. */
  readonly asked = { appends: 0, inBatches: 0, batches: 0, reads: 0 };
  #leader = 0;

  private constructor(readonly options: EventStoreDbOptions) {
    this.log = new Log(options);
    this.faults = new Faults(options.failing);
    this.nodes = Array.from({ length: options.nodes ?? 1 }, () => new Node(this));
  }

  static async start(options: EventStoreDbOptions = {}): Promise<EventStoreDb> {
    const db = new EventStoreDb(options);
    await Promise.all(db.nodes.map((node) => node.start()));
    return db;
  }

  /** The connection string, direct for one node, with discovery of the leader for several. */
  get url(): string {
    const hosts = this.nodes.map(({ port }) => `${HOST}:${port}`);
    return `esdb://${hosts.join()}?tls=${this.options.tls !== undefined}`;
  }

  get leader(): Node {
    return this.nodes[this.#leader] as Node;
  }

  /** Makes the next node the leader; the gossip of the others reports it. */
  moveLeader(): void {
    this.#leader = (this.#leader + 1) % this.nodes.length;
  }

  /**
   * Ends the leader's connections and makes the next node the leader, which may lack the last writes. The former one
   * may close itself, as it does then.
   */
  loseLeader({ truncates }: { readonly truncates: boolean }): void {
    if (truncates) this.log.truncate();
    this.leader.loseLead();
  }

  /** Stops a node and starts it again, on the same port with the same log. */
  async restart(node: Node = this.leader): Promise<void> {
    await node.stop();
    this.log.forget();
    await node.start();
  }

  /** @throws AggregateError it received an unsupported call, or an internal error occurred */
  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
    this.log.close();
    if (this.failures.length > 0)
      throw new AggregateError(
        this.failures,
        'The test server received unsupported calls or had internal errors.',
      );
  }

  info(): ClusterInfo {
    const { FOLLOWER, LEADER } = gossip.MemberInfo.VNodeState;
    const members = this.nodes.map((node) =>
      new gossip.MemberInfo()
        .setInstanceId(new shared.UUID().setString(crypto.randomUUID()))
        .setTimeStamp(`${Date.now()}`)
        .setState(node === this.leader ? LEADER : FOLLOWER)
        .setIsAlive(node.running)
        .setHttpEndPoint(new gossip.EndPoint().setAddress(HOST).setPort(node.port)),
    );
    return new gossip.ClusterInfo().setMembersList(members);
  }
}
