import type { INestApplication } from '@nestjs/common';
import { pino } from 'pino';
import type { ApplicationPorts } from '#application';
import type { Changes } from '#changes';
import { RATE_LIMIT } from '../../apps/api/auth/account-limit.ts';
import type { TokenVerifier } from '../../apps/api/auth/tokens.ts';
import { LISTENER_LIMITS } from '../../apps/api/changes/listeners.ts';
import { REQUESTS_UNDER_WAY } from '../../apps/api/http/load-limit.ts';
import { Metrics } from '../../apps/api/operations/metrics.ts';
import { createServer } from '../../apps/api/server.ts';
import { MetricsAccess } from '../../apps/metrics/access.ts';

/** The service's routes, with nothing behind them: enough to describe it. */
export function describedApplication(): Promise<INestApplication> {
  const ports = { tokenKey: new Uint8Array(32) } as ApplicationPorts;
  const changes = {} as Changes;
  return createServer({
    ports,
    changes,
    verifier: {} as TokenVerifier,
    log: pino({ level: 'silent' }),
    metrics: new Metrics(),

    monitoring: { access: new MetricsAccess(undefined, true), worker: async () => undefined },
    rateLimit: RATE_LIMIT,
    listeners: LISTENER_LIMITS,
    requestsUnderWay: REQUESTS_UNDER_WAY,
  });
}
