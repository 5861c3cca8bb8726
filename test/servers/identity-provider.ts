// A real OpenID provider that issues tokens with any claims to one client, by keys that may change, and signs people in
// to a service.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, {
  type AdapterFactory,
  type AdapterPayload,
  type ClientMetadata,
  type JWKS,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import type { Settings } from '../programs/program.ts';
import { listenAt } from './free-port.ts';

const PROGRAM = { client_id: 'contractor', client_secret: 'a-secret-of-this-test-and-nothing-else' };
const CONSOLE = { client_id: 'console', client_secret: 'another-secret-of-this-test-and-nothing-else' };
const AUDIENCE = 'urn:tessera';
const HOUR = 3_600;

type Claims = Readonly<Record<string, unknown>>;

interface IdentityProviderOptions {
  readonly lifetimeSeconds?: number;
  /** The origin of the service that people sign in to. */
  readonly signsInTo?: string;
}

export class IdentityProvider {
  private server: Server | undefined;
  private keys: JWKS | undefined;
  private claims: Claims = {};
  /** What the tokens of those say who may sign in, by the name they enter; any password will do. */
  readonly people = new Map<string, Claims>();
  /** Whether the sessions of those who sign in can be renewed. */
  givesRefreshTokens = true;
  /** How often it renewed one. */
  renewals = 0;

  private constructor(
    private port: number,
    /** Of the tokens issued from now on. */
    public lifetimeSeconds: number,
    private readonly signsInTo: string | undefined,
  ) {}

  static async start(options: IdentityProviderOptions = {}): Promise<IdentityProvider> {
    const { lifetimeSeconds = 600, signsInTo } = options;
    const provider = new IdentityProvider(0, lifetimeSeconds, signsInTo);
    await provider.begin();
    return provider;
  }

  /** The settings of a service whose users sign in here. */
  get settings(): Settings {
    const { client_id, client_secret } = CONSOLE;
    return {
      AUTH: 'oidc',
      OIDC_ISSUER: this.issuer,
      OIDC_AUDIENCE: AUDIENCE,
      OIDC_CLIENT_ID: client_id,
      OIDC_CLIENT_SECRET: client_secret,
      OIDC_PARAMETERS: `resource=${AUDIENCE}`,
      PUBLIC_URL: this.signsInTo,
    };
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get audience(): string {
    return AUDIENCE;
  }

  /** Starts again as it was. */
  resume(): Promise<void> {
    return this.begin(this.keys);
  }

  /** Starts, on the port it had before, with a new key only. */
  async begin(keys?: JWKS): Promise<void> {
    this.keys = keys ?? (await newKeys());
    const server = createServer();
    this.port = await listenAt(server, this.port);
    this.server = server;
    const provider = new Provider(this.issuer, {
      adapter: storage(),
      clients: [
        { ...PROGRAM, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
        ...(this.signsInTo === undefined ? [] : [clientAt(this.signsInTo)]),
      ],
      jwks: this.keys,
      cookies: { keys: ['a-secret-of-this-test-too'] },
      ttl: {
        ClientCredentials: () => this.lifetimeSeconds,
        AccessToken: () => this.lifetimeSeconds,
        ...{ Interaction: HOUR, Session: HOUR, Grant: HOUR, IdToken: HOUR, RefreshToken: HOUR },
      },
      findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
      issueRefreshToken: () => this.givesRefreshTokens,
      rotateRefreshToken: true,
      loadExistingGrant: consented,
      extraTokenClaims: (_, token) =>
        'accountId' in token ? { ...this.people.get(token.accountId) } : { ...this.claims },
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: this.signsInTo !== undefined },
        revocation: { enabled: true },
        resourceIndicators: {
          enabled: true,
          useGrantedResource: () => true,
          getResourceServerInfo: (_, audience) => ({
            scope: '',
            audience,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          }),
        },
      },
    });
    provider.on('grant.success', ({ oidc }) => {
      if (oidc.params?.grant_type === 'refresh_token') this.renewals += 1;
    });
    server.on('request', provider.callback());
  }

  /** Stops, until it is started again. */
  async end(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  /** An access token with these claims, beside those that every token has. */
  async token(claims: Claims, audience = AUDIENCE): Promise<string> {
    this.claims = claims;
    const { client_id, client_secret } = PROGRAM;
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: audience }),
    });
    const answer = (await response.json()) as { readonly access_token?: string };
    if (answer.access_token === undefined) throw new Error(JSON.stringify(answer));
    return answer.access_token;
  }
}

function clientAt(origin: string): ClientMetadata {
  return {
    ...CONSOLE,
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [`${origin}/auth/callback`],
    post_logout_redirect_uris: [`${origin}/sign-in`],
  };
}

/** Whoever signs in is not asked whether the service may know it. */
async function consented({ oidc }: KoaContextWithOIDC): Promise<InstanceType<Provider['Grant']>> {
  const grant = new oidc.provider.Grant({
    clientId: oidc.client?.clientId,
    accountId: oidc.session?.accountId,
  });
  grant.addOIDCScope('openid');
  grant.addResourceScope(AUDIENCE, '');
  await grant.save();
  return grant;
}

/** Holds what there is between requests for as long as the provider runs. */
function storage(): AdapterFactory {
  const kept = new Map<string, AdapterPayload>();
  return (model) => {
    const keyOf = (id: string) => `${model}:${id}`;
    const where = (matches: (payload: AdapterPayload) => boolean) =>
      [...kept].find(([key, payload]) => key.startsWith(keyOf('')) && matches(payload))?.[1];
    return {
      upsert: async (id, payload) => void kept.set(keyOf(id), payload),
      find: async (id) => kept.get(keyOf(id)),
      findByUserCode: async (code) => where(({ userCode }) => userCode === code),
      findByUid: async (uid) => where((payload) => payload.uid === uid),
      consume: async (id) => {
        const payload = kept.get(keyOf(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => void kept.delete(keyOf(id)),
      revokeByGrantId: async (grantId) => {
        for (const [key, payload] of kept) {
          if (key.startsWith(keyOf('')) && payload.grantId === grantId) kept.delete(key);
        }
      },
    };
  };
}

async function newKeys(): Promise<JWKS> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: crypto.randomUUID(), use: 'sig', alg: 'RS256' };
  return { keys: [key] } as JWKS;
}
