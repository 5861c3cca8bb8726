import type { Environment } from '../../environment.ts';

/** The servers and credentials of NATS. It holds secrets: never log or return it. */
export interface NatsAddress {
  /** Hosts with their ports, of one cluster. */
  readonly servers: readonly string[];
  readonly tls: boolean;
  readonly login?: { readonly user: string; readonly pass: string } | { readonly token: string };
}

const SCHEME = /^(?:nats|tls):$/;
const DEFAULT_PORT = '4222';

/** Reads `NATS_URL`: one URL or several of a cluster, with commas between them; `undefined` without. */
export function readNatsAddress(env: Environment): NatsAddress | undefined {
  const text = env.optional('NATS_URL');
  if (text === undefined) return undefined;
  const urls = text.split(',').map((part) => (URL.canParse(part) ? new URL(part) : undefined));
  const [first] = urls;
  if (first === undefined || !urls.every((url) => isAddress(url) && isAlike(url, first))) {
    env.fault(
      'NATS_URL must be nats://host:port or tls://host:port, with a user and password or a token where they are ' +
        'asked for; or several with commas between them, of one scheme and login.',
    );
    return undefined;
  }
  const [user, pass] = [first.username, first.password].map(decodeURIComponent) as [string, string];
  return {
    servers: urls.map((url) => `${url?.hostname}:${url?.port || DEFAULT_PORT}`),
    tls: first.protocol === 'tls:',
    ...(user && { login: pass ? { user, pass } : { token: user } }),
  };
}

function isAddress(url: URL | undefined): url is URL {
  return (
    url !== undefined &&
    SCHEME.test(url.protocol) &&
    url.hostname !== '' &&
    /^\/?$/.test(url.pathname) &&
    isDecodable(url.username + url.password)
  );
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}

function isAlike(url: URL, other: URL): boolean {
  return (['protocol', 'username', 'password'] as const).every((part) => url[part] === other[part]);
}
