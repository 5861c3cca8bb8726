import { setTimeout as pause } from 'node:timers/promises';
import { connect, headers, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import {
  type CustomTransportStrategy,
  type MessageHandler,
  NatsContext,
  Server,
  Transport,
} from '@nestjs/microservices';
import pTimeout from 'p-timeout';
import { firstValueFrom } from 'rxjs';
import type { Log } from '#subscriptions';
import type { NatsAddress } from './address.ts';

/** The reply to a message. */
export interface NatsReply {
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** In milliseconds. */
export interface NatsTiming {
  /** Between two attempts to connect. */
  readonly retry: number;
  /** For one attempt. */
  readonly timeout: number;
  /** For how long a stop waits for what is under way. */
  readonly drain: number;
}

const TIMING: NatsTiming = { retry: 2_000, timeout: 3_000, drain: 20_000 };

/** A connection on which nothing comes is found dead after three of these. */
const PING_MS = 20_000;

/**
 * A NestJS transport to NATS for a service that also works without it: it can start before NATS, reconnects for ever, and
 * logs an outage once and its end once. Messages and answers are plain JSON, as HTTP has them. Every
 * service of a deployment is in one queue group, so that each message is handled by one of them.
 */
export class NatsTransport extends Server implements CustomTransportStrategy {
  override readonly transportId = Transport.NATS;
  private connection: NatsConnection | undefined;
  private subscriptions: readonly Subscription[] = [];
  /** Messages that are not answered yet. */
  private readonly underWay = new Set<Promise<void>>();
  /** Why NATS is not connected; `undefined` while it is. */
  private trouble: string | undefined = 'not connected yet';
  private reported: string | undefined;
  private readonly closing = new AbortController();
  private running: Promise<void> | undefined;
  private closed: Promise<void> | undefined;
  private readonly timing: NatsTiming;

  /** @param queue the name of the queue group */
  constructor(
    private readonly address: NatsAddress,
    private readonly queue: string,
    private readonly log: Log,
    timing: Partial<NatsTiming> = {},
  ) {
    super();
    this.timing = { ...TIMING, ...timing };
  }

  /** Whether messages can come. */
  get isConnected(): boolean {
    return this.trouble === undefined;
  }

  /** Begins to connect, and waits for nothing. */
  listen(started: () => void): void {
    this.running = this.keepConnected();
    started();
  }

  /** Accepts no further messages, and answers those in progress. Bounded in time. */
  close(): Promise<void> {
    this.closed ??= this.stop();
    return this.closed;
  }

  on(): never {
    throw new Error('This transport does not support events.');
  }

  unwrap<T>(): T {
    return this.connection as T;
  }

  private async keepConnected(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      try {
        const connection = await this.connect();
        if (signal.aborted) await connection.close();
        else await this.serve(connection);
      } catch (error) {
        this.lost(error);
      }
      this.connection = undefined;
      await pause(this.timing.retry, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private connect(): Promise<NatsConnection> {
    const { servers, tls, login } = this.address;
    return connect({
      ...login,
      servers: [...servers],
      tls: tls ? {} : undefined,
      name: 'tessera',
      timeout: this.timing.timeout,
      pingInterval: PING_MS,
      reconnectTimeWait: this.timing.retry,
      maxReconnectAttempts: -1,
      // Its users may be changed while it is connected to.
      ignoreAuthErrorAbort: true,
    });
  }

  /** Resolves when the connection was given up. */
  private async serve(connection: NatsConnection): Promise<void> {
    this.connection = connection;
    // Subscribed first, so that nothing is missed.
    const statuses = connection.status();
    let refused: Error | undefined;
    this.subscriptions = [...this.messageHandlers].map(([subject, handler]) =>
      connection.subscribe(subject, {
        queue: this.queue,
        callback: (error, message) => {
          if (error === null) {
            this.receive(message, handler);
          } else {
            // Whether it may listen is asked anew with the next connection.
            refused = error;
            void connection.close();
          }
        },
      }),
    );
    await Promise.race([connection.flush().catch(() => undefined), connection.closed()]);
    if (refused === undefined) this.found();
    for await (const status of statuses) {
      if (status.type === 'disconnect') this.lost(new Error('the connection broke off'));
      if (status.type === 'reconnect') this.found();
      if (status.type === 'error') this.report(status.error.message);
      if (status.type === 'close') break;
    }
    const error = await connection.closed();
    if (!this.closing.signal.aborted) this.lost(refused ?? error ?? new Error('the connection was closed'));
  }

  private receive(message: Msg, handler: MessageHandler): void {
    const answered = this.answer(message, handler)
      .catch((error: unknown) => this.log.error({ err: error }, 'A message from NATS could not be answered'))
      .finally(() => this.underWay.delete(answered));
    this.underWay.add(answered);
  }

  private async answer(message: Msg, handler: MessageHandler): Promise<void> {
    const context = new NatsContext([message.subject, message.headers]);
    const answers = this.transformToObservable(await handler(message, context));
    const reply = (await firstValueFrom(answers)) as NatsReply;
    const named = headers();
    for (const [name, value] of Object.entries(reply.headers)) named.set(name, value);
    message.respond(reply.body, { headers: named });
  }

  private async stop(): Promise<void> {
    this.closing.abort();
    const { connection } = this;
    if (connection !== undefined) {
      await pTimeout(this.drain(connection), { milliseconds: this.timing.drain }).catch((error: unknown) =>
        this.log.error({ err: error }, 'Not all messages from NATS were answered before the service stopped'),
      );
      await connection.close();
    }
    await this.running;
  }

  private async drain(connection: NatsConnection): Promise<void> {
    if (this.isConnected) await Promise.all(this.subscriptions.map((subscription) => subscription.drain()));
    await Promise.all(this.underWay);
    if (this.isConnected) await connection.flush();
  }

  private found(): void {
    if (this.trouble === undefined) return;
    this.trouble = undefined;
    this.reported = undefined;
    this.log.info({ servers: this.address.servers }, 'Connected to NATS: commands are taken from there');
  }

  private lost(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (!this.closing.signal.aborted) this.report(reason);
    this.trouble = reason;
  }

  /** Logs a reason once for as long as it stays the same. */
  private report(reason: string): void {
    if (this.reported !== undefined && (this.reported === reason || !this.isConnected)) return;
    this.reported = reason;
    const { servers } = this.address;
    this.log.error({ servers, reason }, `NATS cannot be used: ${reason}. It is tried again by itself`);
  }
}
