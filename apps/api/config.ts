import type { RevocationWindow } from '#domain/share';
import { parseDuration } from './duration.ts';

/** How callers prove who they are. */
export type Authentication =
  | { readonly mode: 'development' }
  | { readonly mode: 'oidc'; readonly issuer: string; readonly audience: string };

/** Everything that can be set, from the environment; docs/operating.md has the table. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Whether an empty service is filled with a small demo world. */
  readonly demo: boolean;
  readonly authentication: Authentication;
  readonly revocationWindow: RevocationWindow;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** Something in the environment is not as documented; the message names every fault. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
  constructor(readonly faults: readonly string[]) {
    super(`The configuration is not valid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/**
 * Reads the configuration and checks all of it.
 * @throws InvalidConfig
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const refuse = (name: string, wanted: string) => {
    faults.push(`${name} must be ${wanted}, not "${env[name]}".`);
  };

  const oneOf = <Choice extends string>(
    name: string,
    choices: readonly Choice[],
    otherwise: Choice,
  ): Choice => {
    const value = (env[name] ?? otherwise) as Choice;
    if (!choices.includes(value)) refuse(name, `one of ${choices.join(', ')}`);
    return value;
  };

  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) refuse('PORT', 'a port number from 0 to 65535');

  const milliseconds = parseDuration(env.REVOCATION_WINDOW ?? 'PT72H') ?? 0;
  if (milliseconds <= 0) refuse('REVOCATION_WINDOW', 'an ISO-8601 duration such as PT72H');
  const from = oneOf('REVOCATION_FROM', ['placed', 'granted'], 'placed');

  const host = env.HOST ?? '127.0.0.1';
  const authentication = readAuthentication(
    env,
    oneOf('AUTH', ['development', 'oidc'], 'development'),
    faults,
  );
  if (authentication.mode === 'development' && !LOOPBACK.includes(host)) {
    faults.push(`AUTH=development lets anyone in: HOST must be a loopback address, not "${host}".`);
  }
  const demo = oneOf('DEMO', ['on', 'off'], 'off') === 'on';
  const logLevel = oneOf('LOG_LEVEL', LOG_LEVELS, 'info');
  if (faults.length > 0) throw new InvalidConfig(faults);
  return {
    host,
    port,
    dataDir: env.DATA_DIR ?? './data',
    demo,
    authentication,
    revocationWindow: { kind: 'window', milliseconds, from },
    logLevel,
  };
}

function readAuthentication(
  env: Readonly<Record<string, string | undefined>>,
  mode: Authentication['mode'],
  faults: string[],
): Authentication {
  if (mode === 'development') return { mode };
  const issuer = env.OIDC_ISSUER ?? '';
  const audience = env.OIDC_AUDIENCE ?? '';
  if (!URL.canParse(issuer)) faults.push('OIDC_ISSUER must be the URL of the issuer when AUTH=oidc.');
  if (audience === '') faults.push('OIDC_AUDIENCE must be the audience of our tokens when AUTH=oidc.');
  return { mode: 'oidc', issuer, audience };
}
