// A real OpenID provider that issues tokens with any claims to one client, by keys that may change.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Adapter, type JWKS } from 'oidc-provider';

const CLIENT = { client_id: 'contractor', client_secret: 'a-secret-of-this-test-and-nothing-else' };
const AUDIENCE = 'urn:tessera';

export class IdentityProvider {
  private server: Server | undefined;
  private claims: Readonly<Record<string, unknown>> = {};

  private constructor(
    private port: number,
    private readonly lifetimeSeconds: number,
  ) {}

  static async start(lifetimeSeconds = 600): Promise<IdentityProvider> {
    const provider = new IdentityProvider(0, lifetimeSeconds);
    await provider.begin();
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get audience(): string {
    return AUDIENCE;
  }

  /** Starts, on the port it had before, with a new key only. */
  async begin(): Promise<void> {
    const server = createServer().listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
    const provider = new Provider(this.issuer, {
      adapter: NoStorage,
      clients: [{ ...CLIENT, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }],
      jwks: await newKeys(),
      ttl: { ClientCredentials: this.lifetimeSeconds },
      extraTokenClaims: () => ({ ...this.claims }),
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_, audience) => ({
            scope: '',
            audience,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          }),
        },
      },
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
  async token(claims: Readonly<Record<string, unknown>>, audience = AUDIENCE): Promise<string> {
    this.claims = claims;
    const { client_id, client_secret } = CLIENT;
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

/** The storage between requests: none is needed, as tokens are self-contained. */
class NoStorage implements Adapter {
  async upsert(): Promise<void> {}
  async find(): Promise<undefined> {}
  async findByUserCode(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async destroy(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}

async function newKeys(): Promise<JWKS> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: crypto.randomUUID(), use: 'sig', alg: 'RS256' };
  return { keys: [key] } as JWKS;
}
