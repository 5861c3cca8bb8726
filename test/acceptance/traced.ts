import { sharesProjection } from '#projections/shares';
import { followerOf } from '#subscriptions';
import type { Settings } from '../programs/program.ts';
import { type ExportedSpan, TraceServer } from '../servers/otlp.ts';
import { Receiver } from './receiver.ts';
import { type Company, OwnWorld, ok, until } from './world.ts';

/** The name of the span of a batch of the view of shares. */
export const FOLLOW_SHARES = `follow ${followerOf(sharesProjection)}`;

/** The `traceparent` of a request, and of the delivery to a webhook that followed. */
export interface Traceparents {
  readonly sent: string;
  readonly delivered: string;
}

/** A world with a server that takes its traces, where one company has a webhook and something to share. */
export class TracedWorld {
  private constructor(
    readonly world: OwnWorld,
    readonly traces: TraceServer,
    private readonly endpoint: string,
    private readonly receiver: Receiver,
    readonly giver: Company,
    readonly taker: Company,
    private readonly connection: string,
    private readonly installation: string,
  ) {}

  static async begin(): Promise<TracedWorld> {
    const [traces, receiver] = [new TraceServer(), new Receiver()];
    const endpoint = await traces.listen();
    const world = await OwnWorld.begin(exporting(endpoint));
    const giver = await world.company('service', 'Frigo North');
    const taker = await world.company('service', 'Cold Hands');
    const connection = await world.connect(giver, taker);
    const [installation = ''] = (await giver.addSite(1)).installations;
    await ok(giver.administrator.post('/v1/webhooks', { url: await receiver.listen() }));
    return new TracedWorld(world, traces, endpoint, receiver, giver, taker, connection, installation);
  }

  async end(): Promise<void> {
    await this.world.end();
    this.receiver.close();
    this.traces.close();
  }

  /** Starts it again, exporting traces. */
  restart(settings: Settings = {}): Promise<void> {
    return this.world.restart({ ...exporting(this.endpoint), ...settings });
  }

  /** Approves a share within the caller's own trace, and waits until a webhook is notified that its package is ready. */
  async approveWithin(trace: string, flags = '01'): Promise<Traceparents> {
    const sent = `00-${trace}-00f067aa0ba902b7-${flags}`;
    const share = await this.taker.request(this.connection);
    const selection = [this.installation];
    const approval = { level: 'installation', selection, accessType: 'installation-manager' };
    const path = `/v1/shares/${share}/approve`;
    await ok(this.giver.administrator.post(path, approval, { traceparent: sent }));
    const { headers } = await this.receiver.one('tessera.share.available.v1', share);
    return { sent, delivered: headers.traceparent as string };
  }

  /** The spans of a trace, once there is one of each name, and the one that `traceparent` names. */
  spansOf(trace: string, names: readonly string[], traceparent?: string): Promise<readonly ExportedSpan[]> {
    const place = traceparent?.slice(36, 52);
    return until(
      async () => this.traces.spans.filter((span) => span.trace === trace),
      (spans) =>
        names.every((name) => spans.some((span) => span.name === name)) &&
        (place === undefined || spans.some(({ id }) => id === place)),
    );
  }
}

function exporting(endpoint: string): Settings {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_BSP_SCHEDULE_DELAY: '50' };
}
