import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { Logger } from 'pino';
import { type ApplicationPorts, applicationModule } from '#application';
import type { Changes } from '#changes';
import type { AdjustableClock } from '../adjustable-clock.ts';
import type { RateLimit } from './auth/account-limit.ts';
import type { DevelopmentTokens, TokenVerifier } from './auth/tokens.ts';
import { type ListenerLimits, Listeners } from './changes/listeners.ts';
import { AnyCommand } from './commands/any-command.ts';
import {
  DEVELOPMENT_CLOCK,
  DEVELOPMENT_TOKENS,
  DevelopmentController,
} from './development/development.controller.ts';
import { Files } from './http/files.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { Reads } from './http/reads.ts';
import { Writes } from './http/writes.ts';
import { ImportPreviews } from './imports/preview.ts';
import { CatalogueReceiver } from './imports/receiver.ts';
import type { CommandsOverNats } from './nats/index.ts';
import { Metrics } from './operations/metrics.ts';
import {
  DEGRADATIONS,
  MONITORING,
  OperationsController,
  READINESS,
  type ReadinessCheck,
  type ServiceMonitoring,
} from './operations/operations.controller.ts';
import { CHANGES, LOG } from './resources/changes.controller.ts';
import { resourceControllers } from './resources/index.ts';
import { SessionController, WAY_TO_SIGN_IN } from './sign-in/session.controller.ts';
import { SignInController } from './sign-in/sign-in.controller.ts';
import { SignIn } from './sign-in/sign-in.ts';

/** Present in development mode only. */
export interface Development {
  readonly tokens: DevelopmentTokens;
  readonly clock: AdjustableClock;
}

export interface ApiOptions {
  readonly ports: ApplicationPorts;
  readonly changes: Changes;
  readonly verifier: TokenVerifier;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly monitoring: ServiceMonitoring;
  readonly rateLimit: RateLimit;
  readonly listeners: ListenerLimits;
  /** How many requests may be under way at once. */
  readonly requestsUnderWay: number;
  /** Further conditions of readiness; each throws the reason why it is not met. */
  readonly readiness?: readonly ReadinessCheck[];
  /** Commands over NATS, where that is enabled. */
  readonly nats?: CommandsOverNats;
  /** In development mode only. */
  readonly development?: Development;
  /** Sign-in to the console by an issuer; without it people cannot sign in. */
  readonly signIn?: SignIn;
}

class ApiModule {}

/** The controllers of a service. */
export function controllersFor({
  development,
  signIn,
}: Pick<ApiOptions, 'development' | 'signIn'>): readonly Type[] {
  return [
    ...resourceControllers,
    OperationsController,
    SessionController,
    ...(development ? [DevelopmentController] : []),
    ...(signIn ? [SignInController] : []),
  ];
}

/**
 * The edge over the application: HTTP, and NATS where it is switched on.
 * @param means dependencies that both share
 */
export function apiModule(options: ApiOptions, means: readonly Provider[]): DynamicModule {
  const { ports, changes, log, metrics, listeners, readiness = [], nats, development, signIn } = options;
  return {
    module: ApiModule,
    imports: [applicationModule(ports)],
    controllers: [...controllersFor(options), ...(nats ? [nats.controller] : [])],
    providers: [
      ...means,
      Reads,
      Writes,
      AnyCommand,
      CatalogueReceiver,
      ImportPreviews,
      { provide: Metrics, useValue: metrics },
      { provide: MONITORING, useValue: options.monitoring },
      { provide: Files, useValue: new Files() },
      { provide: Listeners, useValue: new Listeners(listeners) },
      { provide: CHANGES, useValue: changes },
      { provide: LOG, useValue: log },
      { provide: APP_FILTER, useExisting: ProblemFilter },
      { provide: READINESS, useValue: readiness },
      { provide: DEGRADATIONS, useValue: nats ? [() => (nats.transport.isConnected ? [] : ['nats'])] : [] },
      { provide: DEVELOPMENT_TOKENS, useValue: development?.tokens },
      { provide: DEVELOPMENT_CLOCK, useValue: development?.clock },
      { provide: SignIn, useValue: signIn },
      { provide: WAY_TO_SIGN_IN, useValue: signIn ?? (development ? 'development' : 'bearer') },
    ],
  };
}
