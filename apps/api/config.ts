import type { RevocationWindow } from '#domain/share';
import { Environment, LOG_LEVELS, type LogLevel } from '../environment.ts';
import { parseDuration } from './duration.ts';

/** How callers prove who they are. */
export type Authentication =
  | { readonly mode: 'development' }
  | { readonly mode: 'oidc'; readonly issuer: string; readonly audience: string };

/** Everything that can be set, from the environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Whether an empty service is filled with a small demo world. */
  readonly demo: boolean;
  readonly authentication: Authentication;
  readonly revocationWindow: RevocationWindow;
  readonly logLevel: LogLevel;
}

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
  return env.checked({
    host,
    port: env.port('PORT', 3000),
    dataDir: env.text('DATA_DIR', './data'),
    demo: env.oneOf('DEMO', ['on', 'off'], demo && development ? 'on' : 'off') === 'on',
    authentication,
    revocationWindow: readRevocationWindow(env),
    logLevel: env.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
  });
}

function readAuthentication(env: Environment): Authentication {
  const mode = env.oneOf('AUTH', ['development', 'oidc'], 'development');
  if (mode === 'development') return { mode };
  const issuer = env.text('OIDC_ISSUER', '');
  if (!URL.canParse(issuer)) env.fault('OIDC_ISSUER must be the URL of the issuer when AUTH=oidc.');
  return { mode, issuer, audience: env.text('OIDC_AUDIENCE', '') };
}

function readRevocationWindow(env: Environment): RevocationWindow {
  const window = env.text('REVOCATION_WINDOW', 'PT72H');
  const milliseconds = parseDuration(window) ?? 0;
  if (milliseconds === 0) env.fault(`REVOCATION_WINDOW must be a duration such as PT72H, not "${window}".`);
  return {
    kind: 'window',
    milliseconds,
    from: env.oneOf('REVOCATION_FROM', ['placed', 'granted'], 'placed'),
  };
}
