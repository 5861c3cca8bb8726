import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import {
  createServer,
  request as forward,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EventStoreDb } from '../servers/eventstoredb/index.ts';
import { MongoServer } from '../servers/mongodb/index.ts';
import { type Program, type Service, type Settings, startApi, startWorker } from './program.ts';

/** The stores of a cluster, which outlive its programs. */
interface Stores {
  readonly events: EventStoreDb;
  readonly views: MongoServer;
  readonly dataDir: string;
}

/**
 * The distributed mode: two services and two workers on shared stores, every program in a process of its own. Each
 * request goes to the other service than the one before it.
 */
export class Cluster implements Service {
  private constructor(
    private readonly stores: Stores,
    private readonly front: Front,
    readonly services: readonly Program[],
    readonly workers: readonly Program[],
  ) {}

  /** @param settings of every program's environment */
  static async start(settings: Settings): Promise<Cluster> {
    const stores = {
      events: await EventStoreDb.start(),
      views: await MongoServer.start(),
      dataDir: await mkdtemp(join(tmpdir(), 'tessera-cluster-')),
    };
    const front = await Front.start();
    try {
      return await Cluster.on(stores, front, settings);
    } catch (error) {
      await letGo(stores, front);
      throw error;
    }
  }

  private static async on(stores: Stores, front: Front, settings: Settings): Promise<Cluster> {
    const env = {
      EVENT_STORE_URL: stores.events.url,
      VIEW_STORE_URL: databaseOf(stores.views),
      SECRET: Buffer.alloc(32, 5).toString('base64'),
      DATA_DIR: stores.dataDir,
      PORT: '0',
      WORKER_PORT: '0',
      LOG_LEVEL: 'error',
      ...settings,
    };
    const services = await Promise.all([startApi(env), startApi(env)]);
    const workers = await Promise.all([startWorker(env), startWorker(env)]);
    front.serve(services.map(({ said }) => said));
    return new Cluster(stores, front, services, workers);
  }

  get url(): string {
    return this.front.url;
  }

  async stop(): Promise<number | null> {
    const codes = await Promise.all(this.programs.map((program) => program.end('SIGTERM')));
    return codes.find((code) => code !== 0) ?? 0;
  }

  async restart(settings: Settings = {}): Promise<Cluster> {
    await this.stop();
    return Cluster.on(this.stores, this.front, settings);
  }

  async dispose(): Promise<void> {
    await this.stop();
    await letGo(this.stores, this.front);
  }

  private get programs(): readonly Program[] {
    return [...this.services, ...this.workers];
  }
}

function databaseOf({ url }: MongoServer): string {
  const database = new URL(url);
  database.pathname = '/tessera';
  return database.href;
}

async function letGo({ events, views, dataDir }: Stores, front: Front): Promise<void> {
  await Promise.all([front.close(), events.close(), views.close()]);
  await rm(dataDir, { recursive: true, force: true });
}

/** One address for several services, which take turns. */
class Front {
  private readonly server: Server;
  private services: readonly string[] = [];
  private turn = 0;

  private constructor() {
    this.server = createServer((request, response) => void this.pass(request, response));
  }

  static async start(): Promise<Front> {
    const front = new Front();
    front.server.listen(0, '127.0.0.1');
    await once(front.server, 'listening');
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  serve(services: readonly string[]): void {
    this.services = services;
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  /** Whoever asks notices what happens to the service as if it had asked that itself. */
  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const service = this.services[this.turn++ % this.services.length];
    const { method, url, headers } = request;
    const passed = forward(`${service}${url}`, { method, headers });
    // A service may answer before it has heard all, and hang up.
    pipeline(request, passed).catch(() => undefined);
    try {
      const [answer] = await once(passed, 'response');
      response.writeHead(answer.statusCode, answer.headers);
      await pipeline(answer, response);
    } catch {
      response.destroy();
    }
  }
}
