import { once } from 'node:events';
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { type Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { EventStoreDb } from './cluster.ts';
import { AccessDenied, Busy, NotImplemented, NotLeader, NotReady, Refused, WrongPassword } from './errors.ts';
import type { Faults } from './faults.ts';
import type { Log } from './log.ts';
import { ABSENT, absent, gossip, serverFeatures, streams } from './services.ts';

interface Call {
  readonly metadata: Metadata;
}

interface ReadRequestCall extends Call {
  readonly request: { getOptions(): { hasAll(): boolean } | undefined };
}

export const HOST = '127.0.0.1';
/** How long clients may take to part when a node is stopped. */
const GOODBYE_MS = 500;
const COMMIT_TIMEOUT_MS = 2_000;
const MESSAGE_LIMIT = 17 * 1024 * 1024;

/** One node of the cluster: a server on a port of its own, which stays the same when it is started again. */
export class Node {
  /** Answers UNAVAILABLE to everything while it is not. */
  ready = true;
  readonly #cluster: EventStoreDb;
  readonly #sockets = new Map<string, Socket>();
  /** Each of them ends one of the calls under way. */
  readonly #calls = new Set<(refused: Refused) => void>();
  #statistics: NodeJS.Timeout | undefined;
  #grpc: Server | undefined;
  #net: NetServer | undefined;
  #port = 0;
  #advertised: number | undefined;

  constructor(cluster: EventStoreDb) {
    this.#cluster = cluster;
  }

  get log(): Log {
    return this.#cluster.log;
  }

  get faults(): Faults {
    return this.#cluster.faults;
  }

  get running(): boolean {
    return this.#net !== undefined;
  }

  /** Where clients are told to find it. */
  get port(): number {
    return this.#advertised ?? this.#port;
  }

  /** Where it listens. */
  get ownPort(): number {
    return this.#port;
  }

  /** Has clients sent to another port, where a proxy stands in front of it. */
  advertise(port: number): void {
    this.#advertised = port;
  }

  /** Takes calls, on the port it had before; does nothing when it does. */
  async start(): Promise<void> {
    if (this.running) return;
    const grpc = new Server({ 'grpc.max_receive_message_length': MESSAGE_LIMIT });
    grpc.addService(StreamsService, streams(this));
    grpc.addService(GossipService, gossip(this));
    grpc.addService(ServerFeaturesService, serverFeatures(this));
    for (const service of ABSENT) grpc.addService(service, absent(this, service));
    const { tls } = this.#cluster.options;
    const credentials = tls
      ? ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.cert }])
      : ServerCredentials.createInsecure();
    const injector = grpc.createConnectionInjector(credentials);
    // A listener of its own knows the connections, which the library's keeps to itself.
    const net = createServer((socket) => {
      const peer = `${socket.remoteAddress}:${socket.remotePort}`;
      this.#sockets.set(peer, socket);
      socket.on('close', () => this.#sockets.delete(peer));
      socket.on('error', () => undefined);
      socket.setNoDelay(true);
      injector.injectConnection(socket);
    });
    net.listen(this.#port, HOST);
    await once(net, 'listening');
    this.#port = (net.address() as AddressInfo).port;
    this.#grpc = grpc;
    this.#net = net;
    const { statisticsEveryMs } = this.#cluster.options;
    if (statisticsEveryMs !== undefined) {
      this.#statistics = setInterval(() => this.log.writeStatistics(), statisticsEveryMs);
    }
  }

  /** Ends as a server that is shut down: calls are cancelled, connections closed. */
  async stop(): Promise<void> {
    const net = this.#net;
    if (!net) return;
    this.#net = undefined;
    clearInterval(this.#statistics);
    const closed = once(net, 'close');
    net.close();
    this.#grpc?.forceShutdown();
    // A client that hears nothing does not end its side either.
    const giveUp = setTimeout(() => this.cut(), GOODBYE_MS);
    await closed;
    clearTimeout(giveUp);
  }

  /** Ends the connection of this peer, or of all, without a goodbye. */
  cut(peer?: string): void {
    const sockets = peer === undefined ? [...this.#sockets.values()] : [this.#sockets.get(peer)];
    for (const socket of sockets) socket?.destroy();
  }

  /** Ends all calls under way, as a connection with too many does. */
  reset(): void {
    for (const end of this.#calls) end(new Busy());
  }

  /** Makes another node the leader, and ends every connection to this one. */
  loseLead(): void {
    this.#cluster.moveLeader();
    this.cut();
  }

  /** How long one waits for a write that is never confirmed. */
  async commitTimeout(): Promise<void> {
    const { commitTimeoutMs = COMMIT_TIMEOUT_MS } = this.#cluster.options;
    await pause(commitTimeoutMs, undefined, { ref: false });
  }

  /**
   * Does the work of a call unless the node is not ready or has too many, and refuses it when the work does. The work is
   * to say no more once it is over.
   */
  answer(
    call: Call,
    work: (over: AbortSignal) => void | Promise<void>,
    refuse: (refused: Refused) => void,
  ): void {
    const over = new AbortController();
    const end = (refused: Refused) => {
      if (over.signal.aborted) return;
      over.abort();
      refuse(refused);
    };
    const admitted = async () => {
      if (!this.ready) throw new NotReady();
      const { maxCalls = Number.POSITIVE_INFINITY } = this.#cluster.options;
      if (this.#calls.size >= maxCalls) throw new Busy();
      this.#calls.add(end);
      this.#authenticate(call);
      await work(over.signal);
    };
    admitted()
      .catch((error: unknown) => {
        if (error instanceof NotImplemented || !(error instanceof Refused))
          this.#cluster.failures.push(error);
        end(error instanceof Refused ? error : new Refused(status.INTERNAL, String(error)));
      })
      .finally(() => this.#calls.delete(end));
  }

  /** @throws NotLeader the client insists on the leader, and it is another node; else the leader is asked for it */
  admitWriting(call: Call): void {
    this.#cluster.asked.appends++;
    this.#admitHere(call);
  }

  /** @throws AccessDenied the whole log is for users that are known, on a server that knows users */
  admitReading(call: ReadRequestCall): void {
    this.#cluster.asked.reads++;
    this.#admitHere(call);
    const anonymous = call.metadata.get('authorization').length === 0;
    if (this.#cluster.options.users && anonymous && call.request.getOptions()?.hasAll())
      throw new AccessDenied();
  }

  clusterInfo(): ClusterInfo {
    return this.#cluster.info();
  }

  #admitHere(call: Call): void {
    const { leader } = this.#cluster;
    if (leader === this || call.metadata.get('requires-leader')[0] !== 'true') return;
    throw new NotLeader(HOST, leader.port);
  }

  #authenticate(call: Call): void {
    const { users } = this.#cluster.options;
    const [given] = call.metadata.get('authorization');
    if (!users || given === undefined) return;
    const known = Object.entries(users).map(
      ([name, password]) => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
    );
    if (!known.includes(String(given))) throw new WrongPassword();
  }
}
