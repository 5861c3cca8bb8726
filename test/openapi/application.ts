import type { INestApplication } from '@nestjs/common';
import { pino } from 'pino';
import type { ApplicationPorts } from '#application';
import type { TokenVerifier } from '../../apps/api/auth/tokens.ts';
import { createServer } from '../../apps/api/server.ts';

/** The service's routes, with nothing behind them: enough to describe it. */
export function describedApplication(): Promise<INestApplication> {
  const ports = { tokenKey: new Uint8Array(32) } as ApplicationPorts;
  return createServer({ ports, verifier: {} as TokenVerifier, log: pino({ level: 'silent' }) });
}
