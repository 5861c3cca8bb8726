import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, headers, type NatsConnection, RequestError } from '@nats-io/transport-node';
import { installFromDebian } from '../programs/debian.ts';
import { type ChildServer, startWithParent } from '../programs/with-parent.ts';
import { freePort } from './free-port.ts';

const PROGRAM = '/usr/sbin/nats-server';

/** More than a service takes, so that it is the service that refuses. */
const CONFIGURATION = `
  max_payload: 2MB
  authorization {
    users: [
      { user: "tessera", password: "a-secret-of-this-test" }
      { user: "stranger", password: "a-secret-of-this-test", permissions: { subscribe: "_INBOX.>" } }
    ]
  }
`;
const LOGIN = { user: 'tessera', pass: 'a-secret-of-this-test' };

/** An answer that came over NATS. */
export interface NatsAnswer {
  readonly headers: Readonly<Record<string, string | undefined>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly body: any;
}

/**
 * Why no NATS server can be started here; `undefined` where one can. A spec that needs one then says so, and skips its
 * tests.
 */
export async function whyNoNats(): Promise<string | undefined> {
  try {
    await installFromDebian({ [PROGRAM]: 'nats-server' });
    return undefined;
  } catch (error) {
    return `Skipped: ${(error as Error).message}`;
  }
}

/** A real NATS server, which may be stopped and started again at the same place. */
export class NatsServer {
  private child: ChildServer | undefined;

  private constructor(
    private readonly folder: string,
    private port: number,
  ) {}

  static async start(): Promise<NatsServer> {
    const server = await NatsServer.notYetStarted();
    await server.begin();
    return server;
  }

  /** One that begins later, at a port that is free now. */
  static async notYetStarted(): Promise<NatsServer> {
    const folder = await mkdtemp(join(tmpdir(), 'tessera-nats-'));
    await writeFile(join(folder, 'nats.conf'), CONFIGURATION);
    return new NatsServer(folder, await freePort());
  }

  /** With its login, in the form of `NATS_URL`. */
  get url(): string {
    return `nats://${LOGIN.user}:${LOGIN.pass}@127.0.0.1:${this.port}`;
  }

  /** The same for a client of its library. */
  get login(): object {
    return { servers: `127.0.0.1:${this.port}`, ...LOGIN };
  }

  /** Of a user who may not listen. */
  get urlOfStranger(): string {
    return this.url.replace(LOGIN.user, 'stranger');
  }

  /** What no log may have. */
  get secret(): string {
    return LOGIN.pass;
  }

  /** Begins, at the port it had before. */
  async begin(): Promise<void> {
    const args = ['-c', join(this.folder, 'nats.conf'), '-a', '127.0.0.1', '-p', String(this.port)];
    this.child = startWithParent(PROGRAM, args, 'KILL');
    this.port = await portOf(this.child);
  }

  /** Ends at once, as in an outage. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.child = undefined;
    const gone = once(child, 'exit');
    child.stdin.end();
    await gone;
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A client as other programs have it. */
  client(): Promise<NatsConnection> {
    return connect({
      ...this.login,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 100,
    });
  }
}

/** @throws Error with what it said, when it exits instead */
function portOf({ stderr }: ChildServer): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    stderr.on('data', (chunk: Buffer) => {
      said += chunk;
      const port = /client connections on [\d.]+:(\d+)/.exec(said)?.[1];
      if (port !== undefined && said.includes('Server is ready')) resolve(Number(port));
    });
    stderr.once('end', () => reject(new Error(`The NATS server did not start:\n${said}`)));
  });
}

/**
 * Sends a request, and waits for its answer.
 * @param body JSON, or bytes as they are
 * @returns `undefined` when there is no subscriber
 */
export async function request(
  client: NatsConnection,
  subject: string,
  body: unknown,
  sent: Readonly<Record<string, string>> = {},
): Promise<NatsAnswer | undefined> {
  const named = headers();
  for (const [name, value] of Object.entries(sent)) named.set(name, value);
  const payload = body instanceof Uint8Array ? body : JSON.stringify(body);
  try {
    const message = await client.request(subject, payload, { headers: named, timeout: 30_000 });
    const names = message.headers?.keys() ?? [];
    return {
      headers: Object.fromEntries(names.map((name) => [name, message.headers?.get(name)])),
      body: message.json(),
    };
  } catch (error) {
    if (error instanceof RequestError && error.isNoResponders()) return undefined;
    throw error;
  }
}
