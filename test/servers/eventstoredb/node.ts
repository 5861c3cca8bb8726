import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { type Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js';
import { listenAt } from '../free-port.ts';
import type { EventStoreDb } from './cluster.ts';
import { AccessDenied, Busy, NotImplemented, NotLeader, NotReady, Refused, WrongPassword } from './errors.ts';
import type { Faults } from './faults.ts';
import type { Log } from './log.ts';
import type { Quirks } from './quirks.ts';
import {
  gossip,
  NOT_IMPLEMENTED_SERVICES,
  notImplementedMethods,
  serverFeatures,
  streams,
} from './services.ts';

export interface Call {
  readonly metadata: Metadata;
  readonly cancelled: boolean;
  getPeer(): string;
}

interface ReadRequestCall extends Call {
  readonly request: { getOptions(): { hasAll(): boolean } | undefined };
}

export const HOST = '127.0.0.1';
/** How long a stopping node waits for connections to close. */
const SHUTDOWN_GRACE_MS = 500;
const COMMIT_TIMEOUT_MS = 2_000;
const MESSAGE_LIMIT = 17 * 1024 * 1024;

/** One node of the cluster: a server on a port of its own, which stays the same when it is started again. */
export class Node {
  /** While false, every call is answered UNAVAILABLE. */
  ready = true;
  readonly #cluster: EventStoreDb;
  readonly #sockets = new Map<string, Socket>();
  /** Functions that end the calls in progress. */
  readonly #calls = new Set<(refused: Refused) => void>();
  #statistics: NodeJS.Timeout | undefined;
  /** Starts the node again that has closed itself. */
  #supervisor: NodeJS.Timeout | undefined;
  #starting: Promise<void> | undefined;
  /** Until then calls take long, by the clock of `performance`. */
  #coldUntil = 0;
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

  get asked(): EventStoreDb['asked'] {
    return this.#cluster.asked;
  }

  get quirks(): Quirks {
    return this.#cluster.options;
  }

  get commitTimeoutMs(): number {
    return this.quirks.commitTimeoutMs ?? COMMIT_TIMEOUT_MS;
  }

  get running(): boolean {
    return this.#net !== undefined;
  }

  /** The port that gossip announces. */
  get port(): number {
    return this.#advertised ?? this.#port;
  }

  /** The port it listens on. */
  get ownPort(): number {
    return this.#port;
  }

  /** Announces another port to clients, that of a proxy in front of the node. */
  advertise(port: number): void {
    this.#advertised = port;
  }

  /** Starts to listen, on the port it had before; does nothing when it already listens. */
  start(): Promise<void> {
    clearTimeout(this.#supervisor);
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #start(): Promise<void> {
    if (this.running) return;
    const grpc = new Server({ 'grpc.max_receive_message_length': MESSAGE_LIMIT });
    grpc.addService(StreamsService, streams(this));
    grpc.addService(GossipService, gossip(this));
    grpc.addService(ServerFeaturesService, serverFeatures(this));
    for (const service of NOT_IMPLEMENTED_SERVICES)
      grpc.addService(service, notImplementedMethods(this, service));
    const { tls } = this.#cluster.options;
    const credentials = tls
      ? ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.cert }])
      : ServerCredentials.createInsecure();
    const injector = grpc.createConnectionInjector(credentials);
    // grpc-js does not expose its connections; a listener of our own can end them.
    const net = createServer((socket) => {
      const peer = `${socket.remoteAddress}:${socket.remotePort}`;
      this.#sockets.set(peer, socket);
      socket.on('close', () => this.#sockets.delete(peer));
      socket.on('error', () => undefined);
      socket.setNoDelay(true);
      injector.injectConnection(socket);
    });
    this.#port = await listenAt(net, this.#port);
    this.#grpc = grpc;
    this.#net = net;
    const { statisticsEveryMs, coldForMs = 0 } = this.quirks;
    this.#coldUntil = performance.now() + coldForMs;
    if (statisticsEveryMs !== undefined) {
      this.#statistics = setInterval(() => this.log.writeStatistics(), statisticsEveryMs);
    }
  }

  /** Stops as a server that is shut down: calls are cancelled, connections closed. */
  async stop(): Promise<void> {
    clearTimeout(this.#supervisor);
    if (this.#starting) await this.#starting;
    const net = this.#net;
    if (!net) return;
    this.#net = undefined;
    clearInterval(this.#statistics);
    const closed = once(net, 'close');
    net.close();
    this.#grpc?.forceShutdown();
    // A client that gets no answer does not close its side either.
    const giveUp = setTimeout(() => this.cut(), SHUTDOWN_GRACE_MS);
    await closed;
    clearTimeout(giveUp);
  }

  /** Resets the connection of this peer, or of all. */
  cut(peer?: string): void {
    const sockets = peer === undefined ? [...this.#sockets.values()] : [this.#sockets.get(peer)];
    for (const socket of sockets) socket?.destroy();
  }

  /** Ends all calls in progress, as a connection with too many of them does. */
  reset(): void {
    for (const end of this.#calls) end(new Busy());
  }

  /** Makes another node the leader, and ends every connection to this one, which may close itself. */
  loseLead(): void {
    this.#cluster.moveLeader();
    this.cut();
    const { closedWhenLostMs } = this.quirks;
    if (closedWhenLostMs === undefined) return;
    void this.stop();
    this.#supervisor = setTimeout(() => void this.start(), closedWhenLostMs);
  }

  /** How long a client waits for a write that is never confirmed. */
  async commitTimeout(): Promise<void> {
    await pause(this.commitTimeoutMs, undefined, { ref: false });
  }

  /**
   * Runs the work of a call, or refuses the call when the node is not ready or has too many calls, or when the work
   * throws. The work must not write to the call after it returned.
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
      const { maxCalls = Number.POSITIVE_INFINITY } = this.quirks;
      if (this.#calls.size >= maxCalls) throw new Busy();
      this.#calls.add(end);
      const cold = this.#coldUntil - performance.now();
      if (cold > 0) await pause(cold);
      if (call.cancelled) return;
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

  /**
   * @throws NotLeader the client requires the leader, and it is another node; otherwise the call is forwarded to the
   * leader
   */
  admitWriting(call: Call): void {
    this.asked.appends++;
    this.#admitHere(call);
  }

  /** @throws AccessDenied on a server with users, the log may only be read by one of them */
  admitReading(call: ReadRequestCall): void {
    this.asked.reads++;
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
