import { decodeJwt } from 'jose';
import * as oidc from 'openid-client';
import type { Session } from '../auth/sessions.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import type { SignInSettings } from './settings.ts';

const TIMEOUT_SECONDS = 5;
/** For how long the issuer's configuration is cached. */
const CONFIGURATION_TTL_MS = 3_600_000;

/** The state of a sign-in in progress, stored in the browser. */
export interface Flow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The page to come back to. */
  readonly back: string;
}

type Granted = Pick<oidc.TokenEndpointResponse, 'access_token' | 'refresh_token' | 'id_token'>;

/** The client of the issuer: the authorization code flow with PKCE of OpenID Connect. */
export class SignInProvider {
  private cached: { readonly configuration: Promise<oidc.Configuration>; readonly at: number } | undefined;

  constructor(
    private readonly issuer: string,
    private readonly settings: SignInSettings,
    private readonly verifier: Pick<TokenVerifier, 'verify'>,
  ) {}

  private get callback(): string {
    return `${this.settings.publicUrl}/auth/callback`;
  }

  /**
   * The URL at the issuer where a person signs in.
   * @param anew whether the issuer must ask for credentials even if it has a session
   */
  async begin(back: string, anew: boolean): Promise<{ readonly url: URL; readonly flow: Flow }> {
    const flow = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
      back,
    };
    const url = oidc.buildAuthorizationUrl(await this.configuration(), {
      ...this.settings.parameters,
      ...(anew && { prompt: 'login' }),
      redirect_uri: this.callback,
      scope: this.settings.scope,
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
      code_challenge_method: 'S256',
    });
    return { url, flow };
  }

  /**
   * The session of the person who was redirected back by the issuer.
   * @param query of the request that they came back with
   * @throws InvalidToken, IssuerUnavailable, and whatever the client of OpenID Connect throws
   */
  async complete(query: string, { state, nonce, verifier }: Flow): Promise<Session> {
    const checks = {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    };
    const url = new URL(`${this.callback}${query}`);
    const granted = await oidc.authorizationCodeGrant(
      await this.configuration(),
      url,
      checks,
      this.resource(),
    );
    return this.sessionOf(granted, { id: crypto.randomUUID() });
  }

  /**
   * The session that continues one that has a refresh token.
   * @throws InvalidToken, IssuerUnavailable, and whatever the client of OpenID Connect throws
   */
  async renew(session: Session & { readonly refreshToken: string }): Promise<Session> {
    const configuration = await this.configuration();
    const granted = await oidc.refreshTokenGrant(configuration, session.refreshToken, this.resource());
    return this.sessionOf(granted, session);
  }

  /**
   * Revokes the refresh token, where the issuer supports that.
   * @returns where to sign out at the issuer, if that can be done there
   */
  async end({ refreshToken, idToken }: Session): Promise<URL | undefined> {
    const configuration = await this.configuration();
    const { end_session_endpoint, revocation_endpoint } = configuration.serverMetadata();
    if (revocation_endpoint !== undefined && refreshToken !== undefined) {
      // In any case the session is over here.
      await oidc.tokenRevocation(configuration, refreshToken).catch(() => undefined);
    }
    if (end_session_endpoint === undefined) return undefined;
    return oidc.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: `${this.settings.publicUrl}/sign-in`,
      ...(idToken !== undefined && { id_token_hint: idToken }),
    });
  }

  /** The access token is verified as any bearer token is. */
  private async sessionOf(
    { access_token, refresh_token, id_token }: Granted,
    before: Pick<Session, 'id' | 'refreshToken' | 'idToken'>,
  ): Promise<Session> {
    const actor = await this.verifier.verify(access_token);
    return {
      id: before.id,
      actor,
      until: (decodeJwt(access_token).exp as number) * 1000,
      refreshToken: refresh_token ?? before.refreshToken,
      idToken: id_token ?? before.idToken,
    };
  }

  /** RFC 8707 has it named wherever a token is asked for. */
  private resource(): Readonly<Record<string, string>> {
    const { resource } = this.settings.parameters;
    return resource === undefined ? {} : { resource };
  }

  private async configuration(): Promise<oidc.Configuration> {
    if (this.cached === undefined || Date.now() - this.cached.at > CONFIGURATION_TTL_MS) {
      const cached = { configuration: this.discover(), at: Date.now() };
      this.cached = cached;
      cached.configuration.catch(() => {
        if (this.cached === cached) this.cached = undefined;
      });
    }
    return this.cached.configuration;
  }

  private discover(): Promise<oidc.Configuration> {
    const { clientId, clientSecret } = this.settings;
    const issuer = new URL(this.issuer);
    return oidc.discovery(issuer, clientId, undefined, authenticationBy(clientSecret), {
      timeout: TIMEOUT_SECONDS,
      // Settings with such an issuer are only taken on loopback.
      execute: issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
    });
  }
}

/** In the way that the issuer takes; where it does not say, the standard has it take the header. */
function authenticationBy(secret: string | undefined): oidc.ClientAuth {
  if (secret === undefined) return oidc.None();
  const [post, basic] = [oidc.ClientSecretPost(secret), oidc.ClientSecretBasic(secret)];
  return (server, ...rest) => {
    const takesPost = server.token_endpoint_auth_methods_supported?.includes('client_secret_post');
    (takesPost ? post : basic)(server, ...rest);
  };
}
