import type { Environment } from '../../environment.ts';

/** Settings of sign-in to the console by the issuer. */
export interface SignInSettings {
  readonly clientId: string;
  /** Absent for a client that has none, and proves itself by PKCE alone. */
  readonly clientSecret?: string;
  /** Where browsers find this service: its origin. */
  readonly publicUrl: string;
  readonly scope: string;
  /** Further parameters of the authorization request. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Settings that are only valid with a client. */
const CLIENT_SETTINGS = ['OIDC_CLIENT_SECRET', 'OIDC_SCOPE', 'OIDC_PARAMETERS', 'PUBLIC_URL'];

/** Parameters that the flow sets itself. */
const FLOW_PARAMETERS = [
  ...['client_id', 'client_secret', 'redirect_uri', 'response_type', 'response_mode', 'scope'],
  ...['state', 'nonce', 'code_challenge', 'code_challenge_method', 'request', 'request_uri'],
];

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** `undefined` where no client is set: people cannot sign in, and the API takes bearer tokens alone. */
export function readSignIn(env: Environment, issuer: string): SignInSettings | undefined {
  const clientId = env.optional('OIDC_CLIENT_ID');
  if (clientId === undefined) {
    for (const name of CLIENT_SETTINGS) {
      if (env.optional(name) !== undefined) env.fault(`${name} is only used with OIDC_CLIENT_ID.`);
    }
    return undefined;
  }
  if (URL.canParse(issuer) && !isPrivate(new URL(issuer))) {
    env.fault('OIDC_ISSUER must be an https URL where people sign in by it, or one of a loopback address.');
  }
  return {
    clientId,
    clientSecret: env.optional('OIDC_CLIENT_SECRET'),
    publicUrl: readPublicUrl(env),
    scope: readScope(env),
    parameters: readParameters(env),
  };
}

function readPublicUrl(env: Environment): string {
  const text = env.optional('PUBLIC_URL') ?? '';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isPrivate(url) || url.href !== `${url.origin}/`) {
    env.fault(
      'PUBLIC_URL must be where browsers find this service when OIDC_CLIENT_ID is set: https:// with a host and ' +
        'nothing after it, or http:// with a loopback address.',
    );
    return '';
  }
  return url.origin;
}

/** Whether traffic to it cannot be read on the way. */
function isPrivate({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}

function readScope(env: Environment): string {
  const scope = env.text('OIDC_SCOPE', 'openid');
  if (!scope.split(' ').includes('openid')) env.fault('OIDC_SCOPE must have openid among its scopes.');
  return scope;
}

function readParameters(env: Environment): SignInSettings['parameters'] {
  const parameters = new URLSearchParams(env.optional('OIDC_PARAMETERS') ?? '');
  for (const name of new Set(parameters.keys())) {
    if (FLOW_PARAMETERS.includes(name))
      env.fault(`OIDC_PARAMETERS must not have ${name}: signing in sets it itself.`);
    else if (parameters.getAll(name).length > 1) env.fault(`OIDC_PARAMETERS has ${name} more than once.`);
  }
  return Object.fromEntries(parameters);
}
