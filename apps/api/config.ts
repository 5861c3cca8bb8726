import type { RevocationWindow } from '#domain/share';
import { parseDuration } from '../duration.ts';
import { Environment, LOG_LEVELS, type LogLevel } from '../environment.ts';
import { readMetricsToken } from '../metrics/access.ts';
import { readKeyEncryption } from '../personal-data.ts';
import { readSealing, type SealingConfig } from '../sealing.ts';
import { readSharedStores, type SharedStoresConfig } from '../secret.ts';
import { readTracing, type TracingConfig } from '../telemetry/index.ts';
import { readAllowPrivate } from '../webhooks.ts';
import { RATE_LIMIT, type RateLimit } from './auth/account-limit.ts';
import { type ClaimNames, OUR_CLAIMS, readRoleNames } from './auth/claims.ts';
import { LISTENER_LIMITS, type ListenerLimits } from './changes/listeners.ts';
import { REQUESTS_UNDER_WAY } from './http/load-limit.ts';
import { type NatsAddress, readNatsAddress } from './nats/address.ts';
import { readSignIn, type SignInSettings } from './sign-in/settings.ts';

/** How callers prove who they are. */
export type Authentication =
  | { readonly mode: 'development' }
  | {
      readonly mode: 'oidc';
      readonly issuer: string;
      readonly audience: string;
      readonly claims: ClaimNames;
      /** Absent where nobody signs in here: the API takes bearer tokens alone. */
      readonly signIn?: SignInSettings;
    };

/** Everything that can be set, from the environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Where the health endpoints of the worker beside the service are served, if at all. */
  readonly worker?: { readonly host: string; readonly port: number };
  /** Where the stores are that this process shares with others; without them it has its own in `dataDir`. */
  readonly stores?: SharedStoresConfig;
  /** What the worker in this process seals the log with, unless the stores are shared. */
  readonly sealing: SealingConfig;
  /** What the keys of data subjects are wrapped with; by default a key beside the data. */
  readonly keyEncryption?: string;
  /** Where commands are taken from beside HTTP, if from there at all. */
  readonly nats?: NatsAddress;
  /** Whether an empty service is filled with a small demo world. */
  readonly demo: boolean;
  readonly authentication: Authentication;
  readonly revocationWindow: RevocationWindow;
  readonly rateLimit: RateLimit;
  /** How many requests may be under way at once. */
  readonly requestsUnderWay: number;
  readonly listeners: ListenerLimits;
  /** Whether webhooks may lead to private addresses. */
  readonly webhooksAllowPrivate: boolean;
  /** How traces are recorded, if at all. */
  readonly tracing?: TracingConfig;
  /** The token that monitors must send to read the metrics. */
  readonly metricsToken?: string;
  readonly logLevel: LogLevel;
}

/** Deadlines that follow from it are dates, too. */
const MOST_WINDOW_MS = 36_525 * 24 * 60 * 60 * 1000;
const MOST_RATE_WINDOW_MS = 24 * 60 * 60 * 1000;
const MOST_REQUESTS = 1_000_000_000;
const MOST_UNDER_WAY = 1_000_000;
const MOST_LISTENERS = 1_000_000;
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/**
 * Reads the configuration and checks all of it.
 * @param demo whether the demo world is wanted when `DEMO` does not say
 * @throws InvalidConfig
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>>, demo: boolean): Config {
  const env = new Environment(variables);
  const host = env.text('HOST', '127.0.0.1');
  const authentication = readAuthentication(env);
  const development = authentication.mode === 'development';
  if (development && !LOOPBACK.includes(host)) {
    env.fault(`AUTH=development lets anyone in: HOST must be a loopback address, not "${host}".`);
  }
  const stores = readSharedStores(env);
  return env.checked({
    host,
    port: env.port('PORT', 3000),
    dataDir: env.text('DATA_DIR', './data'),
    worker: env.optional('WORKER_PORT') === undefined ? undefined : readWorker(env),
    stores,
    sealing: readSealing(env, false),
    keyEncryption: readKeyEncryption(env, stores !== undefined),
    nats: readNatsAddress(env),
    demo: env.oneOf('DEMO', ['on', 'off'], demo && development && !stores ? 'on' : 'off') === 'on',
    authentication,
    revocationWindow: readRevocationWindow(env),
    rateLimit: readRateLimit(env),
    requestsUnderWay: env.wholeNumber('REQUESTS_UNDER_WAY', REQUESTS_UNDER_WAY, 1, MOST_UNDER_WAY),
    listeners: readListenerLimits(env),
    webhooksAllowPrivate: readAllowPrivate(env, development),
    tracing: readTracing(env, 'tessera'),
    metricsToken: readMetricsToken(env),
    logLevel: env.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
  });
}

/** Whether people can sign in to the service, and it has the console for them. */
export function servesConsole({ authentication }: Pick<Config, 'authentication'>): boolean {
  return authentication.mode === 'development' || authentication.signIn !== undefined;
}

function readWorker(env: Environment): Config['worker'] {
  return { host: env.text('WORKER_HOST', '127.0.0.1'), port: env.port('WORKER_PORT', 0) };
}

function readAuthentication(env: Environment): Authentication {
  const mode = env.oneOf('AUTH', ['development', 'oidc'], 'development');
  if (mode === 'development') return { mode };
  const issuer = env.text('OIDC_ISSUER', '');
  if (!URL.canParse(issuer)) env.fault('OIDC_ISSUER must be the URL of the issuer when AUTH=oidc.');
  return {
    mode,
    issuer,
    audience: env.text('OIDC_AUDIENCE', ''),
    claims: readClaims(env),
    signIn: readSignIn(env, issuer),
  };
}

function readClaims(env: Environment): ClaimNames {
  const roleNames = env.optional('OIDC_ROLE_NAMES');
  return {
    account: env.text('OIDC_ACCOUNT_CLAIM', OUR_CLAIMS.account),
    roles: env.text('OIDC_ROLES_CLAIM', OUR_CLAIMS.roles),
    ...(roleNames && {
      roleNames: readRoleNames(roleNames, (detail) => env.fault(`OIDC_ROLE_NAMES: ${detail}.`)),
    }),
  };
}

function readRateLimit(env: Environment): RateLimit {
  const window = env.optional('RATE_WINDOW');
  const perMs = window === undefined ? RATE_LIMIT.perMs : (parseDuration(window) ?? 0);
  if (perMs === 0 || perMs > MOST_RATE_WINDOW_MS) {
    env.fault(`RATE_WINDOW must be a duration such as PT10S, of at most one day, not "${window}".`);
  }
  return { requests: env.wholeNumber('RATE_LIMIT', RATE_LIMIT.requests, 1, MOST_REQUESTS), perMs };
}

function readListenerLimits(env: Environment): ListenerLimits {
  const { perAccount, inAll } = LISTENER_LIMITS;
  return {
    perAccount: env.wholeNumber('LISTENERS_PER_ACCOUNT', perAccount, 1, MOST_LISTENERS),
    inAll: env.wholeNumber('LISTENERS', inAll, 1, MOST_LISTENERS),
  };
}

function readRevocationWindow(env: Environment): RevocationWindow {
  const window = env.text('REVOCATION_WINDOW', 'PT72H');
  const milliseconds = parseDuration(window) ?? 0;
  if (milliseconds === 0 || milliseconds > MOST_WINDOW_MS) {
    env.fault(`REVOCATION_WINDOW must be a duration such as PT72H, of at most 100 years, not "${window}".`);
  }
  return {
    kind: 'window',
    milliseconds,
    from: env.oneOf('REVOCATION_FROM', ['placed', 'granted'], 'placed'),
  };
}
