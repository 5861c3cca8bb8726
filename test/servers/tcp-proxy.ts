import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { listenAt } from './free-port.ts';

/** The state of the simulated network link. */
type Link =
  | { readonly kind: 'open'; readonly delayMs: number }
  /** Nothing is forwarded in either direction, without an error. */
  | { readonly kind: 'silent'; readonly over: Promise<void>; readonly end: () => void };

/**
 * A port on 127.0.0.1 in front of a server's port, which simulates network faults. What is forwarded is never
 * changed, only late, or not at all.
 */
export class TcpProxy {
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #link: Link = { kind: 'open', delayMs: 0 };
  #port = 0;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** Starts on a free port and forwards everything to the port `target`. */
  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await proxy.#listen();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Resets every open connection; new ones are accepted. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Resets every connection and refuses new ones, until `heal`. */
  refuse(): void {
    this.#server.close();
    this.cut();
  }

  /**
   * Connections stay open and new ones are accepted, but nothing is forwarded until `heal`; then what was sent is.
   */
  silence(): void {
    if (this.#link.kind === 'silent') return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#link = { kind: 'silent', over: promise, end: resolve };
  }

  /** Delays each chunk by this long, in each direction. */
  delay(ms: number): void {
    this.#open(ms);
  }

  /** Ends the fault: forwards everything again. */
  async heal(): Promise<void> {
    this.#open(0);
    if (!this.#server.listening) await this.#listen();
  }

  async close(): Promise<void> {
    this.#open(0);
    this.refuse();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  async #listen(): Promise<void> {
    this.#port = await listenAt(this.#server, this.#port);
  }

  #open(delayMs: number): void {
    const before = this.#link;
    this.#link = { kind: 'open', delayMs };
    if (before.kind === 'silent') before.end();
  }

  #accept(client: Socket): void {
    const server = connect({ port: this.#target, host: '127.0.0.1' });
    const pair = [client, server];
    for (const socket of pair) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      // The end of either side, also by a reset, ends the other and is not reported as an error.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        for (const other of pair) other.destroy();
      });
    }
    for (const [from, to] of [pair, pair.toReversed()] as [Socket, Socket][]) {
      pipeline(from, (pieces: AsyncIterable<Buffer>) => this.#carry(pieces), to).catch(() => undefined);
    }
  }

  async *#carry(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      if (this.#link.kind === 'open' && this.#link.delayMs > 0) await pause(this.#link.delayMs);
      while (this.#link.kind === 'silent') await this.#link.over;
      yield piece;
    }
  }
}
