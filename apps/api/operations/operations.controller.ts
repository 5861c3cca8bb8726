import { Controller, Get, Header, Inject, NotFoundException } from '@nestjs/common';
import { EVENT_STORE, VIEWS } from '#application';
import type { EventReader } from '#event-store';
import { parkedStreams } from '#subscriptions';
import type { ViewReader } from '#view-store';
import type { MetricsAccess } from '../../metrics/access.ts';
import { METRICS_TYPE } from '../../metrics/registry.ts';
import { followers, ownFollowers, type WorkerReadings } from '../../worker/index.ts';
import { Public } from '../auth/caller.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import type { ServiceStatus } from '../openapi/answers.ts';
import { Shows, ShowsText } from '../openapi/describe.ts';
import { Metrics } from './metrics.ts';

export const READINESS = Symbol('Readiness');

/** Throws why the service is not ready. */
export type ReadinessCheck = () => Promise<void>;

export const DEGRADATIONS = Symbol('Degradations');

/** Returns the names of missing parts without which the service is degraded. */
export type DegradationCheck = () => readonly string[];

export const MONITORING = Symbol('Monitoring');

/** Who may read the metrics, and what else they are about. */
export interface ServiceMonitoring {
  readonly access: MetricsAccess;
  /** Of the worker within the service, if there is one that answers. */
  worker(): Promise<WorkerReadings | undefined>;
}

/** For operators. */
@Public()
@Controller()
export class OperationsController {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventReader,
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(READINESS) private readonly readiness: readonly ReadinessCheck[],
    @Inject(DEGRADATIONS) private readonly degradations: readonly DegradationCheck[],
    @Inject(MONITORING) private readonly monitoring: ServiceMonitoring,
    private readonly own: Metrics,
  ) {}

  @Get('health/live')
  @Shows('ServiceStatus', { summary: 'Whether the process runs.', kind: 'open' })
  live(): ServiceStatus {
    return { status: 'live' };
  }

  /**
   * Ready as long as both stores answer and events can be recorded; `/metrics` shows how far the views are.
   * Degraded where commands cannot come over NATS: HTTP is served as usual.
   */
  @Get('health/ready')
  @Shows('ServiceStatus', {
    summary: 'Whether both stores answer, events can be recorded, and callers can be known.',
    kind: 'open',
  })
  async ready(): Promise<ServiceStatus> {
    await Promise.all([this.log.head(), this.positions(), ...this.readiness.map((check) => check())]);
    const missing = this.degradations.flatMap((check) => check());
    return missing.length > 0 ? { status: 'degraded', missing } : { status: 'ready' };
  }

  @Get('metrics')
  @ShowsText('Metrics for Prometheus.')
  @Header('content-type', METRICS_TYPE)
  async metrics(@Http() { request }: Exchange): Promise<string> {
    if (!this.monitoring.access.allows(request.headers.authorization)) throw new NotFoundException();
    const [head, positions, worker] = await Promise.all([
      this.log.head(),
      this.positions(),
      this.monitoring.worker(),
    ]);
    const parked = await Promise.all(
      ownFollowers.map((name) => this.views.count(parkedStreams, { index: 'byFollower', prefix: [name] })),
    );
    return this.own.text({
      head,
      worker,
      followers: positions.map(({ follower, position }, place) => ({
        name: follower,
        position,
        parked: parked[place] ?? 0,
      })),
    });
  }

  private positions() {
    return Promise.all(
      followers.map(async (follower) => ({ follower, position: await this.views.checkpoint(follower) })),
    );
  }
}
