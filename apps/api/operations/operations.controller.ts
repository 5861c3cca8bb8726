import { Controller, Get, Header, Inject } from '@nestjs/common';
import { EVENT_STORE, VIEWS } from '#application';
import type { EventReader } from '#event-store';
import type { ViewReader } from '#view-store';
import { followers } from '../../worker/index.ts';
import { Public } from '../auth/caller.ts';
import type { ServiceStatus } from '../openapi/answers.ts';
import { Shows, ShowsText } from '../openapi/describe.ts';
import { exposition, RequestCounts } from './metrics.ts';

export const READINESS = Symbol('Readiness');

/** Throws why the service is not ready. */
export type ReadinessCheck = () => Promise<void>;

export const DEGRADATIONS = Symbol('Degradations');

/** Gives the names of what is missing, without which the service does the rest of its work. */
export type DegradationCheck = () => readonly string[];

/** For operators. */
@Public()
@Controller()
export class OperationsController {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventReader,
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(READINESS) private readonly readiness: readonly ReadinessCheck[],
    @Inject(DEGRADATIONS) private readonly degradations: readonly DegradationCheck[],
    private readonly requests: RequestCounts,
  ) {}

  @Get('health/live')
  @Shows('ServiceStatus', { summary: 'Whether the process runs.', kind: 'open' })
  live(): ServiceStatus {
    return { status: 'live' };
  }

  /**
   * Ready as long as both stores answer and events can be recorded; how far the views are, `/metrics` tells. Degraded
   * where a way in is missing: what comes by another is served as ever.
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
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async metrics() {
    const [head, positions] = await Promise.all([this.log.head(), this.positions()]);
    const gauge = (name: string, help: string, value: number) =>
      ({ name, help, type: 'gauge', samples: [{ value }] }) as const;
    return exposition([
      {
        name: 'tessera_http_requests_total',
        help: 'Requests answered, by method and status.',
        type: 'counter',
        samples: this.requests.samples(),
      },
      gauge('tessera_log_position', 'Position of the last event in the log.', head),
      {
        name: 'tessera_follower_lag',
        help: 'How far a follower is behind the log, in positions; those have gaps.',
        type: 'gauge',
        samples: positions.map(({ follower, position }) => ({
          labels: `follower="${follower}"`,
          value: head - position,
        })),
      },
      {
        name: 'process_cpu_seconds_total',
        help: 'Time spent on any of the cores.',
        type: 'counter',
        samples: [{ value: cpuSeconds() }],
      },
      gauge('process_resident_memory_bytes', 'Resident memory.', process.memoryUsage.rss()),
      gauge('process_uptime_seconds', 'Time since the start.', Math.round(process.uptime())),
    ]);
  }

  private positions() {
    return Promise.all(
      followers.map(async (follower) => ({ follower, position: await this.views.checkpoint(follower) })),
    );
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
